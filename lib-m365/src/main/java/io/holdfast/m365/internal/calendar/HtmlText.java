// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** What an HTML body says, as plain text. */
final class HtmlText {
    private static final Set<String> LINES = Set.of("p", "div", "tr", "li", "h1", "h2", "h3", "h4", "pre", "hr");

    private HtmlText() {}

    static String of(String html) {
        StringBuilder text = new StringBuilder();
        NodeTraversor.traverse(
                new NodeVisitor() {
                    @Override
                    public void head(Node node, int depth) {
                        if (node instanceof TextNode words) {
                            append(words.text());
                        } else if (node.nodeName().equals("br")) {
                            text.append('\n');
                        }
                    }

                    @Override
                    public void tail(Node node, int depth) {
                        if (node instanceof Element element && LINES.contains(element.normalName())) {
                            endLine();
                        }
                    }

                    private void append(String words) {
                        boolean atStart = text.length() == 0 || text.charAt(text.length() - 1) == '\n';
                        text.append(atStart ? words.stripLeading() : words);
                    }

                    private void endLine() {
                        if (text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
                            text.append('\n');
                        }
                    }
                },
                Jsoup.parse(html).body());
        return text.toString().strip();
    }
}
