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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with the input, one line names the thing, the value and the remedy. */
class BadInputTest {
    private static final String REPOSITORIES =
            "repositories: { r: { store: { type: posix, path: store }, key: { type: raw, file: key.bin } } }\n";

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void makeASource() throws IOException {
        cli = Cli.in(folder);
        cli.tree("a").write("file", "content");
    }

    private static void assertOneLine(Cli.Ended ended, String... words) {
        assertThat(ended.err().lines().toList()).as(ended.err()).hasSize(1);
        assertThat(ended.err()).startsWith("backup-cli: ").contains(words);
        assertThat(ended.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max_thread: 4                                       | unknown key 'max_thread' at     | Write 'max_threads'
            max_threads: many                                   | 'max_threads'                   | whole number from 1 to 1024
            max_threads: 0                                      | is '0'                          | whole number from 1 to 1024
            buffer_size: lots                                   | 'buffer_size'                   | a size such as 512MB
            buffer_size: 900TB                                  | buffer_size is                  | over 60 % of the largest heap
            tls: { ca_file: missing.pem }                       | missing.pem                     | readable file
            tls: { ca: x }                                      | unknown key 'ca'                | Write 'ca_file'
            sources: [a]                                        | 'sources'                       | map of keys
            sources: { a: { type: directroy, path: a } }        | is 'directroy'                  | one of directory
            sources: { a: { type: directory } }                 | key 'path' is missing           | Add it
            sources: { a: { type: directory, pth: a } }         | unknown key 'pth'               | Write 'path'
            sources: { a: { type: directory, path: [a] } }      | is a list                       | Give a text
            sources: { a: { type: directory, path: "${env:NO}" } }  | environment variable 'NO'   | Set it
            sources: { a: { type: directory, path: "${file:no}" } } | no' , named at              | readable
            sources: { a: { type: directory, path: "${foo:no}" } }  | '${foo:no}'                 | ${env:NAME} or ${file:PATH}
            sources: { a: { type: gworkspace, admin: t } }      | 'a' is of type 'gworkspace'     | type directory
            sources: { a: { type: m365, tenant_id: t } }        | 'client_id' is missing           | Add it
            sources: { a: { type: m365, tenant_id: t, client_id: c, client_secret: s, options: { audit: no } } }          | audit | off
            sources: { a: { type: m365, tenant_id: t, client_id: c, client_secret: s, options: { audit: { runs: 0 } } } } | runs  | 1 to 1000
            sources: { a: { type: directory, path: a            | no valid YAML at line           | Correct that line
            just text                                           | no map of keys                  | Begin with
            """)
    void aConfigurationThatIsWrongIsRefused(String yaml, String thing, String remedy) throws IOException {
        cli.configure(yaml + "\n");

        assertOneLine(cli.run("discover --source a").expect(2), thing.replace(" ,", ","), remedy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { store: { type: tape }, key: { type: raw, file: key.bin } }                   | 'tape'                | posix
            { store: { type: azure, container: bbb }, key: { type: raw, file: key.bin } }  | key 'connection_string' is missing | Add it
            { store: { type: azure, container: "b b", connection_string: c }, key: { type: raw, file: key.bin } } | container 'b b' | Correct it
            { store: { type: azure, container: bbb, connection_string: "AccountName=a" }, key: { type: raw, file: key.bin } } | 'AccountKey' | Correct it
            { store: { type: azure, container: bbb, connection_string: "AccountName=a;AccountKey=a2V5", immutability: { mode: hard } }, key: { type: raw, file: key.bin } } | 'hard' | locked, unlocked
            { store: { type: s3 }, key: { type: raw, file: key.bin } }                     | key 'bucket' is missing | Add it
            { store: { type: s3, bucket: "b b" }, key: { type: raw, file: key.bin } }      | bucket 'b b'          | Correct it
            { store: { type: s3, bucket: bbb, endpoint: "x:1" }, key: { type: raw, file: key.bin } } | endpoint 'x:1' | Correct it
            { store: { type: s3, bucket: bbb, access_key: a }, key: { type: raw, file: key.bin } } | key 'secret_key' is missing | Add it
            { store: { type: s3, bucket: bbb, path_style: maybe }, key: { type: raw, file: key.bin } } | 'maybe'      | one of false, true
            { store: { type: s3, bucket: bbb, leases: { buckets: b } }, key: { type: raw, file: key.bin } } | 'buckets' | bucket
            { store: { type: s3, bucket: bbb, prefix: p, leases: { prefix: p/q } }, key: { type: raw, file: key.bin } } | 'p/q/' | Correct it
            { store: { type: s3, bucket: bbb, leases: { bucket: b } }, key: { type: raw, file: key.bin } } | 'leases' | Correct it
            { store: { type: s3, bucket: bbb, object_lock: { mode: hard } }, key: { type: raw, file: key.bin } } | 'hard' | compliance, governance
            { store: { type: posix, path: s }, key: { type: raw, file: no.bin } }          | no.bin                | Make it readable
            { store: { type: posix, path: s }, key: { type: raw, file: config.yaml } }     | config.yaml' has      | exactly 32 random bytes
            { store: { type: posix, path: s }, key: { type: passphrase, value: "" } }      | is empty              | Give one
            { store: { type: posix, path: s } }                                            | key 'key' is missing  | Add it
            { store: { type: posix, path: s }, key: { type: raw, file: k }, retention: { lats: 3 } } | 'lats'      | Write 'last'
            { store: { type: posix, path: s }, key: { type: raw, file: k }, retention: { last: x } } | 'last'      | whole number
            """)
    void aRepositoryThatIsDescribedWronglyIsRefused(String yaml, String thing, String remedy) throws IOException {
        cli.configure("sources: { a: { type: directory, path: a } }\nrepositories: { r: " + yaml + " }\n");

        assertOneLine(cli.run("backup --source a --repository r").expect(2), thing, remedy);
    }

    @Test
    void aConfigurationThatIsNotThereIsNamed() {
        assertOneLine(
                cli.exactly("discover", "--source", "a", "--config", "/nowhere/config.yaml")
                        .expect(2),
                "'/nowhere/config.yaml' does not exist",
                "Give --config FILE, or set BACKUP_CONFIG");
    }

    @Test
    void aConfigurationThatIsAFolderIsNamed() {
        assertOneLine(
                cli.exactly("discover", "--source", "a", "--config", folder.toString())
                        .expect(2),
                folder + "' is a folder",
                "Name a file");
    }

    @Test
    void aTwiceWrittenKeyIsNamed() throws IOException {
        cli.configure(REPOSITORIES + "sources: { a: { type: directory, path: a, path: b } }\n");

        assertOneLine(cli.run("discover --source a").expect(2), "path");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bakcup --source a                                        | unknown command 'bakcup'       | Write 'backup'
            prune --repository r                                     | 'prune' is not there yet       | later version
            retention --repository r                                 | 'retention' is not there yet   | later version
            hold list                                                | 'hold' is not there yet        | later version
            agent                                                    | 'agent' is not there yet       | later version
            --quiet agent                                            | 'agent' is not there yet       | later version
            backup --repository r                                    | --source                       | backup --help
            discover --source nobody                                 | source 'nobody' is not in      | Use one of a, b
            backup --source a --repository nowhere                   | repository 'nowhere' is not in | Use one of r
            snapshots --repository r --source b                      | no snapshot of source 'b'      | Use one of a
            list --repository r --source a --snapshot 17             | 17                             | .
            list --repository r --source a --snapshot seventeen      | 'seventeen' is no number       | or latest
            list --repository r --source a --resource x              | no resource 'x'                | resource list
            resource release --repository r --source a               | which resource to release      | --resource ID
            resource release --repository r --source a --resource files:a | has not departed          | departed
            backup --repository r --source a --resource files:x      | no resource 'files:x'          | discover --source a
            backup --repository r --source a --workload mail         | no resource that               | discover --source a
            restore --repository r --source a --to-directory target/o --item x        | nothing that is selected | list
            restore --repository r --source a --to-directory target/o --resource x    | nothing that is selected | list
            restore --repository r --source a --to-directory target/o --path /x       | nothing that is selected | list
            restore --repository r --source a                        | USAGE: Missing                 | --to-directory
            restore --repository r --source a                        | --to-directory                 | restore --help
            restore --repository r --source a --to-directory o --conflict fight  | --conflict is 'fight' | skip, replace
            restore --repository r --source a --to-directory o --permissions all | --permissions is 'all' | keep, report
            restore --repository r --source a --to-source a --to-user u | --to-user is 'u'            | Leave it out
            restore --repository r --source a --to-directory o --into-folder f | --into-folder is 'f' | --to-directory
            verify --repository r --level deep                       | --level is 'deep'              | keyless, structure
            verify --repository r --expect last                      | last                           | such as 4:
            copy --repository r --to r2 --snapshot 1                 | --snapshot is 1                | Give --source
            key remove --repository r                                | which way in to remove         | --slot ID
            key add --repository r --passphrase-env NO               | variable 'NO'                  | Set a variable
            stats --repository r --frobnicate                        | '--frobnicate'                 | stats --help
            """)
    void aLineThatIsWrongIsRefused(String line, String thing, String remedy) {
        cli.backup("a").expect(0);

        Cli.Ended ended = line.startsWith("agent") || line.startsWith("hold") || line.startsWith("--quiet")
                ? cli.exactly(line.split(" "))
                : cli.run(line);

        assertOneLine(ended.expect(2), thing, remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prune", "discover --source nobody", "backup", "--frobnicate", "bakcup"})
    void withJsonTheErrorIsADocument(String line) {
        JsonText error = cli.run(line, "--json").expect(2).json();

        assertThat(error.text("outcome")).isEqualTo("error");
        assertThat(error.at("error").names()).containsExactly("code", "message", "remedy");
    }

    @Test
    void theHelpTellsWhatIsThereAndNothingElse() {
        Cli.Ended help = cli.exactly("--help").expect(0);

        assertThat(help.out()).contains("verify", "copy", "stats", "Exit codes", "130");
        assertThat(help.out()).doesNotContain("prune", "retention", "hold ", "agent ");
        for (String command : List.of(
                "discover",
                "backup",
                "snapshots",
                "list",
                "failures",
                "resource",
                "diff",
                "restore",
                "verify",
                "copy",
                "key",
                "doctor",
                "stats")) {
            assertThat(cli.exactly(command, "--help").expect(0).out())
                    .as(command)
                    .contains("Usage: backup-cli " + command, "--json", "--config");
        }
    }

    @Test
    void aSourceThatIsNotReachableIsNotTheRepositorysFault() throws IOException {
        cli.configure(REPOSITORIES
                + "sources: { gone: { type: directory, path: gone }, file: { type: directory, path: key.bin } }\n");

        assertOneLine(cli.run("backup --source gone --repository r").expect(3), "/gone' does not exist", "mount");
        assertOneLine(cli.run("discover --source file").expect(3), "key.bin", "is a folder");
        cli.run("doctor --source gone").expect(3);
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @Test
    void onlyABackupCreatesARepository() throws IOException {
        for (String line :
                List.of("snapshots --repository r", "copy --repository r --to r2", "verify --repository r")) {
            assertOneLine(cli.run(line).expect(4), "/store does not exist", "Mount or create the folder");
        }
        assertThat(folder.resolve("store")).doesNotExist();
        assertThat(folder.resolve("store2")).doesNotExist();

        Files.createDirectory(folder.resolve("store"));

        assertOneLine(cli.run("stats --repository r").expect(4), "no repository 'r'", "run a first backup");
        assertThat(folder.resolve("store")).isEmptyDirectory();
    }

    @Test
    void theDoctorNamesTheLayerThatIsBroken() {
        cli.backup("a").expect(0);

        JsonText well = cli.run("doctor --json --repository r").expect(0).json();
        assertThat(well.text("outcome")).isEqualTo("healthy");
        assertThat(well.at("layers").elements())
                .allMatch(layer -> layer.toString().contains("ok=true"));
        assertThat(cli.run("doctor --repository r").out())
                .contains("conditional create")
                .doesNotContain("[");
        JsonText broken = cli.run("doctor --json --repository r2").expect(4).json();
        assertThat(broken.text("outcome")).isEqualTo("broken");
        cli.run("doctor --source a").expect(0);
        cli.run("doctor --repository nowhere").expect(2);
    }
}
