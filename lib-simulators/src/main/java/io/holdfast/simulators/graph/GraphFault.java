// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpBody;
import io.holdfast.simulators.http.Chaos;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiFunction;

/** What a single request can meet: answers of the service that were seen in the field, and what happens to answers on their way. */
public enum GraphFault {
    /** 429 that names whole seconds. */
    THROTTLED_FOR_SECONDS(Chaos.THROTTLED_FOR_SECONDS, "TooManyRequests", "Too many requests."),
    /** 429 that names a fraction of a second. */
    THROTTLED_FOR_A_FRACTION(Chaos.THROTTLED_FOR_A_FRACTION, "TooManyRequests", "Too many requests."),
    /** 429 that names a date, by a clock that is two hours fast. */
    THROTTLED_UNTIL_A_DATE(Chaos.THROTTLED_UNTIL_A_DATE, "TooManyRequests", "Too many requests."),
    /** 429 without a word of when to come back. */
    THROTTLED_WITHOUT_A_WORD(Chaos.THROTTLED_WITHOUT_A_WORD, "TooManyRequests", "Too many requests."),
    /** 429 for an app and a mailbox. */
    APPLICATION_THROTTLED(
            429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.", "Retry-After", "5"),
    /** 429 of SharePoint, with a code inside. */
    ACTIVITY_LIMIT_REACHED(
            inner(429, "activityLimitReached", "The app or user has been throttled.", "throttledRequest")),
    /** 509: too many bytes. */
    TOO_MANY_BYTES(Chaos.TOO_MANY_BYTES),
    /** 503 that names a time. */
    BUSY_FOR_SECONDS(Chaos.BUSY_FOR_SECONDS, "ErrorServerBusy", "The server is busy. Please retry later."),
    /** 503 with a code that is in no documentation. */
    UNHEARD_OF(503, "ErrorUnheardOf", "Nobody has said this before."),
    /** 503 with nothing in it, as when a page is too large. */
    BUSY_WITHOUT_A_WORD(Chaos.BUSY_WITHOUT_A_WORD),
    /** 503 while a mailbox is moved to another database. */
    MAILBOX_MOVES(503, "ErrorMailboxMoveInProgress", "Mailbox move in progress. Try again later."),
    /** 503 while a database fails over. */
    STORE_UNAVAILABLE(503, "ErrorMailboxStoreUnavailable", "The mailbox database is temporarily unavailable."),
    /** 503 about stale routing. */
    MAILBOX_STALE(503, "MailboxInfoStale", "The mailbox information is stale."),
    /** 500 about nothing in particular. */
    INTERNAL_ERROR(500, "ErrorInternalServerError", "An internal server error occurred. The operation failed."),
    /** 500 that says that it will pass. */
    TRANSIENT_ERROR(500, "ErrorInternalServerTransientError", "An internal server error occurred. Try again later."),
    /** 500 of drives. */
    GENERAL_EXCEPTION(500, "generalException", "General exception while processing"),
    /** 502 with a page of a gateway. */
    BAD_GATEWAY(Chaos.BAD_GATEWAY),
    /** 504 with nothing in it. */
    GATEWAY_TIMEOUT(Chaos.GATEWAY_TIMEOUT),
    /** 404 with nothing in it, for what is there. */
    LOST_FOR_A_MOMENT(Chaos.LOST_FOR_A_MOMENT),
    /** 404 with a code, for what is there. */
    ITEM_NOT_FOUND(404, "ErrorItemNotFound", "The specified object was not found in the store."),
    /** 404 for a folder. */
    SYNC_FOLDER_NOT_FOUND(404, "ErrorSyncFolderNotFound", "The specified folder could not be found in the store."),
    /** 400 for a request that is well formed. */
    INVALID_REQUEST(400, "invalidRequest", "Invalid request"),
    /** 400: no change tracking here. */
    NO_DELTA_TOKEN(400, "invalidRequest", "Parameter 'DeltaToken' not supported for this request."),
    /** 400: no change tracking here, in other words. */
    NO_CHANGE_TRACKING(
            400, "ErrorInvalidRequest", "Change tracking is not supported against 'microsoft.graph.message'."),
    /** A connection that broke while the request was read. */
    PAYLOAD_READ(400, "RequestBodyRead", "IO error during request payload read"),
    /** 401 although the token is valid. */
    TOKEN_NOT_KNOWN(
            401,
            "InvalidAuthenticationToken",
            "Access token validation failure.",
            "WWW-Authenticate",
            "Bearer error=\"invalid_token\""),
    /** 401 that names an expired token. */
    TOKEN_EXPIRED(
            401,
            "InvalidAuthenticationToken",
            "Lifetime validation failed, the token is expired.",
            "WWW-Authenticate",
            "Bearer error=\"expired_token\""),
    /** 401 of an authentication back end. */
    NO_RPS(401, "unauthenticated", "Unable to initialize RPS"),
    /** 401 that asks for claims: continuous access evaluation. */
    CLAIMS_WANTED(
            401,
            "InvalidAuthenticationToken",
            "Continuous access evaluation resulted in challenge.",
            "WWW-Authenticate",
            "Bearer realm=\"\", error=\"insufficient_claims\", claims=\"eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZX19fQ==\""),
    /** 401 that covers many things, such as no licence. */
    AUTHENTICATION_ERROR(401, "AuthenticationError", "Error authenticating with resource"),
    /** 403 for want of a permission. */
    REQUEST_DENIED(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."),
    /** 403 by a policy on mailboxes. */
    ACCESS_DENIED(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."),
    /** 403 of a tenant whose subscription has ended. */
    SUBSCRIPTION_LAPSED(
            403,
            "Forbidden",
            "The service principal for resource is disabled: a subscription within the tenant has lapsed."),
    /** 403 of what is locked. */
    RESOURCE_LOCKED(inner(403, "notAllowed", "Access to this site has been blocked.", "resourceLocked")),
    /** 423. */
    LOCKED(inner(423, "resourceLocked", "The resource is locked.", "lockMismatch")),
    /** 402. */
    PAYMENT_REQUIRED(402, "PaymentRequired", "Evaluation capacity has been exceeded."),
    /** 403 for a file with a virus. */
    MALWARE(inner(403, "accessDenied", "Malware detected", "malwareDetected")),
    /** 401 of an address whose time is over. */
    EXPIRED_ADDRESS(401, "unauthenticated", "The address has expired."),
    /** The same as 403 with a page for people. */
    EXPIRED_ADDRESS_PAGE((good, now) -> Reply.of(403)
            .with("Content-Type", "text/html")
            .with("<html><body>Access denied</body></html>".getBytes(StandardCharsets.UTF_8))),
    /** 404 of an account without a mailbox in the cloud. */
    NO_MAILBOX(
            404,
            "MailboxNotEnabledForRESTAPI",
            "The mailbox is either inactive, soft-deleted, or is hosted on-premise."),
    /** The same, in the other words that alternate with it. */
    NO_RESOURCE(404, "ResourceNotFound", "Resource could not be discovered."),
    /** 404 of an account that is gone. */
    NO_USER(
            404,
            "Request_ResourceNotFound",
            "Resource does not exist or one of its queried reference-property objects are not present."),
    /** 404 of somebody who never had a drive. */
    NO_DRIVE(404, "ResourceNotFound", "User's mysite not found."),
    /** 400 of a tenant without SharePoint. */
    NO_SHAREPOINT(400, "BadRequest", "Tenant does not have a SPO license."),
    /** An item that is damaged for good. */
    CORRUPT_DATA(500, "ErrorCorruptData", "Data is corrupt."),
    /** An attachment that is damaged for good. */
    CANNOT_OPEN_ATTACHMENT(500, "ErrorCannotOpenFileAttachment", "OLE conversion failed for the attachment."),
    /** Too many attachments were open. */
    TOO_MANY_OBJECTS(400, "ErrorTooManyObjectsOpened", "Too many objects opened."),
    /** An item that is older than its mailbox. */
    INVALID_RECIPIENTS(400, "ErrorInvalidRecipients", "At least one recipient isn't valid."),
    /** A mailbox that is full. */
    QUOTA_EXCEEDED(507, "ErrorQuotaExceeded", "The mailbox has exceeded its quota."),
    /** 507 of a drive. */
    INSUFFICIENT_STORAGE(507, "quotaLimitReached", "Insufficient space available"),
    /** 409 for a folder. */
    FOLDER_EXISTS(409, "ErrorFolderExists", "A folder with the specified name already exists."),
    /** 409 for a file. */
    NAME_EXISTS(409, "nameAlreadyExists", "Name already exists"),
    /** 412. */
    RESOURCE_MODIFIED(412, "resourceModified", "ETag does not match current item's value"),
    /** 409 of two writers. */
    CONCURRENT_WRITE(409, "Directory_ConcurrencyViolation", "Another write is in progress."),
    /** A page that is too large to be found. */
    FIND_COUNT(400, "ErrorExceededFindCountLimit", "The request exceeds the find count limit."),
    /** A list whose session was lost. */
    STALE_SEARCH(500, "ErrorExecuteSearchStaleData", "The search session is stale."),
    /** 416 to a range of an upload. */
    RANGE_NOT_SATISFIABLE(inner(416, "invalidRange", "Requested range is not satisfiable", "fragmentOutOfOrder")),
    /** 404 of an upload. */
    NO_UPLOAD(404, "uploadSessionNotFound", "The upload session was not found"),
    /** 503 of a service that takes no writes. */
    READ_ONLY(503, "serviceReadOnly", "The service is temporarily read-only."),
    /** Somebody who cannot be resolved. */
    NO_RESOLVED_USERS(inner(400, "invalidRequest", "One or more users could not be resolved.", "noResolvedUsers")),
    /** Sharing is off. */
    SHARING_DISABLED(inner(403, "accessDenied", "Sharing is disabled by policy.", "sharingDisabled")),
    /** A path of more than 400 characters. */
    PATH_TOO_LONG(inner(400, "invalidRequest", "The specified path is too long.", "pathIsTooLong")),
    /** Folders within folders without end. */
    PATH_TOO_DEEP(inner(400, "invalidRequest", "The specified path is too deep.", "pathTooDeep")),
    /** A file that is too large. */
    FILE_TOO_LARGE(413, "maxFileSizeExceeded", "The file exceeds the maximum size."),
    /** What is being made. */
    BEING_PROVISIONED(409, "resourceBeingProvisioned", "The resource is being provisioned."),
    /** A tree that cannot be listed at the moment. */
    CANNOT_SNAPSHOT(503, "cannotSnapshotTree", "A consistent snapshot of the tree is not available."),
    /** A site that is gone. */
    NO_SITE(404, "itemNotFound", "Requested site could not be found"),
    /** A field was sent back that the service fills. */
    EXTENSION_CHANGES(400, "BadRequest", "Requests must contain extension changes exclusively."),
    /** 403 by conditional access. */
    CONDITIONAL_ACCESS(403, "Forbidden", "Access was blocked: insufficient_claims."),
    /** 429 of the identity service, in plain text. */
    IDENTITY_THROTTLED((good, now) -> plain(429, "Too Many Requests").with("Retry-After", "60")),
    /** 503 of the identity service. */
    IDENTITY_OUT((good, now) -> plain(503, "The service is unavailable.")),
    /** The identity service says that the same application asks over and over. */
    IDENTITY_LOOP((good, now) -> IdentityErrors.LOOP.reply(now)),
    /** The identity service says that it will pass. */
    IDENTITY_BUSY((good, now) -> IdentityErrors.BUSY.reply(now)),
    /** Nobody has consented to the application. */
    IDENTITY_NO_CONSENT((good, now) -> IdentityErrors.NO_CONSENT.reply(now)),
    /** A policy of the tenant blocks the application. */
    IDENTITY_BLOCKED((good, now) -> IdentityErrors.BLOCKED.reply(now)),
    /** The body is as long as it should be, but is not what it should be. */
    WRONG_BODY((good, now) -> good.with(changed(good.body(), now))),
    /** The body is shorter than it should be, and its length is announced so. */
    TRUNCATED((good, now) -> good.with(cut(good.body(), now))),
    /** The connection ends in the middle of the body. */
    CUT(Chaos.CUT),
    /** The connection is reset in the middle of the body. */
    RESET(Chaos.RESET),
    /** A longer body is announced than comes. */
    SHORT_BODY(Chaos.SHORT_BODY),
    /** The body stands still in its middle. */
    STALL(Chaos.STALL),
    /** The body comes a byte at a time. */
    DRIP(Chaos.DRIP),
    /** No answer comes. */
    HANG(Chaos.HANG),
    /** The connection ends before an answer comes. */
    HANG_UP(Chaos.HANG_UP),
    /** What comes is not HTTP. */
    GARBAGE(Chaos.GARBAGE);

    private final BiFunction<Reply, Instant, Reply> change;

    GraphFault(BiFunction<Reply, Instant, Reply> change) {
        this.change = change;
    }

    GraphFault(Chaos chaos) {
        this(chaos::strike);
    }

    GraphFault(Chaos chaos, String code, String message) {
        this((good, now) -> {
            Reply struck = chaos.strike(good, now);
            return struck.with("Content-Type", "application/json").with(body(code, message, Map.of()));
        });
    }

    GraphFault(int status, String code, String message) {
        this((good, now) ->
                Reply.of(status).with("Content-Type", "application/json").with(body(code, message, Map.of())));
    }

    GraphFault(int status, String code, String message, String field, String value) {
        this((good, now) -> Reply.of(status)
                .with("Content-Type", "application/json")
                .with(field, value)
                .with(body(code, message, Map.of())));
    }

    /** What becomes of a reply. */
    Reply strike(Reply good, Instant now) {
        return change.apply(good, now);
    }

    private static BiFunction<Reply, Instant, Reply> inner(int status, String code, String message, String innerCode) {
        return (good, now) -> Reply.of(status)
                .with("Content-Type", "application/json")
                .with(body(code, message, Json.object("code", innerCode)));
    }

    private static byte[] body(String code, String message, Map<String, Object> inner) {
        return Json.bytes(Json.object("error", Json.object("code", code, "message", message, "innerError", inner)));
    }

    private static Reply plain(int status, String text) {
        return Reply.of(status).with("Content-Type", "text/plain").with(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Differently each time: what goes wrong on the way does not go wrong twice in the same manner, and what comes twice is believed. */
    private static byte[] changed(HttpBody body, Instant now) {
        byte[] bytes = bytes(body);
        int mask = 1 + Math.floorMod(now.hashCode(), 255);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= (byte) mask;
        }
        return bytes;
    }

    private static byte[] cut(HttpBody body, Instant now) {
        byte[] bytes = bytes(body);
        return Arrays.copyOf(bytes, bytes.length / 2 - Math.floorMod(now.hashCode(), bytes.length / 4 + 1));
    }

    private static byte[] bytes(HttpBody body) {
        try (InputStream stream = body.open()) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
