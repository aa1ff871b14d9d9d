// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the usual commands once over a tiny source in a folder of its own, so that the JVM loads the classes that they need.
 *
 * <p>The launcher does so when it makes the archive of loaded classes, which every later start maps into memory instead of parsing
 * and verifying some two thousand class files. Says nothing, and touches nothing but the folder.
 */
final class Rehearsal {
    private static final String SOURCE = "rehearsal";

    private final Path folder;

    Rehearsal(Path folder) {
        this.folder = folder;
    }

    /**
     * Runs it in a temporary folder.
     *
     * @param args none
     */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("backup-cli-rehearsal-");
        int worst;
        try {
            worst = new Rehearsal(folder).run();
        } finally {
            delete(folder);
        }
        System.exit(worst);
    }

    /** Runs the commands and gives the highest of their exit codes. */
    int run() throws IOException {
        fill(Files.createDirectories(folder.resolve("source/folder")));
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, configuration());
        String file = config.toString();
        List<String[]> commands = List.of(
                new String[] {"backup", "--source", SOURCE, "--repository", SOURCE, "--config", file},
                new String[] {"backup", "--source", SOURCE, "--repository", SOURCE, "--config", file, "--quiet"},
                new String[] {"snapshots", "--repository", SOURCE, "--config", file},
                new String[] {"list", "--source", SOURCE, "--repository", SOURCE, "--config", file},
                new String[] {
                    "restore",
                    "--source",
                    SOURCE,
                    "--repository",
                    SOURCE,
                    "--config",
                    file,
                    "--to-directory",
                    folder.resolve("restored").toString()
                },
                new String[] {"verify", "--level", "content", "--repository", SOURCE, "--config", file});
        int worst = 0;
        for (String[] command : commands) {
            worst = Math.max(worst, silently(command));
        }
        return worst;
    }

    private static int silently(String... command) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return BackupCli.run(command, new Console(nowhere, nowhere, Map.of(), false), Interruption.none());
    }

    private String configuration() {
        return """
                cache_dir: "%1$s/cache"
                repositories:
                  rehearsal:
                    store: { type: posix, path: "%1$s/repository" }
                    key: { type: passphrase, value: "rehearsal" }
                sources:
                  rehearsal: { type: directory, path: "%1$s/source" }
                """.formatted(folder);
    }

    /** A text, a message with an attachment, and a file that is worth cutting into chunks. */
    private static void fill(Path source) throws IOException {
        Files.writeString(source.resolve("text.txt"), "rehearsal");
        byte[] attachment = "0123456789abcdef".repeat(1_024).getBytes(StandardCharsets.US_ASCII);
        Files.writeString(source.resolve("message.eml"), """
                Subject: rehearsal
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="b"

                --b
                Content-Type: text/plain
                Content-Transfer-Encoding: quoted-printable

                caf=C3=A9
                --b
                Content-Type: application/octet-stream
                Content-Transfer-Encoding: base64

                %s
                --b--
                """.replace("\n", "\r\n")
                .formatted(Base64.getMimeEncoder().encodeToString(attachment)));
        byte[] large = new byte[6 << 20];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31 >>> 7 ^ i * 131 >>> 13);
        }
        Files.write(source.resolve("large.bin"), large);
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException trouble) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
