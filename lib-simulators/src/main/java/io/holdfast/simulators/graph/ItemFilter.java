// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Filters and orders of events and contacts: times and texts are compared, comparisons are joined by {@code and}, and extended properties can be asked
 * for.
 *
 * @param times the properties that are times
 * @param texts the properties that are texts
 * @param extended the extended properties
 * @param <T> what is filtered
 */
record ItemFilter<T>(
        Map<String, Function<T, Instant>> times,
        Map<String, Function<T, String>> texts,
        Function<T, Map<String, String>> extended) {
    private static final Pattern COMPARISON =
            Pattern.compile("([\\w/]+)\\s+(eq|ge|gt|le|lt)\\s+(.+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern EXTENDED = Pattern.compile(
            "singleValueExtendedProperties/any\\((\\w+):\\s*\\1/id eq '((?:[^']|'')*)' and \\1/value (eq '((?:[^']|'')*)'|ne null)\\)",
            Pattern.CASE_INSENSITIVE);

    /** What a request wants, in the order in which it wants it. */
    List<T> of(Query query, List<T> all) {
        Optional<String> filter = query.first("$filter");
        Predicate<T> wanted = filter.map(this::filter).orElse(each -> true);
        List<T> some = all.stream().filter(wanted).toList();
        Optional<String> order = query.first("$orderby");
        return order.isEmpty() ? some : some.stream().sorted(order(order.get())).toList();
    }

    private Predicate<T> filter(String text) {
        // "and" inside of parentheses belongs to what is inside.
        Predicate<T> all = each -> true;
        for (String term : Query.split(text.replaceAll("(?i)\\s+and\\s+(?![^(]*\\))", "\u0000"), '\u0000')) {
            all = all.and(term(term.trim()));
        }
        return all;
    }

    private Predicate<T> term(String term) {
        Matcher property = EXTENDED.matcher(term);
        if (property.matches()) {
            String id = Extended.normal(property.group(2).replace("''", "'"));
            Optional<String> value = Optional.ofNullable(property.group(4)).map(text -> text.replace("''", "'"));
            return each -> {
                String has = extended.apply(each).get(id);
                return has != null && (value.isEmpty() || value.get().equals(has));
            };
        }
        Matcher comparison = COMPARISON.matcher(term);
        if (!comparison.matches()) {
            throw invalid(term);
        }
        String operator = comparison.group(2).toLowerCase(Locale.ROOT);
        String operand = comparison.group(3).trim();
        Function<T, Instant> time = times.get(comparison.group(1));
        if (time != null) {
            Instant wanted = instant(operand);
            return each -> holds(operator, time.apply(each).compareTo(wanted));
        }
        Function<T, String> text = texts.get(comparison.group(1));
        if (text == null || !operator.equals("eq") || !operand.startsWith("'") || !operand.endsWith("'")) {
            throw invalid(term);
        }
        String wanted = operand.substring(1, operand.length() - 1).replace("''", "'");
        return each -> wanted.equals(text.apply(each));
    }

    private static boolean holds(String operator, int comparison) {
        return switch (operator) {
            case "ge" -> comparison >= 0;
            case "gt" -> comparison > 0;
            case "le" -> comparison <= 0;
            case "lt" -> comparison < 0;
            default -> comparison == 0;
        };
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid(text);
        }
    }

    private Comparator<T> order(String text) {
        String[] words = text.trim().split("\\s+");
        Function<T, Instant> time = times.get(words[0]);
        Function<T, String> name = texts.get(words[0]);
        if (time == null && name == null) {
            throw new GraphError(
                    400, "ErrorInvalidUrlQuery", "The query option '$orderby' does not support '" + text + "'.");
        }
        Comparator<T> order = time == null ? Comparator.comparing(name) : Comparator.comparing(time);
        return words.length > 1 && words[1].equalsIgnoreCase("desc") ? order.reversed() : order;
    }

    private static GraphError invalid(String term) {
        return new GraphError(
                400, "ErrorInvalidUrlQueryFilter", "The query filter contains one or more invalid nodes: " + term);
    }
}
