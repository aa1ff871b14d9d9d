// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.StoreException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns the answers of a service that are not success into the store's errors: one cause, one code, one remedy. Stateless but for the place. */
final class S3Failures {
    private static final Set<Class<?>> NEVER_SENT = Set.of(
            ConnectException.class,
            UnknownHostException.class,
            NoRouteToHostException.class,
            SSLHandshakeException.class,
            SSLPeerUnverifiedException.class);

    private final String place;
    private final String region;

    S3Failures(String place, String region) {
        this.place = place;
        this.region = region;
    }

    /** What kind of request failed: after one that changes something, it may have taken effect. */
    enum Effect {
        NONE,
        CHANGE
    }

    /**
     * The error for a failed request.
     *
     * @param action what was done, such as {@code reading}
     * @param object the name of the object, empty for the bucket
     */
    HoldfastException describe(String action, String object, SdkException e, Effect effect) {
        String what = action + (object.isEmpty() ? "" : " object '" + object + "'") + " in " + place;
        return e instanceof AwsServiceException answer
                ? answered(what, object, answer, effect)
                : notAnswered(what, e, effect);
    }

    private HoldfastException answered(String what, String object, AwsServiceException e, Effect effect) {
        String code = codeOf(e);
        switch (code) {
            case "NoSuchBucket":
                return error(
                        ErrorCode.STORE_PLACE_MISSING,
                        what,
                        e,
                        "Create the bucket, or correct its name and the endpoint");
            case "NoSuchKey", "NoSuchVersion":
                return new ObjectMissingException(object, e);
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException":
                return error(ErrorCode.STORE_PLACE_MISSING, what + " of region '" + region + "'", e, regionRemedy(e));
            case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired":
                return error(
                        ErrorCode.STORE_PERMISSION,
                        what,
                        e,
                        "Renew the temporary credentials, then run the command again");
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken":
                return error(ErrorCode.STORE_PERMISSION, what, e, "Correct the access key and the secret key");
            case "RequestTimeTooSkewed":
                return error(
                        ErrorCode.STORE_PERMISSION,
                        what,
                        e,
                        "Set the clock of this machine: the service refuses requests from another time");
            case "QuotaExceeded", "XMinioStorageFull", "EntityTooLarge":
                return error(ErrorCode.STORE_FULL, what, e, "Make room or raise the quota, then run the command again");
            case "NotImplemented", "ObjectLockConfigurationNotFoundError", "InvalidBucketState":
                return error(ErrorCode.STORE_UNSUPPORTED, what, e, "Use a service that has this, or do without");
            default:
                return byStatus(what, object, e, effect);
        }
    }

    private HoldfastException byStatus(String what, String object, AwsServiceException e, Effect effect) {
        int status = e.statusCode();
        if (status == 301 || status == 307) {
            return error(ErrorCode.STORE_PLACE_MISSING, what + " of region '" + region + "'", e, regionRemedy(e));
        }
        if (status == 404 && !object.isEmpty()) {
            return new ObjectMissingException(object, e);
        }
        if (status == 404) {
            return error(
                    ErrorCode.STORE_PLACE_MISSING, what, e, "Create the bucket, or correct its name and the endpoint");
        }
        if (status == 401 || status == 403) {
            return error(
                    ErrorCode.STORE_PERMISSION,
                    what,
                    e,
                    "Allow these credentials to do this, in the policies of user and bucket");
        }
        if (status == 507) {
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
        boolean passing = status == 408 || status == 409 || status == 429 || status >= 500;
        if (!passing) {
            return error(
                    ErrorCode.STORE_UNSUPPORTED,
                    what,
                    e,
                    "Check that the endpoint speaks S3, and that it knows what was asked");
        }
        // Refusals before anything was done; any other trouble of the service may have come after.
        boolean refused = status < 500 || status == 501 || status == 503;
        return effect == Effect.CHANGE && !refused
                ? unclear(what, e)
                : error(ErrorCode.STORE_UNAVAILABLE, what, e, "Run the command again later");
    }

    private HoldfastException notAnswered(String what, SdkException e, Effect effect) {
        Throwable cause = root(e);
        if (NEVER_SENT.stream().anyMatch(kind -> kind.isInstance(cause))) {
            String remedy = cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException
                    ? "Trust the authority that signed the service's certificate, or correct the endpoint"
                    : "Check the endpoint, the name service and the network";
            return error(ErrorCode.STORE_UNAVAILABLE, what, cause, remedy);
        }
        if (textOf(e).contains("credentials")) {
            return error(ErrorCode.STORE_PERMISSION, what, e, "Give an access key and a secret key");
        }
        return effect == Effect.CHANGE
                ? unclear(what, cause)
                : error(ErrorCode.STORE_UNAVAILABLE, what, cause, "Check the network, then run the command again");
    }

    private static StoreException unclear(String what, Throwable e) {
        return error(
                ErrorCode.STORE_OUTCOME_UNKNOWN, what, e, "Read the object back, or put the very same bytes again");
    }

    /** The error of an action that the service cannot do, or did not do as S3 says. */
    StoreException unsupported(String what, String remedy) {
        return new StoreException(ErrorCode.STORE_UNSUPPORTED, place + " " + what, remedy);
    }

    private static StoreException error(ErrorCode code, String what, Throwable cause, String remedy) {
        return new StoreException(code, what + ": " + reason(cause), remedy, cause);
    }

    private static String reason(Throwable e) {
        if (!(e instanceof AwsServiceException answer)) {
            return e.getClass().getSimpleName() + ": " + oneLine(textOf(e));
        }
        String code = codeOf(answer);
        if (code.isEmpty()) {
            return "status " + answer.statusCode()
                    + " without an error of S3; something between here and the service may have answered";
        }
        return code + " (status " + answer.statusCode() + ")" + detail(answer);
    }

    private static String detail(AwsServiceException e) {
        String text = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorMessage();
        return text == null || text.isBlank() ? "" : ", " + oneLine(text);
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }

    private static String textOf(Throwable e) {
        return e.getMessage() == null ? "" : e.getMessage();
    }

    /** The code of S3's error document; empty if the answer had none. */
    static String codeOf(AwsServiceException e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        return code == null || code.equals(String.valueOf(e.statusCode())) ? "" : code;
    }

    private static String regionRemedy(AwsServiceException e) {
        return header(e, "x-amz-bucket-region")
                .map(name -> "Set the region to '" + name + "'")
                .orElse("Set the region in which the bucket is, and its endpoint");
    }

    private static Optional<String> header(AwsServiceException e, String name) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().sdkHttpResponse() == null
                ? Optional.empty()
                : e.awsErrorDetails().sdkHttpResponse().firstMatchingHeader(name.toLowerCase(Locale.ROOT));
    }

    private static Throwable root(Throwable e) {
        Throwable at = e;
        for (@Nullable Throwable next = e; next != null; next = next.getCause()) {
            at = next;
        }
        return at;
    }
}
