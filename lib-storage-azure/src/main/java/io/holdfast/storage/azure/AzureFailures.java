// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import com.azure.storage.blob.models.BlobStorageException;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.StoreException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Turns the answers of a service that are not success into the store's errors: one cause, one code, one remedy. Stateless but for the place. */
final class AzureFailures {
    private static final Set<Class<?>> NEVER_SENT = Set.of(
            ConnectException.class,
            HttpConnectTimeoutException.class,
            UnknownHostException.class,
            UnresolvedAddressException.class,
            NoRouteToHostException.class,
            SSLHandshakeException.class,
            SSLPeerUnverifiedException.class);
    private static final Pattern MESSAGE = Pattern.compile("<Message>([^<\\n]+)");

    private final String place;

    AzureFailures(String place) {
        this.place = place;
    }

    /** What kind of request failed: after one that changes something, it may have taken effect. */
    enum Effect {
        NONE,
        CHANGE
    }

    /**
     * The error for a failed request; one that is ours already stays as it is.
     *
     * @param action what was done, such as {@code reading}
     * @param object the name of the object, empty for the container
     */
    RuntimeException describe(String action, String object, RuntimeException e, Effect effect) {
        Throwable cause = root(e);
        // What a supplier of credentials throws is wrapped by the client.
        if (cause instanceof HoldfastException || cause instanceof IllegalArgumentException) {
            return (RuntimeException) cause;
        }
        String what = action + (object.isEmpty() ? "" : " object '" + object + "'") + " in " + place;
        return e instanceof BlobStorageException answer
                ? answered(what, object, answer, effect)
                : notAnswered(what, cause, effect);
    }

    private HoldfastException answered(String what, String object, BlobStorageException e, Effect effect) {
        String code = codeOf(e);
        switch (code) {
            case "ContainerNotFound", "ContainerBeingDeleted", "ContainerDisabled", "AccountIsDisabled":
                return error(
                        ErrorCode.STORE_PLACE_MISSING,
                        what,
                        e,
                        "Create the container, or correct its name and the endpoint");
            case "BlobNotFound":
                return new ObjectMissingException(object, e);
            case "BlobArchived", "BlobBeingRehydrated":
                return error(
                        ErrorCode.STORE_UNSUPPORTED,
                        what,
                        e,
                        "Bring the blob back from the archive tier, and keep repositories out of it");
            case "InvalidBlockList", "InvalidBlobOrBlock":
                // Another put of the same name has taken effect meanwhile and swept our blocks away.
                return error(ErrorCode.STORE_UNAVAILABLE, what, e, "Run the command again later");
            case "AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation":
                return error(ErrorCode.STORE_PERMISSION, what, e, AuthenticationAdvice.of(e));
            case "ServerBusy":
                return error(ErrorCode.STORE_UNAVAILABLE, what, e, "Run the command again later");
            default:
                return byKind(what, object, code, e, effect);
        }
    }

    private HoldfastException byKind(String what, String object, String code, BlobStorageException e, Effect effect) {
        if (isImmutable(e)) {
            return error(
                    ErrorCode.STORE_RETAINED,
                    what,
                    e,
                    "Write under another name, or wait until the protection has ended");
        }
        if (code.startsWith("Lease")) {
            return error(
                    ErrorCode.STORE_PERMISSION, what, e, "Break the lease that another program has taken on this blob");
        }
        return byStatus(what, object, e, effect);
    }

