// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Holds the code in guides to code that compiles: each piece names the file that it is from, and stands there line by line.
 *
 * <p>A line of three dots leaves lines out. Indentation and blank lines do not count.
 */
final class SnippetsTest {
    private static final Path TREE = Path.of("").toAbsolutePath().getParent();
    private static final String FROM = "(?:<!-- from (\\S+) -->\\s*)?";
    private static final Pattern IN_HTML = Pattern.compile(FROM + "<pre>(.*?)</pre>", Pattern.DOTALL);
    private static final Pattern IN_MARKDOWN = Pattern.compile(FROM + "```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void codeInTheGuidesOfTheJavadocStandsInItsFile() throws IOException {
        assertThat(check("javadoc/overview.html", IN_HTML, 4)).isEmpty();
    }

    @Test
    void codeInTheReadmeStandsInItsFile() throws IOException {
        assertThat(check("README.md", IN_MARKDOWN, 1)).isEmpty();
    }

    @Test
    void aLineThatIsInNoFileIsFound() {
        List<String> file = List.of("int a = 1;", "int b = 2;", "int c = 3;");

        assertThat(missing(List.of("int a = 1;", "int b = 2;"), file)).isEmpty();
        assertThat(missing(List.of("int a = 1;", "...", "int c = 3;"), file)).isEmpty();
        assertThat(missing(List.of("int a = 1;", "int c = 3;"), file)).containsExactly("int a = 1;");
        assertThat(missing(List.of("int c = 3;", "...", "int a = 1;"), file)).containsExactly("int a = 1;");
        assertThat(missing(List.of("int d = 4;"), file)).containsExactly("int d = 4;");
    }

    private static List<String> check(String document, Pattern snippet, int atLeast) throws IOException {
        List<String> findings = new ArrayList<>();
        List<MatchResult> found = snippet.matcher(Files.readString(TREE.resolve(document)))
                .results()
                .toList();
        assertThat(found).as("pieces of code in %s", document).hasSizeGreaterThanOrEqualTo(atLeast);
        for (MatchResult piece : found) {
            String from = piece.group(1);
            if (from == null || !Files.isRegularFile(TREE.resolve(from))) {
                findings.add(document + ": no file '" + from + "' for: " + lines(piece.group(2)));
                continue;
            }
            for (String begin : missing(lines(piece.group(2)), lines(Files.readString(TREE.resolve(from))))) {
                findings.add(document + ": not in " + from + ", from this line on: " + begin);
            }
        }
        return findings;
    }

    /** The first lines of those blocks that do not follow one another in the file. */
    private static List<String> missing(List<String> snippet, List<String> file) {
        List<String> missing = new ArrayList<>();
        int after = 0;
        List<String> rest = snippet;
        while (!rest.isEmpty()) {
            int dots = rest.indexOf("...");
            List<String> block = dots < 0 ? rest : rest.subList(0, dots);
            int at = Collections.indexOfSubList(file.subList(after, file.size()), block);
            if (at < 0) {
                missing.add(block.get(0));
            } else {
                after += at + block.size();
            }
            rest = dots < 0 ? List.of() : rest.subList(dots + 1, rest.size());
        }
        return missing;
    }

    private static List<String> lines(String code) {
        return code.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#64;", "@")
                .replace("&amp;", "&")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
