// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.exchange.ErrorAnswer;
import io.holdfast.exchange.HttpFields;
import io.holdfast.exchange.ServiceDialect;
import io.holdfast.exchange.Verdict;
import io.holdfast.pacing.Cost;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How Graph speaks: five dialects of errors (its own, Exchange's, SharePoint's, plain text or HTML of gateways, and nothing at all) made into the
 * engine's categories. Without state.
 */
public final class GraphDialect implements ServiceDialect {
    private static final int DEEPEST = 8;

    /** The scope that a throttle of this pool belongs to. */
    private final GraphPool pool;

    /**
     * The dialect of the service behind a pool.
     *
     * @param pool the pool; where its limits count, its throttles do
     */
    public GraphDialect(GraphPool pool) {
        this.pool = pool;
    }

    @Override
    public Optional<String> requestIdField() {
        return Optional.of("client-request-id");
    }

    @Override
    public Optional<String> answerId(HttpFields fields) {
        return fields.first("request-id").or(() -> fields.first("sprequestguid"));
    }

    /** The directory says what a request cost; the other services do not. */
    @Override
    public Cost actual(Cost estimate, HttpFields fields) {
        Optional<String> units = fields.first("x-ms-resource-unit");
        if (units.isEmpty() || !units.get().trim().matches("\\d{1,6}")) {
            return estimate;
        }
        long told = Long.parseLong(units.get().trim());
        return new Cost(estimate.requests(), told, estimate.bytesUp(), estimate.bytesDown(), estimate.slots());
    }

    @Override
    public Verdict classify(ErrorAnswer answer) {
        ErrorText text = ErrorText.read(answer);
        Optional<Duration> wait = answer.retryAfter();
        Optional<GraphErrors.Meaning> meaning = GraphErrors.of(text.codes, text.message);
        // Whether to wait is the status's to say: a busy mailbox answers the same code with 429 and 503.
        FailureCategory category = answer.status() == 429 || answer.status() == 503 && wait.isPresent()
                ? FailureCategory.THROTTLED
                : meaning.map(GraphErrors.Meaning::category).orElseGet(() -> byStatus(answer, text));
        category = corrected(category, answer);
        String code = meaning.map(GraphErrors.Meaning::code)
                .orElseGet(() ->
                        text.codes.isEmpty() ? String.valueOf(answer.status()) : text.codes.get(text.codes.size() - 1));
        return new Verdict(new Failure(category, code, wait), level(category));
    }

    /** What a known code may not say in the company of a status. */
    private static FailureCategory corrected(FailureCategory category, ErrorAnswer answer) {
        boolean infected = answer.fields().first("x-virus-infected").isPresent();
        if (infected && answer.status() / 100 == 4) {
            return FailureCategory.POISON_ITEM;
        }
        // Only who serves the item can say that it does not exist.
        boolean notFound = answer.status() == 404 || answer.status() == 410 || answer.status() == 400;
        return category == FailureCategory.GONE && !notFound ? FailureCategory.UNKNOWN : category;
    }

    private static FailureCategory byStatus(ErrorAnswer answer, ErrorText text) {
        switch (answer.status()) {
            case 401:
                return answer.withToken() ? FailureCategory.TOKEN_EXPIRED : FailureCategory.PERMISSION_MISSING;
            case 402:
            case 423:
                return FailureCategory.NOT_AVAILABLE;
            case 403:
                return FailureCategory.PERMISSION_MISSING;
            case 404:
                return notFound(text);
            case 410:
                return FailureCategory.CURSOR_INVALID;
            case 400:
                // "invalidRequest" comes and goes on reads of drives; other bad requests come back the same each time.
                return text.has("invalidrequest") || text.codes.isEmpty()
                        ? FailureCategory.TRANSIENT
                        : FailureCategory.UNKNOWN;
            case 408:
            case 424:
            case 425:
            case 500:
            case 502:
            case 503:
            case 504:
                return FailureCategory.TRANSIENT;
            case 409:
            case 412:
                return FailureCategory.CONFLICT;
            case 416:
                return FailureCategory.CONTENT_MISMATCH;
            case 507:
                return FailureCategory.TARGET_FULL;
            case 509:
                return FailureCategory.THROTTLED;
            default:
                return FailureCategory.UNKNOWN;
        }
    }

    /** A 404 without a word comes from a gateway; one that names the owner says that there is no such mailbox or site. */
    private static FailureCategory notFound(ErrorText text) {
        if (text.codes.isEmpty()) {
            return FailureCategory.TRANSIENT;
        }
        if (text.has("resourcenotfound")) {
            return FailureCategory.NOT_AVAILABLE;
        }
        return text.has("notfound") || text.has("itemnotfound") ? FailureCategory.GONE : FailureCategory.UNKNOWN;
    }

    private ScopeLevel level(FailureCategory category) {
        if (category != FailureCategory.THROTTLED) {
            return ScopeLevel.RESOURCE;
        }
        return pool == GraphPool.EXCHANGE ? ScopeLevel.RESOURCE : ScopeLevel.POOL;
    }

    /** The codes of an error answer, from the outermost to the innermost, and its message. */
    private record ErrorText(List<String> codes, String message) {

        static ErrorText read(ErrorAnswer answer) {
            List<String> codes = new ArrayList<>();
            String message = "";
            try {
                JsonNode root = answer.body().length == 0 ? null : Json.read(answer.body());
                JsonNode error = root == null ? null : root.get("error");
                if (error != null && error.isObject()) {
                    message = error.path("message").asText("");
                    for (int depth = 0; error != null && error.isObject() && depth < DEEPEST; depth++) {
                        if (error.path("code").isTextual()
                                && !error.path("code").asText().isEmpty()) {
                            codes.add(error.path("code").asText());
                        }
                        error = error.has("innerError") ? error.get("innerError") : error.get("innererror");
                    }
                }
            } catch (IOException e) {
                // HTML of a gateway, or text: what it says is for people.
            }
            return new ErrorText(codes, message);
        }

        boolean has(String code) {
            return codes.stream().anyMatch(each -> each.toLowerCase(Locale.ROOT).equals(code));
        }
    }
}
