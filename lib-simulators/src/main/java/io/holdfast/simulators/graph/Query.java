// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The query of a request, decoded; names without regard to case, and those of OData with or without their {@code $}. Immutable.
 *
 * @param values by name
 */
record Query(Map<String, String> values) {
    private static final Set<String> ODATA =
            Set.of("select", "expand", "filter", "orderby", "top", "skip", "count", "search");

    static Query of(String target) {
        Map<String, String> values = new LinkedHashMap<>();
        int start = target.indexOf('?');
        if (start >= 0) {
            for (String pair : target.substring(start + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                if (!pair.isEmpty()) {
                    String name = decoded(equals < 0 ? pair : pair.substring(0, equals))
                            .toLowerCase(Locale.ROOT);
                    values.put(
                            ODATA.contains(name) ? "$" + name : name,
                            equals < 0 ? "" : decoded(pair.substring(equals + 1)));
                }
            }
        }
        return new Query(values);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw GraphError.badRequest("The query '" + text + "' is not encoded correctly.");
        }
    }

    Optional<String> first(String name) {
        return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
    }

    boolean says(String name, String value) {
        return first(name).filter(value::equalsIgnoreCase).isPresent();
    }

    /** A number that must be positive, or at least zero. */
    Optional<Integer> number(String name, int least, int most) {
        return first(name).map(text -> {
            try {
                int number = Integer.parseInt(text.trim());
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw invalid(name, text);
            }
            throw invalid(name, text);
        });
    }

    private static GraphError invalid(String name, String value) {
        return new GraphError(
                400, "ErrorInvalidUrlQuery", "Invalid value '" + value + "' of the query option '" + name + "'.");
    }

    Selection selection() {
        return Selection.of(first("$select").orElse(""));
    }

    List<Expansion> expansions() {
        List<Expansion> all = new ArrayList<>();
        for (String each : split(first("$expand").orElse(""), ',')) {
            int open = each.indexOf('(');
            String name = (open < 0 ? each : each.substring(0, open)).trim();
            String options = open < 0 ? "" : each.substring(open + 1, each.lastIndexOf(')'));
            if (!name.isEmpty()) {
                Map<String, String> inner = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                for (String option : split(options, ';')) {
                    int equals = option.indexOf('=');
                    if (equals > 0) {
                        inner.put(
                                option.substring(0, equals).trim(),
                                option.substring(equals + 1).trim());
                    }
                }
                all.add(new Expansion(name, inner));
            }
        }
        return all;
    }

    Optional<Expansion> expansion(String name) {
        return expansions().stream()
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Splits where neither quotes nor parentheses are open. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')') {
                depth--;
            } else if (!quoted && depth == 0 && c == separator) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        if (start < text.length()) {
            parts.add(text.substring(start));
        }
        return parts;
    }

    /**
     * A navigation property to expand.
     *
     * @param name its name
     * @param options such as {@code $filter}
     */
    record Expansion(String name, Map<String, String> options) {}

    /**
     * The properties that are wanted.
     *
     * @param names none for all of them
     */
    record Selection(Set<String> names) {
        static Selection of(String list) {
            Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            for (String name : list.split(",")) {
                if (!name.isBlank() && !name.trim().equals("*")) {
                    names.add(name.trim());
                }
            }
            return new Selection(names);
        }

        boolean isAll() {
            return names.isEmpty();
        }

        boolean wants(String name) {
            return names.isEmpty() || names.contains(name);
        }

        /** Only what is wanted, the id and annotations. */
        Map<String, Object> of(Map<String, Object> all) {
            if (isAll()) {
                return all;
            }
            Map<String, Object> some = new LinkedHashMap<>();
            all.forEach((name, value) -> {
                if (name.startsWith("@") || name.equals("id") || names.contains(name)) {
                    some.put(name, value);
                }
            });
            return some;
        }
    }
}
