// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job: back up, change, back up, compare, restore, and the shape of what is told about it. */
class BackupAndRestoreTest {
    @TempDir
    Path folder;

    private Cli cli;
    private Tree tree;

    @BeforeEach
    void makeATree() throws IOException {
        cli = Cli.in(folder);
        tree = cli.tree("a");
        tree.write("papers/letter.txt", "dear reader");
        tree.write("papers/copy.txt", "dear reader");
        tree.write("papers/empty", "");
        tree.write("numbers/large.bin", Tree.noise(1, 3_000_000));
        tree.write("a%20blank%20and%0Aa%20line", "odd");
        tree.write("not%FFutf-8", "odder");
        tree.write("gr%C3%BC%C3%9Fe", "greetings");
        Files.createSymbolicLink(tree.raw("link"), Path.of("papers/letter.txt"));
        Files.createSymbolicLink(tree.raw("dangling"), Path.of("/nowhere/at/all"));
        Files.setPosixFilePermissions(tree.raw("papers/letter.txt"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.createDirectory(tree.raw("closed"));
        Files.setPosixFilePermissions(tree.raw("closed"), PosixFilePermissions.fromString("r-xr-x---"));
        Files.setLastModifiedTime(tree.raw("papers"), FileTime.from(Instant.parse("2020-01-02T03:04:05.6789Z")));
    }

    private void change() throws IOException {
        tree.write("papers/letter.txt", "dear reader, once more");
        tree.write("papers/new.txt", "new");
        Files.delete(tree.raw("papers/copy.txt"));
        Files.setPosixFilePermissions(tree.raw("papers/empty"), PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aRestoredTreeEqualsTheSourceInBytesTimesAndModes() throws IOException {
        cli.backup("a").expect(0);
        change();
        cli.backup("a").expect(0);

        JsonText report = cli.restore("a", folder.resolve("out")).expect(0).json();

        new Tree(folder.resolve("out/a")).assertSameAs(tree);
        assertThat(report.names()).contains("outcome", "items", "failures", "duration_ms");
        assertThat(report.at("items").names()).contains("restored", "skipped", "failed");
        assertThat(report.number("items.restored")).isEqualTo(9);
        cli.run("verify --level rehearsal --repository r").expect(0);
    }

    @Test
    void anEarlierSnapshotComesBackAsItWas() throws IOException {
        var before = tree.state();
        cli.backup("a").expect(0);
        change();
        cli.backup("a").expect(0);

        cli.restore("a", folder.resolve("out"), "--snapshot", "1").expect(0);

        assertThat(new Tree(folder.resolve("out/a")).state()).isEqualTo(before);
    }

    @Test
    void aRunWithoutChangeReadsNothingAndHasTheSameDigest() {
        JsonText first = cli.backup("a").expect(0).json();

        JsonText second = cli.backup("a").expect(0).json();

        assertThat(second.number("bytes.read")).isZero();
        assertThat(second.number("items.stored")).isZero();
        assertThat(second.number("items.unchanged")).isEqualTo(first.number("items.discovered"));
        assertThat(second.text("snapshot.manifest_digest")).isEqualTo(first.text("snapshot.manifest_digest"));
        assertThat(second.number("snapshot.parent")).isEqualTo(1);
    }

    @Test
    void theDigestIsThatOfTheStateAndNotOfItsHistory() throws IOException {
        cli.backup("a").expect(0);
        change();
        JsonText second = cli.backup("a").expect(0).json();

        JsonText fresh = cli.run("backup --json --source a --repository same-key")
                .expect(0)
                .json();

        assertThat(fresh.text("snapshot.manifest_digest")).isEqualTo(second.text("snapshot.manifest_digest"));
        assertThat(fresh.number("snapshot.sequence")).isEqualTo(1);
    }

    @Test
    void theReportHasAllThatTheContractNames() {
        Cli.Ended ended = cli.backup("a").expect(0);
        JsonText report = ended.json();

        assertThat(ended.err()).contains("created repository 'r'");
        assertThat(report.names())
                .containsExactly(
                        "outcome",
                        "source",
                        "snapshot",
                        "resources",
                        "items",
                        "bytes",
                        "requests",
                        "failures",
                        "duration_ms");
        assertThat(report.text("outcome")).isEqualTo("complete");
        assertThat(report.at("snapshot").names()).containsExactly("sequence", "id", "manifest_digest", "parent");
        assertThat(report.at("snapshot.parent").isNull()).isTrue();
        assertThat(report.at("resources").names()).containsExactly("discovered", "protected", "not_covered");
        assertThat(report.at("items").names())
                .containsExactly(
                        "discovered",
                        "stored",
                        "unchanged",
                        "removed",
                        "gone",
                        "skipped",
                        "degraded",
                        "failed",
                        "stale",
                        "open_failures");
        assertThat(report.at("bytes").names()).containsExactly("read", "new_plain", "new_stored");
        assertThat(report.at("requests").names()).containsExactly("total", "throttled", "by_operation");
    }

    @Test
    void allCommandsCountTheSameItems() {
        long handled = cli.backup("a").expect(0).json().number("items.discovered");

        JsonText snapshot = only(cli.run("snapshots --json --repository r"));
        JsonText resource = only(cli.run("resource list --json --repository r --source a"));
        List<JsonText> listed =
                cli.run("list --json --repository r --source a").json().elements();

        assertThat(snapshot.number("items")).isEqualTo(handled);
        assertThat(resource.number("items")).isEqualTo(handled);
        assertThat(listed)
                .hasSize((int) handled)
                .anySatisfy(each -> assertThat(each.text("kind")).isEqualTo("folder"));
    }

    @Test
    void listsAreArraysNamedAsTheirColumns() throws IOException {
        cli.backup("a").expect(0);
        change();
        cli.backup("a").expect(0);

        JsonText resource = only(cli.run("discover --json --source a"));
        assertThat(resource.text("state")).isEqualTo("protected");
        List<JsonText> snapshots =
                cli.run("snapshots --json --repository r").json().elements();
        assertThat(snapshots).hasSize(2);
        assertThat(snapshots.get(1).names())
                .contains("sequence", "id", "time", "completeness", "items", "bytes", "retained_until");
        assertThat(snapshots.get(1).text("time")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        List<JsonText> below = cli.run("list --json --repository r --source a --path papers")
                .json()
                .elements();
        assertThat(below).extracting(each -> each.text("path")).contains("papers/new.txt", "papers");
        assertThat(below).extracting(each -> each.text("path")).allMatch(path -> path.startsWith("papers"));
        assertThat(cli.run("diff --json --repository r --source a --from 1 --to 2")
                        .json()
                        .elements())
                .extracting(each -> each.text("change") + " " + each.text("path"))
                .contains("changed papers/letter.txt", "added papers/new.txt", "removed papers/copy.txt");
        assertThat(only(cli.run("resource list --json --repository r --source a"))
                        .text("resource"))
                .isEqualTo("files:a");
        assertThat(cli.run("failures --json --repository r --source a").json().elements())
                .isEmpty();
    }

    private static JsonText only(Cli.Ended ended) {
        List<JsonText> all = ended.expect(0).json().elements();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void theManifestOfARestoreHasALineForEachItem() throws IOException {
        cli.backup("a").expect(0);
        cli.restore("a", folder.resolve("out")).expect(0);

        List<JsonText> lines = Files.readAllLines(folder.resolve("out/restore-manifest.jsonl")).stream()
                .map(JsonText::of)
                .toList();

        assertThat(lines.get(0).names())
                .containsExactly("key", "kind", "resource", "path", "size", "sha256", "modified", "outcome");
        JsonText letter = lines.stream()
                .filter(line -> line.text("path").equals("papers/letter.txt"))
                .findFirst()
                .orElseThrow();
        assertThat(letter.text("sha256")).isEqualTo(Tree.sha256(tree.raw("papers/letter.txt")));
        assertThat(letter.text("outcome")).isEqualTo("restored");
        assertThat(letter.text("modified")).isEqualTo("2024-05-06T07:08:09.123456Z");
    }

    @Test
    void aRestoreRunAgainFindsWhatItPutThere() throws IOException {
        cli.backup("a").expect(0);
        cli.restore("a", folder.resolve("out")).expect(0);
        Files.delete(folder.resolve("out/a/papers/letter.txt"));

        JsonText again = cli.restore("a", folder.resolve("out")).expect(0).json();

        assertThat(again.number("items.restored")).isEqualTo(1);
        assertThat(again.number("items.already_there")).isEqualTo(8);
        assertThat(new Tree(folder.resolve("out/a")).state())
                .containsEntry("", tree.state().get(""));
        assertThat(new Tree(folder.resolve("out/a")).state().keySet())
                .isEqualTo(tree.state().keySet());
    }

    @Test
    void whatStandsInTheWayIsLeftReplacedOrJoined() throws IOException {
        cli.backup("a").expect(0);
        Path letter = folder.resolve("out/a/papers/letter.txt");
        Files.createDirectories(folder.resolve("out/a/papers"));
        Files.writeString(letter, "mine");
        Path out = folder.resolve("out");

        assertThat(cli.restore("a", out, "--path", "papers/letter.txt")
                        .expect(0)
                        .json()
                        .number("items.skipped"))
                .isEqualTo(1);
        assertThat(Files.readString(letter)).isEqualTo("mine");

        cli.restore("a", out, "--path", "papers/letter.txt", "--conflict", "keep-both")
                .expect(0);
        assertThat(Files.readString(letter)).isEqualTo("mine");
        try (var beside = Files.newDirectoryStream(folder.resolve("out/a/papers"), "letter.txt ~*")) {
            assertThat(beside.iterator().next()).hasContent("dear reader");
        }

        cli.restore("a", out, "--path", "papers/letter.txt", "--conflict", "replace", "--again")
                .expect(0);
        assertThat(Files.readString(letter)).isEqualTo("dear reader");
    }

    @Test
    void aDryRunWritesNothing() {
        cli.backup("a").expect(0);

        JsonText report =
                cli.restore("a", folder.resolve("out"), "--dry-run").expect(0).json();

        assertThat(report.number("items.restored")).isEqualTo(9);
        assertThat(folder.resolve("out/a/papers")).doesNotExist();
        assertThat(folder.resolve("out/restore-manifest.jsonl")).doesNotExist();
    }

    @Test
    void aSourceTakesARestoreInAFolderOfItsOwnUnlessToldOtherwise() {
        cli.backup("a").expect(0);
        String command = "restore --json --repository r --source a --to-source a --item not%FFutf-8";

        JsonText first = cli.run(command).expect(0).json();
        JsonText same = cli.run(command).expect(0).json();
        JsonText other = cli.run(command + " --again").expect(0).json();

        String into = first.text("into_folder");
        assertThat(into).matches("Restored \\d{4}-\\d\\d-\\d\\d \\d\\d\\.\\d\\d [0-9a-f]{8}");
        assertThat(new Tree(tree.root().resolve(into)).raw("not%FFutf-8")).hasContent("odder");
        assertThat(same.text("into_folder")).isEqualTo(into);
        assertThat(same.number("items.already_there")).isEqualTo(1);
        assertThat(other.text("into_folder")).isNotEqualTo(into);
        assertThat(other.number("items.restored")).isEqualTo(1);
    }

    @Test
    void singleItemsComeBackByKeyIntoTheSourceItself() throws IOException {
        cli.backup("a").expect(0);
        Files.delete(tree.raw("not%FFutf-8"));

        cli.run("restore --repository r --source a --to-source a --item not%FFutf-8 --into-folder /")
                .expect(0);

        assertThat(Files.readString(tree.raw("not%FFutf-8"))).isEqualTo("odder");
        assertThat(Files.exists(tree.raw("dangling"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }
}