    private HoldfastException byStatus(String what, String object, BlobStorageException e, Effect effect) {
        int status = e.getStatusCode();
        if (status == 404 && !object.isEmpty() && codeOf(e).isEmpty() && isHead(e)) {
            return new ObjectMissingException(object, e);
        }
        if (status == 404) {
            return error(
                    ErrorCode.STORE_PLACE_MISSING,
                    what,
                    e,
                    "Create the container, or correct its name and the endpoint");
        }
        if (status == 401 || status == 403) {
            return error(
                    ErrorCode.STORE_PERMISSION,
                    what,
                    e,
                    "Allow these credentials to do this, by a role on the account or the permissions of the signature, and let its firewall pass this machine");
        }
        if (status == 507 || status == 413) {
            return error(ErrorCode.STORE_FULL, what, e, "Make room or raise the quota, then run the command again");
        }
        if (status < 300) {
            return effect == Effect.CHANGE
                    ? unclear(what, e)
                    : error(
                            ErrorCode.STORE_UNAVAILABLE,
                            what,
                            e,
                            "Sign in to the proxy on the way, or go round it, then run the command again");
        }
        boolean passing = status == 408 || status == 409 || status == 429 || status >= 500 && status != 501;
        if (!passing) {
            return error(
                    ErrorCode.STORE_UNSUPPORTED,
                    what,
                    e,
                    "Check that the endpoint is a blob service, and that it knows what was asked");
        }
        // Refusals before anything was done; any other trouble of the service may have come after.
        boolean refused = status < 500 || status == 503;
        return effect == Effect.CHANGE && !refused
                ? unclear(what, e)
                : error(ErrorCode.STORE_UNAVAILABLE, what, e, "Run the command again later");
    }

    private static boolean isHead(BlobStorageException e) {
        return "HEAD".equals(e.getResponse().getRequest().getHttpMethod().toString());
    }

    private HoldfastException notAnswered(String what, Throwable cause, Effect effect) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (isNeverSent(cause)) {
            String remedy = cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException
                    ? "Trust the authority that signed the service's certificate, or correct the endpoint"
                    : "Check the endpoint, the name service and the network";
            return error(ErrorCode.STORE_UNAVAILABLE, what, cause, remedy);
        }
        return effect == Effect.CHANGE
                ? unclear(what, cause)
                : error(ErrorCode.STORE_UNAVAILABLE, what, cause, "Check the network, then run the command again");
    }

    private static StoreException unclear(String what, Throwable e) {
        return error(
                ErrorCode.STORE_OUTCOME_UNKNOWN, what, e, "Read the object back, or put the very same bytes again");
    }

    /** The error of an action that the service cannot do, or did not do as it should. */
    StoreException unsupported(String what, String remedy) {
        return new StoreException(ErrorCode.STORE_UNSUPPORTED, place + " " + what, remedy);
    }

    private static StoreException error(ErrorCode code, String what, Throwable cause, String remedy) {
        return new StoreException(code, what + ": " + reason(cause), remedy, cause);
    }

    private static String reason(Throwable e) {
        if (!(e instanceof BlobStorageException answer)) {
            String text = e.getMessage() == null ? "" : ": " + oneLine(e.getMessage());
            return e.getClass().getSimpleName() + text;
        }
        String code = codeOf(answer);
        if (code.isEmpty()) {
            return "status " + answer.getStatusCode()
                    + " without an error of Azure; something between here and the service may have answered";
        }
        Matcher message = MESSAGE.matcher(String.valueOf(answer.getServiceMessage()));
        return code + " (status " + answer.getStatusCode() + ")"
                + (message.find() ? ", " + oneLine(message.group(1)) : "");
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }

    /** The code of Azure's error; empty if the answer had none. */
    static String codeOf(BlobStorageException e) {
        return e.getErrorCode() == null ? "" : e.getErrorCode().toString();
    }

    /** Whether a policy or a legal hold kept the service from doing what was asked. */
    static boolean isImmutable(BlobStorageException e) {
        return codeOf(e).startsWith("BlobImmutable");
    }

    private static boolean isNeverSent(Throwable cause) {
        return NEVER_SENT.stream().anyMatch(kind -> kind.isInstance(cause));
    }

    /** What the network or a supplier said; what lies below says less, and what lies above says nothing. */
    private static Throwable root(Throwable e) {
        Throwable at = e;
        for (@Nullable Throwable next = e; next != null; next = next.getCause()) {
            if (isNeverSent(next) || next instanceof HoldfastException) {
                return next;
            }
            at = next;
        }
        return at;
    }
}
