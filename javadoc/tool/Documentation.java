// SPDX-License-Identifier: Apache-2.0

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Runs the documentation tool of the JDK and fails on every finding, but for one kind: JDK 17 asks a compact
 * constructor for the {@code @param} lines that stand on its record. Arguments are those of {@code javadoc}.
 */
final class Documentation {
    private static final Pattern FINDING = Pattern.compile("(?:.+:\\d+: )?(?:warning|error)(?:: | - ).*");
    private static final Pattern COMPACT_CONSTRUCTOR = Pattern.compile("\\s*(?:public |protected )?[A-Z]\\w* \\{\\s*");

    private Documentation() {}

    public static void main(String[] arguments) {
        StringWriter said = new StringWriter();
        String[] all = Stream.concat(Stream.of("-locale", "en", "-Xmaxwarns", "10000"), Stream.of(arguments))
                .toArray(String[]::new);
        int exit = ToolProvider.findFirst("javadoc")
                .orElseThrow()
                .run(new PrintWriter(said, true), new PrintWriter(said, true), all);
        List<String> lines = said.toString().lines().toList();
        List<String> findings = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            String source = at + 1 < lines.size() ? lines.get(at + 1) : "";
            boolean askedTwice =
                    lines.get(at).contains("warning: no @param") && COMPACT_CONSTRUCTOR.matcher(source).matches();
            if (FINDING.matcher(lines.get(at)).matches() && !askedTwice) {
                findings.add(lines.get(at) + "\n" + source);
            }
        }
        if (exit != 0 || !findings.isEmpty()) {
            findings.forEach(System.err::println);
            System.err.println(findings.isEmpty() ? said : findings.size() + " findings in the documentation");
            System.exit(1);
        }
    }
}
