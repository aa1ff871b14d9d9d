// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.identity.TokenAnswer;
import io.holdfast.pacing.RetryAfter;
import io.holdfast.pacing.ScopeLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a refusal of Microsoft Entra means.
 *
 * <p>Decided by status and the {@code error} of OAuth (RFC 6749, section 5.2); the number of the AADSTS code refines it and says what to do (reference
 * "Microsoft Entra authentication and authorization error codes", which warns that numbers may change).
 */
final class EntraAnswers {
    /** Trouble of the service's own, whatever the status. */
    private static final Set<Integer> PASSING = Set.of(50000, 90006, 90012, 90024, 90033);

    private static final Map<Integer, String> REMEDIES = Map.ofEntries(
            Map.entry(7000215, "The client secret is wrong: give the secret's value, not its id"),
            Map.entry(7000222, "The client secret has expired: make a new one for the application and configure it"),
            Map.entry(7000216, "No client secret or certificate was sent: configure one"),
            Map.entry(
                    700016,
                    "The application is not known in this tenant: check tenant_id, client_id and cloud, and let an administrator consent"),
            Map.entry(700027, "The certificate is not registered for the application: upload it there"),
            Map.entry(700024, "The assertion is outside its time: set this machine's clock"),
            Map.entry(90002, "The tenant does not exist in this cloud: check tenant_id and cloud"),
            Map.entry(900023, "The tenant's id is malformed: give its GUID"),
            Map.entry(900382, "The tenant is in another national cloud: set cloud"),
            Map.entry(900439, "The tenant is in another national cloud: set cloud"),
            Map.entry(90038, "The tenant is in another national cloud: set cloud"),
            Map.entry(65001, "No administrator has consented to the application's permissions: consent"),
            Map.entry(501051, "The application must be assigned before it may sign in: assign it"),
            Map.entry(7000112, "The application is disabled in this tenant: enable it"),
            Map.entry(500011, "Microsoft Graph is not available in this tenant: check its subscription"),
            Map.entry(500014, "The tenant's subscription has lapsed: renew it"),
            Map.entry(53003, "Conditional access blocks the application: exempt it, or its address"),
            Map.entry(530035, "Conditional access blocks the application: exempt it, or its address"),
            Map.entry(50196, "The application asked for too many tokens in a loop: wait five minutes"));

    private EntraAnswers() {}

    /**
     * What an answer without a token means.
     *
     * @param http the exchange
     * @param cause what MSAL4J made of it
     * @return the answer in the core's words
     */
    static TokenAnswer of(OneRequest http, Throwable cause) {
        if (http.broken().isPresent()) {
            String phase = http.broken().get().phase().name().toLowerCase(java.util.Locale.ROOT);
            return new TokenAnswer.Unavailable(phase, "no answer of the identity service");
        }
        if (http.status() == 0) {
            return new TokenAnswer.Rejected(
                    cause.getClass().getSimpleName(), "Check the credential: no request could be made of it");
        }
        JsonNode json = http.json();
        int number = number(json);
        String code = number == 0 ? json.path("error").asText(String.valueOf(http.status())) : "AADSTS" + number;
        if (http.status() == 429 || number == 90055) {
            return new TokenAnswer.Throttled(ScopeLevel.CLOUD, wait(http), code);
        }
        if (number == 50196) {
            return new TokenAnswer.Throttled(ScopeLevel.APPLICATION, Optional.of(Duration.ofMinutes(5)), code);
        }
        if (http.status() >= 500 || PASSING.contains(number) || !json.has("error")) {
            return new TokenAnswer.Unavailable(code, "the identity service answered " + http.status());
        }
        return new TokenAnswer.Rejected(code, remedy(number, json));
    }

    private static String remedy(int number, JsonNode json) {
        String known = REMEDIES.get(number);
        return known != null
                ? known
                : "Check tenant, application and credential: the identity service says "
                        + json.path("error").asText("nothing");
    }

    /** The first of the numbers, or the one that the description begins with. */
    private static int number(JsonNode json) {
        if (json.path("error_codes").path(0).canConvertToInt()) {
            return json.path("error_codes").path(0).asInt();
        }
        String text = json.path("error_description").asText("");
        int end = 6;
        while (end < text.length() && end < 15 && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return text.startsWith("AADSTS") && end > 6 ? Integer.parseInt(text.substring(6, end)) : 0;
    }

    private static Optional<Duration> wait(OneRequest http) {
        Optional<String> field = http.fields().joined("retry-after");
        // Only a date needs to be read against a clock, and then against the answer's own.
        return field.flatMap(value -> RetryAfter.parse(value, http.fields().first("date"), Instant.EPOCH));
    }
}
