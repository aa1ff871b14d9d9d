// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a text must look like that no compiler checks. Each rule gives its findings; none means tidy. */
final class Tidiness {
    static final int LONGEST_FILE = 450;
    static final int LONGEST_METHOD = 70;

    private static final String LICENCE = "SPDX-License-Identifier: Apache-2.0";
    private static final Pattern PROMISE = Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|HA" + "CK|XX" + "X)\\b");
    private static final Pattern SKIPPED =
            Pattern.compile("@(?:Disabled|Ignore)\\b|\\bassumeTrue\\(|\\bassumeFalse\\(");
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("^(?:[a-z][a-z0-9+.-]*:|#)");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|record|enum|@interface)\\s+\\w+");
    private static final Pattern ERROR_ROW = Pattern.compile("(?m)^\\|\\s*`?([A-Z]+-\\d{3})`?\\s*\\|");

    private Tidiness() {}

    /** A Java file names its licence in the first line, a script in the second. */
    static List<String> licence(List<String> lines) {
        boolean script = !lines.isEmpty() && lines.get(0).startsWith("#!");
        int at = script ? 1 : 0;
        boolean named = lines.size() > at && lines.get(at).endsWith(" " + LICENCE);
        return named ? List.of() : List.of("line " + (at + 1) + " does not name the licence");
    }

    /** Nothing is left for later. */
    static List<String> promises(List<String> lines) {
        return matching(lines, PROMISE, "leaves something for later");
    }

    /** No test is switched off. */
    static List<String> skippedTests(List<String> lines) {
        return matching(lines, SKIPPED, "switches a test off");
    }

    /** A file can be read in one go. */
    static List<String> length(List<String> lines) {
        return lines.size() <= LONGEST_FILE
                ? List.of()
                : List.of(lines.size() + " lines; at most " + LONGEST_FILE + " are allowed");
    }

    /** A method can be read in one go. Leans on the formatter: a member closes at the indent at which it began. */
    static List<String> longMethods(List<String> lines) {
        List<String> findings = new ArrayList<>();
        for (int end = 0; end < lines.size(); end++) {
            String closing = lines.get(end);
            if (!closing.equals("    }") && !closing.equals("        }")) {
                continue;
            }
            int indent = closing.length() - 1;
            int start = end - 1;
            while (start > 0 && indentOf(lines.get(start)) > indent) {
                start--;
            }
            boolean type = TYPE.matcher(lines.get(start)).find();
            if (!type && end - start + 1 > LONGEST_METHOD) {
                findings.add("line " + (start + 1) + ": a method of " + (end - start + 1) + " lines");
            }
        }
        return findings;
    }

    /** A link to a file of ours leads somewhere. */
    static List<String> deadLinks(Path document, String text) {
        return LINK.matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(target -> !ELSEWHERE.matcher(target).find())
                .map(target -> target.replaceFirst("#.*", ""))
                .filter(target -> !Files.exists(document.resolveSibling(target)))
                .map(target -> "links to " + target + ", which does not exist")
                .toList();
    }

    /** The codes that have a row in a table of errors. */
    static Set<String> errorRows(String table) {
        Set<String> codes = new TreeSet<>();
        Matcher matcher = ERROR_ROW.matcher(table);
        while (matcher.find()) {
            if (!codes.add(matcher.group(1))) {
                throw new IllegalArgumentException(matcher.group(1) + " has two rows");
            }
        }
        return codes;
    }

    private static int indentOf(String line) {
        return line.isBlank()
                ? Integer.MAX_VALUE
                : line.length() - line.stripLeading().length();
    }

    private static List<String> matching(List<String> lines, Pattern pattern, String finding) {
        return Stream.iterate(0, at -> at < lines.size(), at -> at + 1)
                .filter(at -> pattern.matcher(lines.get(at)).find())
                .map(at -> "line " + (at + 1) + " " + finding)
                .toList();
    }
}
