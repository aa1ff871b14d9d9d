// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.error.ErrorCode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds ERRORS.md to the codes that there are, and to the tests that provoke them. */
final class ErrorsDocumentTest {
    private static final Path TREE = Path.of("").toAbsolutePath().getParent();
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)`");

    @Test
    void everyCodeHasItsRowInItsOrderAndItsOwnId() throws IOException {
        List<String> ids = Arrays.stream(ErrorCode.values()).map(ErrorCode::id).toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(rows().stream().map(Row::id)).containsExactlyElementsOf(ids);
    }

    @Test
    void theTableTellsNameAndRetryClassAsTheCodeDoes() throws IOException {
        for (Row row : rows()) {
            ErrorCode code = code(row);
            assertThat(row.name()).isEqualTo("`" + code.name() + "`");
            assertThat(row.retry())
                    .as(row.id())
                    .isEqualTo(
                            switch (code.retryClass()) {
                                case RETRYABLE -> "again";
                                case PERMANENT -> "no";
                                case UNKNOWN_OUTCOME -> "look first";
                            });
        }
    }

    @Test
    void everyRowSaysWhatItMeansAndWhatToDoInTheImperative() throws IOException {
        for (Row row : rows()) {
            assertThat(row.meaning()).as(row.id()).hasSizeBetween(20, 400);
            assertThat(row.remedy()).as(row.id()).matches("[A-Z][a-z]+ .{8,}");
        }
    }

    @Test
    void everyCodeIsProvokedByATestThatNamesIt() throws IOException {
        Map<String, Path> sources = sources();
        List<String> findings = new ArrayList<>();
        for (Row row : rows()) {
            List<String> tests =
                    TEST.matcher(row.tests()).results().map(r -> r.group(1)).toList();
            assertThat(tests).as(row.id()).isNotEmpty();
            for (String test : tests) {
                Path file = sources.get(test);
                if (file == null) {
                    findings.add(row.id() + ": there is no test '" + test + "'");
                } else if (!names(Files.readString(file), code(row))) {
                    findings.add(row.id() + ": '" + test + "' does not name " + code(row));
                }
            }
        }
        assertThat(findings).isEmpty();
    }

    private static ErrorCode code(Row row) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.id().equals(row.id()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(row.id() + " is no code"));
    }

    /** By its constant, its id, or, where the code has a type of its own, by that. */
    private static boolean names(String source, ErrorCode code) {
        String type = Arrays.stream(code.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("", "", "Exception"));
        return source.contains(code.name()) || source.contains(code.id()) || source.contains(type);
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(TREE.resolve("lib-core/ERRORS.md"))) {
            if (line.matches("\\| [A-Z]+-\\d{3} \\|.*")) {
                String[] cells = line.split("(?<!\\\\)\\|", -1);
                assertThat(cells).as(line).hasSize(8);
                rows.add(new Row(
                        cells[1].strip(),
                        cells[2].strip(),
                        cells[3].strip(),
                        cells[4].strip(),
                        cells[5].strip(),
                        cells[6].strip()));
            }
        }
        return rows;
    }

    /** All classes that can be a test: those of test folders, and the kits. */
    private static Map<String, Path> sources() throws IOException {
        Map<String, Path> sources = new TreeMap<>();
        Files.walkFileTree(TREE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                return name.equals("target") || name.startsWith(".")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Matcher source = Pattern.compile("(\\w+)\\.java")
                        .matcher(file.getFileName().toString());
                boolean test = file.toString().contains("/src/test/")
                        || file.toString().contains("/testkit/");
                if (test && source.matches()) {
                    sources.put(source.group(1), file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }

    private record Row(String id, String name, String meaning, String remedy, String retry, String tests) {}
}
