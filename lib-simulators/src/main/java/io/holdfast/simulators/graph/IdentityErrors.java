// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What Entra answers when it gives no token. */
enum IdentityErrors {
    NO_TENANT(
            400,
            "invalid_request",
            90002,
            "Tenant not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud."),
    MALFORMED(400, "invalid_request", 900144, "The request body must contain the following parameter: 'grant_type'."),
    WRONG_GRANT(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type."),
    WRONG_SCOPE(
            400,
            "invalid_scope",
            1002012,
            "The provided value for scope is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier."),
    NO_APP(
            400,
            "unauthorized_client",
            700016,
            "Application was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant."),
    APP_DISABLED(400, "unauthorized_client", 7000112, "Application is disabled."),
    NO_SECRET(
            401,
            "invalid_client",
            7000216,
            "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type."),
    WRONG_SECRET(
            401,
            "invalid_client",
            7000215,
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID."),
    SECRET_EXPIRED(401, "invalid_client", 7000222, "The provided client secret keys are expired."),
    WRONG_ASSERTION(
            401,
            "invalid_client",
            700027,
            "The certificate with identifier used to sign the client assertion is not registered on application."),
    ASSERTION_OUT_OF_TIME(401, "invalid_client", 700024, "Client assertion is not within its valid time range."),
    NO_CONSENT(400, "invalid_grant", 65001, "The user or administrator has not consented to use the application."),
    BLOCKED(400, "invalid_grant", 53003, "Access has been blocked by Conditional Access policies."),
    LOOP(
            400,
            "invalid_grant",
            50196,
            "The server terminated an operation because it encountered a client request loop."),
    BUSY(503, "temporarily_unavailable", 90033, "A transient error has occurred. Please try again.");

    private final int status;
    private final String error;
    private final int number;
    private final String message;

    IdentityErrors(int status, String error, int number, String message) {
        this.status = status;
        this.error = error;
        this.number = number;
        this.message = message;
    }

    Reply reply(Instant now) {
        UUID trace = Ids.guid(now.getEpochSecond(), number);
        UUID correlation = Ids.guid(number, now.getEpochSecond());
        String stamp = GraphTenant.stamp(now).replace('T', ' ');
        return Reply.of(status)
                .with("Content-Type", "application/json; charset=utf-8")
                .with(Json.bytes(Json.object(
                        "error", error,
                        "error_description",
                                "AADSTS" + number + ": " + message + " Trace ID: " + trace + " Correlation ID: "
                                        + correlation + " Timestamp: " + stamp,
                        "error_codes", List.of(number),
                        "timestamp", stamp,
                        "trace_id", trace,
                        "correlation_id", correlation,
                        "error_uri", "https://login.microsoftonline.com/error?code=" + number)));
    }
}
