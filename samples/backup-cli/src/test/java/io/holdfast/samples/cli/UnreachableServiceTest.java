// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repositories on services that do not answer, from the command line. */
class UnreachableServiceTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s3:bucket       | { type: s3, bucket: bucket, endpoint: "http://127.0.0.1:PORT", path_style: true, access_key: any, secret_key: "${env:SECRET}" }
            azure:container | { type: azure, container: container, connection_string: "AccountName=a;AccountKey=${env:SECRET};BlobEndpoint=http://127.0.0.1:PORT/a" }
            """)
    void aServiceThatDoesNotListenIsOneLineWithTheRemedy(String place, String store) throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Cli cli = Cli.in(folder)
                .configure("""
                        cache_dir: cache
                        repositories:
                          r: { store: %s, key: { type: raw, file: key.bin } }
                        sources:
                          a: { type: directory, path: a }
                        """.formatted(store.replace("PORT", String.valueOf(free))))
                .with(Map.of("SECRET", "bm90IHRoZSByaWdodCBvbmU="));
        cli.tree("a").write("one.txt", "one");

        Cli.Ended failed = cli.backup("a").expect(4);

        assertThat(failed.err().lines().filter(line -> line.startsWith("backup-cli: ")))
                .singleElement()
                .asString()
                .contains(place, "Check the endpoint")
                .doesNotContain("bm90IHRoZSByaWdodCBvbmU=");
    }
}
