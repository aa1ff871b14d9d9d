// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.runtime.Randomness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories on a service, from the command line. */
abstract class ServiceRepositoryTests {
    private static final String BACKUP = "backup --json --source a --repository r";
    /** As in {@code KilledTest}: {@code -Dholdfast.kills=20} kills so often. */
    private static final int KILLS = Integer.getInteger("holdfast.kills", 4);

    private static final long SEED = Long.getLong("holdfast.seed", 1);

    @TempDir
    Path folder;

    /** The store's configuration for a bucket or container of a service at an address, and a prefix in it. */
    abstract String store(String endpoint, String place, String prefix);

    /** Where the service is. */
    abstract String endpoint();

    /** What the service answers when it refuses everything, and a word of the remedy for each. */
    abstract Map<Gateway.Refusal, String> refusals();

    /** The bucket or container that is there. */
    abstract String place();

    /** Its kind, as messages name it. */
    abstract String kind();

    private Cli on(String place, String prefix) throws IOException {
        return at(endpoint(), place, prefix);
    }

    private Cli at(String endpoint, String place, String prefix) throws IOException {
        return Cli.in(folder).configure("""
                        cache_dir: cache
                        repositories:
                          r: { store: %s, key: { type: raw, file: key.bin } }
                        sources:
                          a: { type: directory, path: a }
                        """.formatted(store(endpoint, place, prefix)));
    }

    private static String freshPrefix() {
        return HexFormat.of().formatHex(Randomness.secure().bytes(8));
    }

    @Test
    void backsUpVerifiesAndRestoresAndNamesWhatIsMissing() throws IOException {
        String prefix = freshPrefix();
        Cli cli = on("not-there", prefix);
        Tree tree = cli.tree("a");
        tree.write("one.txt", "one");
        tree.write("noise.bin", Tree.noise(1, 3_000_000));

        assertThat(cli.backup("a").expect(4).err()).contains("STORE-006", "Create the " + kind());
        on(place(), prefix);
        assertThat(cli.backup("a").expect(0).json().number("items.stored")).isEqualTo(3);
        tree.write("two.txt", "two");
        // The file, and the folder whose time it changed.
        assertThat(cli.backup("a").expect(0).json().number("items.stored")).isEqualTo(2);

        cli.run("verify --repository r --level content").expect(0);
        cli.restore("a", folder.resolve("out")).expect(0);
        new Tree(folder.resolve("out/a")).assertSameAs(tree);
        assertThat(cli.run("doctor --repository r").expect(0).out())
                .contains(":" + place() + "/" + prefix)
                .contains("conditional create proven", "clock proven", "up to 60 s is fine");
    }

    @Test
    void whatTheServiceRefusesInTheMidstOfABackupIsOneLineAndTheSameCommandGoesOnOnceItIsMended() throws IOException {
        for (Map.Entry<Gateway.Refusal, String> each : refusals().entrySet()) {
            try (Gateway gateway = new Gateway(URI.create(endpoint()))) {
                Cli cli = at(gateway.uri().toString(), place(), freshPrefix());
                Tree tree = cli.tree("a");
                tree.write("noise.bin", Tree.noise(1, 300_000));
                cli.backup("a").expect(0);
                tree.write("two.txt", each.getKey().code());

                gateway.refuseAfter(3, each.getKey());
                Cli.Ended failed = cli.backup("a").expect(4);
                gateway.mend();

                assertThat(failed.err().lines().filter(line -> line.startsWith("backup-cli: ")))
                        .as(each.toString())
                        .singleElement()
                        .asString()
                        .contains("STORE-", each.getValue());
                assertThat(cli.run("snapshots --json --repository r --source a")
                                .expect(0)
                                .out())
                        .containsOnlyOnce("\"sequence\"");
                assertThat(cli.backup("a").expect(0).json().text("outcome")).isEqualTo("complete");
                cli.run("verify --repository r --level content").expect(0);
            }
        }
    }

    @Test
    void aBackupThatIsKilledAgainAndAgainFinishesAndIsWhole() throws Exception {
        Cli cli = on(place(), freshPrefix());
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
