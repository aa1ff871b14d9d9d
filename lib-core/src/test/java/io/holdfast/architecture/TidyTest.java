// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The whole working tree, all modules, as text. */
@TestInstance(Lifecycle.PER_CLASS)
final class TidyTest {
    private static final Set<String> NOT_OURS = Set.of(".git", "target", ".idea", ".vscode", ".settings");
    private static final Set<String> WRITTEN = Set.of(".java", ".md", ".xml", ".sh", ".yaml", ".yml", ".properties");

    private Path root;
    private List<Path> files;

    @BeforeAll
    void listTheTree() throws IOException {
        root = rootOf(Path.of("").toAbsolutePath());
        files = filesBelow(root);
        assertThat(files).as("files below %s", root).hasSizeGreaterThan(50);
    }

    @Test
    void everySourceNamesItsLicence() {
        check(file -> file.toString().endsWith(".java") || isOurScript(file), Tidiness::licence);
    }

    @Test
    void nothingIsLeftForLater() {
        check(TidyTest::isWritten, Tidiness::promises);
    }

    @Test
    void noTestIsSwitchedOff() {
        check(
                file -> file.toString().endsWith("Test.java") && !file.endsWith("TidinessTest.java"),
                Tidiness::skippedTests);
    }

    @Test
    void everyFileCanBeReadInOneGo() {
        check(file -> file.toString().endsWith(".java"), Tidiness::length);
    }

    @Test
    void everyMethodCanBeReadInOneGo() {
        check(file -> file.toString().endsWith(".java"), Tidiness::longMethods);
    }

    @Test
    void linksBetweenDocumentsLeadSomewhere() {
        List<String> findings = new ArrayList<>();
        files.stream()
                .filter(file -> file.toString().endsWith(".md"))
                .forEach(file -> Tidiness.deadLinks(file, String.join("\n", linesOf(file)))
                        .forEach(finding -> findings.add(root.relativize(file) + " " + finding)));

        assertThat(findings).isEmpty();
    }

    private void check(Predicate<Path> which, Function<List<String>, List<String>> rule) {
        List<String> findings = new ArrayList<>();
        for (Path file : files) {
            if (which.test(file)) {
                rule.apply(linesOf(file)).forEach(finding -> findings.add(root.relativize(file) + ": " + finding));
            }
        }
        assertThat(findings).isEmpty();
    }

    private static boolean isWritten(Path file) {
        String name = file.getFileName().toString();
        return WRITTEN.stream().anyMatch(name::endsWith);
    }

    /** Without the wrapper, which is generated. */
    private static boolean isOurScript(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".sh")
                || name.equals("backup-cli")
                || file.toString().contains("/.ci/");
    }

    private static Path rootOf(Path start) {
        Path at = start;
        while (at != null && !Files.exists(at.resolve("mvnw"))) {
            at = at.getParent();
        }
        assertThat(at).as("folder of the wrapper above %s", start).isNotNull();
        return at;
    }

    private static List<Path> filesBelow(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean ours = !NOT_OURS.contains(folder.getFileName().toString());
                return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
