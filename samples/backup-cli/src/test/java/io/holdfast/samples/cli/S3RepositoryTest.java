// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.runtime.Randomness;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Repositories in buckets, from the command line. */
class S3RepositoryTest {
    private static final String CEPH = "HOLDFAST_CEPH_ENDPOINT";
    private static final String BACKUP = "backup --json --source a --repository r";
    /** As in {@code KilledTest}: {@code -Dholdfast.kills=20} kills so often. */
    private static final int KILLS = Integer.getInteger("holdfast.kills", 4);

    private static final long SEED = Long.getLong("holdfast.seed", 1);

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

    /** On the gateway that the environment names: its bucket, or one that is not there, and a prefix of its own. */
    private Cli onCeph(String bucket, String prefix) throws IOException {
        return configured(
                "{ type: s3, bucket: %s, prefix: %s/, endpoint: \"%s\", region: us-east-1, path_style: true, access_key: %s, secret_key: %s }"
                        .formatted(
                                bucket,
                                prefix,
                                System.getenv("HOLDFAST_CEPH_ENDPOINT"),
                                System.getenv("HOLDFAST_CEPH_ACCESS_KEY"),
                                System.getenv("HOLDFAST_CEPH_SECRET_KEY")));
    }

    private static String freshPrefix() {
        return HexFormat.of().formatHex(Randomness.secure().bytes(8));
    }

    @Test
    @EnabledIfEnvironmentVariable(named = CEPH, matches = ".+", disabledReason = "no Ceph runs here")
    void backsUpVerifiesAndRestoresAndNamesWhatIsMissing() throws IOException {
        String prefix = freshPrefix();
        Cli cli = onCeph("not-there", prefix);
        Tree tree = cli.tree("a");
        tree.write("one.txt", "one");
        tree.write("noise.bin", Tree.noise(1, 3_000_000));

        assertThat(cli.backup("a").expect(4).err()).contains("STORE-006", "Create the bucket");
        String bucket = System.getenv("HOLDFAST_CEPH_BUCKET");
        onCeph(bucket, prefix);
        assertThat(cli.backup("a").expect(0).json().number("items.stored")).isEqualTo(3);
        tree.write("two.txt", "two");
        // The file, and the folder whose time it changed.
        assertThat(cli.backup("a").expect(0).json().number("items.stored")).isEqualTo(2);

        cli.run("verify --repository r --level content").expect(0);
        cli.restore("a", folder.resolve("out")).expect(0);
        new Tree(folder.resolve("out/a")).assertSameAs(tree);
        assertThat(cli.run("doctor --repository r").expect(0).out())
                .contains("s3:" + bucket + "/" + prefix)
                .contains("conditional create proven");
    }

    @Test
    @EnabledIfEnvironmentVariable(named = CEPH, matches = ".+", disabledReason = "no Ceph runs here")
    void aBackupThatIsKilledAgainAndAgainFinishesAndIsWhole() throws Exception {
        Cli cli = onCeph(System.getenv("HOLDFAST_CEPH_BUCKET"), freshPrefix());
        Tree tree = cli.tree("a");
        for (int i = 0; i < 80; i++) {
            tree.write("folder-" + i % 7 + "/noise-" + i, Tree.noise(i, 1_000_000));
        }
        Random random = new Random(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            try (Child child = Child.start(cli, BACKUP)) {
                if (child.livesFor(1_000 + random.nextLong(2_500))) {
                    child.kill();
                } else {
                    child.await().expect(0);
                }
            }
        }

        try (Child last = Child.start(cli, BACKUP)) {
            assertThat(last.await().expect(0).json().text("outcome")).isEqualTo("complete");
        }
        cli.run("verify --repository r --level content").expect(0);
        cli.restore("a", folder.resolve("out")).expect(0);
        new Tree(folder.resolve("out/a")).assertSameAs(tree);
    }
}
