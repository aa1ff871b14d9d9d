// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filters of messages that are documented and that a backup can want: comparisons, joined by {@code and}, and extended properties. */
final class MessageFilter implements Predicate<GraphMessage> {
    private static final Pattern COMPARISON =
            Pattern.compile("(\\w+)\\s+(eq|ne|ge|gt|le|lt)\\s+(.+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern EXTENDED = Pattern.compile(
            "singleValueExtendedProperties/any\\((\\w+):\\s*\\1/id eq '((?:[^']|'')*)' and \\1/value eq '((?:[^']|'')*)'\\)",
            Pattern.CASE_INSENSITIVE);

    private final List<Predicate<GraphMessage>> all;

    private MessageFilter(List<Predicate<GraphMessage>> all) {
        this.all = all;
    }

    static MessageFilter of(String text) {
        // "and" inside of parentheses belongs to what is inside.
        List<String> terms = Query.split(text.replaceAll("(?i)\\s+and\\s+(?![^(]*\\))", "\u0000"), '\u0000');
        return new MessageFilter(terms.stream().map(term -> term(term.trim())).toList());
    }

    @Override
    public boolean test(GraphMessage message) {
        return all.stream().allMatch(each -> each.test(message));
    }

    private static Predicate<GraphMessage> term(String term) {
        Matcher extended = EXTENDED.matcher(term);
        if (extended.matches()) {
            String value = unquoted("'" + extended.group(3) + "'");
            String id = Extended.normal(unquoted("'" + extended.group(2) + "'"));
            return message -> Extended.value(message, id).filter(value::equals).isPresent();
        }
        Matcher comparison = COMPARISON.matcher(term);
        if (!comparison.matches()) {
            throw invalid(term);
        }
        String operator = comparison.group(2).toLowerCase(Locale.ROOT);
        String operand = comparison.group(3).trim();
        return switch (comparison.group(1)) {
            case "receivedDateTime" -> time(operator, operand, GraphMessage::received);
            case "lastModifiedDateTime" -> time(operator, operand, GraphMessage::modified);
            case "createdDateTime" -> time(operator, operand, GraphMessage::created);
            case "isRead" -> same(operator, operand, message -> String.valueOf(message.isRead()));
            case "isDraft" -> same(operator, operand, message -> String.valueOf(message.isDraft()));
            case "hasAttachments" -> same(operator, operand, message -> String.valueOf(message.hasAttachments()));
            case "internetMessageId" -> same(operator, operand, message -> message.text("internetMessageId"));
            case "subject" -> same(operator, operand, message -> message.text("subject"));
            case "conversationId" -> same(operator, operand, message -> message.text("conversationId"));
            default -> throw invalid(term);
        };
    }

    private static Predicate<GraphMessage> time(
            String operator, String operand, Function<GraphMessage, Instant> property) {
        Instant limit;
        try {
            limit = Instant.parse(operand);
        } catch (DateTimeParseException e) {
            throw invalid(operand);
        }
        return message -> {
            int order = property.apply(message).compareTo(limit);
            return switch (operator) {
                case "eq" -> order == 0;
                case "ne" -> order != 0;
                case "ge" -> order >= 0;
                case "gt" -> order > 0;
                case "le" -> order <= 0;
                default -> order < 0;
            };
        };
    }

    private static Predicate<GraphMessage> same(
            String operator, String operand, Function<GraphMessage, String> property) {
        String wanted = unquoted(operand);
        return switch (operator) {
            case "eq" -> message -> property.apply(message).equals(wanted);
            case "ne" -> message -> !property.apply(message).equals(wanted);
            default -> throw invalid(operator);
        };
    }

    private static String unquoted(String operand) {
        boolean quoted = operand.length() > 1 && operand.startsWith("'") && operand.endsWith("'");
        return quoted ? operand.substring(1, operand.length() - 1).replace("''", "'") : operand;
    }

    private static GraphError invalid(String term) {
        return new GraphError(
                400, "ErrorInvalidUrlQueryFilter", "The query filter contains one or more invalid nodes: " + term);
    }
}
