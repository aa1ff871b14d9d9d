// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done with a repository as a whole: reading it back, copying it, counting it. */
class VerifyCopyStatsTest {
    @TempDir
    Path folder;

    private Cli cli;
    private Tree tree;

    @BeforeEach
    void backUpATree() throws IOException {
        cli = Cli.in(folder);
        tree = cli.tree("a");
        tree.write("one.txt", "one and the same text, one and the same text, one and the same text".repeat(100));
        tree.write("noise.bin", Tree.noise(1, 200_000));
        tree.write("again.bin", Tree.noise(1, 200_000));
        cli.backup("a").expect(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyless", "structure", "content", "rehearsal"})
    void aSoundRepositoryIsSoundAtEachLevel(String level) {
        JsonText report = cli.run("verify --json --repository r --level " + level)
                .expect(0)
                .json();

        assertThat(report.names())
                .startsWith("outcome", "level", "objects_checked", "bytes_checked", "damaged", "tampered");
        assertThat(report.at("tampered").elements()).isEmpty();
        assertThat(report.text("outcome")).isEqualTo("sound");
        assertThat(report.text("level")).isEqualTo(level);
        assertThat(report.number("objects_checked")).isPositive();
        assertThat(report.at("damaged").elements()).isEmpty();
    }

    @Test
    void whoKeepsTheStoreVerifiesItWithoutAKeyAndCanDoNothingElse() throws IOException {
        cli.configure("repositories: { r: { store: { type: posix, path: store } } }");
        Cli.Ended sound = cli.run("verify --repository r --level keyless").expect(0);
        assertThat(sound.out()).contains("sound: level keyless").contains("note: made without a key");
        assertThat(cli.run("verify --repository r").expect(2).err()).contains("key 'key' is missing at");
        assertThat(cli.run("snapshots --repository r").expect(2).err()).contains("key 'key' is missing at");

        Path pack = StoredFiles.largest(cli.path("store"), "");
        StoredFiles.flip(pack);

        assertThat(cli.run("verify --repository r --level keyless").expect(5).out())
                .contains("damaged: " + cli.path("store").relativize(pack) + ": the hash of its bytes is");
        cli.configure("repositories: { r: { store: { type: posix, path: . } } }");
        assertThat(cli.run("verify --repository r --level keyless").expect(4).err())
                .contains("there is no repository at");
    }

    @Test
    void structureIsTheLevelUnlessAnotherIsWanted() {
        assertThat(cli.run("verify --repository r").expect(0).out()).startsWith("sound: level structure");
    }

    @Test
    void aFlippedBitIsFoundAndTheItemsThatItHitsAreNamed() throws IOException {
        Path pack = StoredFiles.largest(cli.path("store"), "");
        StoredFiles.flip(pack);
        String object = cli.path("store").relativize(pack).toString();

        JsonText report = cli.run("verify --json --repository r --level content")
                .expect(5)
                .json();
        Cli.Ended told = cli.run("verify --repository r --level content").expect(5);

        assertThat(report.text("outcome")).isEqualTo("damaged");
        List<JsonText> damaged = report.at("damaged").elements();
        assertThat(damaged.get(0).text("object")).isEqualTo(object);
        assertThat(damaged.stream().flatMap(each -> each.at("items").elements().stream()))
                .extracting(item -> item.text("key"))
                .contains("noise.bin", "again.bin")
                .doesNotContain("one.txt");
        assertThat(told.out()).contains("damaged: " + object).contains("item noise.bin");
        Cli.Ended restore = cli.restore("a", folder.resolve("out")).expect(1);
        assertThat(restore.json().number("items.failed")).isEqualTo(2);
        assertThat(folder.resolve("out/a/noise.bin")).doesNotExist();
        assertThat(folder.resolve("out/a/one.txt")).hasSameBinaryContentAs(tree.raw("one.txt"));
    }

    @Test
    void aRepairLetsTheNextBackupFetchWhatIsDamagedAndADryRunChangesNothing() throws IOException {
        assertThat(cli.run("repair --repository r").expect(0).out()).contains("nothing to repair");
        StoredFiles.flip(StoredFiles.largest(cli.path("store"), ""));

        Cli.Ended dry =
                cli.run("repair --repository r --level content --dry-run").expect(0);
        assertThat(dry.out()).contains("item noise.bin", "nothing was changed");
        assertThat(cli.backup("a").expect(0).json().number("items.stored")).isZero();
        JsonText done = cli.run("repair --json --repository r --level content")
                .expect(0)
                .json();

        assertThat(done.text("outcome")).isEqualTo("repaired");
        assertThat(done.number("packs")).isEqualTo(1);
        assertThat(done.number("items")).isEqualTo(2);
        assertThat(done.number("uncovered")).isZero();
        assertThat(cli.backup("a").expect(0).json().number("items.stored")).isEqualTo(2);
        cli.restore("a", folder.resolve("out")).expect(0);
        assertThat(folder.resolve("out/a/noise.bin")).hasSameBinaryContentAs(tree.raw("noise.bin"));
    }

    @Test
    void aRepositoryThatDoesNotOpenForItsDamageIsDamaged() throws IOException {
        StoredFiles.flip(StoredFiles.largest(cli.path("store"), "config/"));

        JsonText report = cli.run("verify --json --repository r").expect(5).json();

        assertThat(report.text("outcome")).isEqualTo("damaged");
        assertThat(report.at("damaged").elements().get(0).text("what")).isNotEmpty();
    }

    @Test
    void aStoreThatWasSetBackIsFoundByTheWitness() throws IOException {
        Path earlier = folder.resolve("earlier");
        copyFolder(cli.path("store"), earlier);
        tree.write("later.txt", "later");
        JsonText later = cli.backup("a").expect(0).json();
        String witness = later.number("snapshot.sequence") + ":" + later.text("snapshot.id");
        cli.run("verify --repository r --expect " + witness).expect(0);

        Files.move(cli.path("store"), folder.resolve("later"));
        Files.move(earlier, cli.path("store"));
        Files.move(cli.path("cache"), folder.resolve("cache-of-another-machine"));

        cli.run("verify --repository r").expect(0);
        assertThat(cli.run("verify --json --repository r --expect " + witness)
                        .expect(5)
                        .json()
                        .text("outcome"))
                .isEqualTo("damaged");
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void aSampleOfNothingIsRefused() {
        assertThat(cli.run("verify --repository r --level content --sample 0")
                        .expect(2)
                        .err())
                .contains("sample of 0.0 %; allowed are more than 0 to 100");
        cli.run("verify --repository r --level content --sample 50").expect(0);
    }

    @Test
    void aCopyIsAFullThatNeedsNothingElse() throws IOException {
        Cli.Ended copied = cli.run("copy --json --repository r --to r2").expect(0);
        assertThat(copied.err()).contains("created repository 'r2'");
        JsonText copy = copied.json().at("copied").elements().get(0);
        assertThat(copy.text("source")).isEqualTo("a");
        assertThat(copy.number("items")).as("three files, and their folder").isEqualTo(4);

        Files.move(cli.path("store"), folder.resolve("gone"));
        Files.move(cli.path("a"), folder.resolve("gone-too"));
        cli.run("verify --repository r2 --level rehearsal").expect(0);
        cli.run("restore --repository r2 --source a --to-directory " + folder.resolve("out"))
                .expect(0);

        assertThat(new Tree(folder.resolve("out/a")).state()).isEqualTo(new Tree(folder.resolve("gone-too")).state());
    }

    @Test
    void aCopyUnderTheSameKeyHasTheSameDigest() {
        String digest = cli.backup("a").expect(0).json().text("snapshot.manifest_digest");

        JsonText copied = cli.run("copy --json --repository r --to same-key --source a --snapshot 1")
                .expect(0)
                .json();

        assertThat(copied.at("copied").elements().get(0).text("snapshot.manifest_digest"))
                .isEqualTo(digest);
    }

    @Test
    void aCopyIntoTheSameRepositoryIsRefused() {
        assertThat(cli.run("copy --repository r --to r").expect(2).err()).contains("--to names repository 'r'");
    }

    @Test
    void statsTellHowMuchIsSaved() throws IOException {
        cli.backup("a").expect(0);

        JsonText stats = cli.run("stats --json --repository r").expect(0).json();

        long bytes = 2 * 200_000 + Files.size(tree.raw("one.txt"));
        assertThat(stats.number("snapshots")).isEqualTo(2);
        assertThat(stats.number("item_bytes")).isEqualTo(2 * bytes);
        assertThat(stats.number("plain_bytes")).isBetween(200_000L, 300_000L);
        assertThat(stats.fraction("dedup_ratio")).isGreaterThan(2.5);
        assertThat(stats.fraction("compression_ratio")).isPositive();
        assertThat(stats.number("objects"))
                .isEqualTo(StoredFiles.below(cli.path("store"), "").size());
        assertThat(stats.names()).contains("index_bytes", "cache_bytes");
        assertThat(cli.run("stats --repository r").expect(0).out()).contains("deduplication", "local cache");
    }
}
