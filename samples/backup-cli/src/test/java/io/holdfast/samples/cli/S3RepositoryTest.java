// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.runtime.Randomness;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Repositories in buckets, from the command line. */
class S3RepositoryTest {
    @TempDir
    Path folder;

    private Cli configured(String store) throws IOException {
        return Cli.in(folder).configure("""
                        cache_dir: cache
                        repositories:
                          r: { store: %s, key: { type: raw, file: key.bin } }
                        sources:
                          a: { type: directory, path: a }
                        """.formatted(store)).with(Map.of("SECRET", "not the right one"));
    }

    @Test
    void aServiceThatDoesNotListenIsOneLineWithTheRemedy() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Cli cli = configured("{ type: s3, bucket: bucket, endpoint: \"http://127.0.0.1:" + free
                + "\", path_style: true, access_key: any, secret_key: \"${env:SECRET}\" }");
        cli.tree("a").write("one.txt", "one");

        Cli.Ended failed = cli.backup("a").expect(4);

        assertThat(failed.err().lines().filter(line -> line.startsWith("backup-cli: STORE-001: ")))
                .singleElement()
                .asString()
                .contains("s3:bucket", "Check the endpoint")
                .doesNotContain("not the right one");
    }

    @Test
    @EnabledIfEnvironmentVariable(
            named = "HOLDFAST_CEPH_ENDPOINT",
            matches = ".+",
            disabledReason = "no Ceph runs here")
    void backsUpVerifiesAndRestoresAndNamesWhatIsMissing() throws IOException {
        String store = "{ type: s3, bucket: %s, prefix: %s/, endpoint: \"" + System.getenv("HOLDFAST_CEPH_ENDPOINT")
                + "\", region: us-east-1, path_style: true, access_key: "
                + System.getenv("HOLDFAST_CEPH_ACCESS_KEY") + ", secret_key: "
                + System.getenv("HOLDFAST_CEPH_SECRET_KEY") + " }";
        String prefix = HexFormat.of().formatHex(Randomness.secure().bytes(8));
        Cli cli = configured(store.formatted("not-there", prefix));
        Tree tree = cli.tree("a");
        tree.write("one.txt", "one");
        tree.write("noise.bin", Tree.noise(1, 3_000_000));

        assertThat(cli.backup("a").expect(4).err()).contains("STORE-006", "Create the bucket");
        String bucket = System.getenv("HOLDFAST_CEPH_BUCKET");
        configured(store.formatted(bucket, prefix));
        assertThat(cli.backup("a").expect(0).json().number("items.stored")).isEqualTo(3);
        tree.write("two.txt", "two");
        // The file, and the folder whose time it changed.
        assertThat(cli.backup("a").expect(0).json().number("items.stored")).isEqualTo(2);

        cli.run("verify --repository r --level content").expect(0);
        cli.restore("a", folder.resolve("out")).expect(0);
        new Tree(folder.resolve("out/a")).assertSameAs(tree);
        assertThat(cli.run("doctor --repository r").expect(0).out()).contains("s3:" + bucket + "/" + prefix);
    }
}
