// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.graph;

import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import java.util.Optional;
import java.util.function.Supplier;

/** Addresses that carry their own right, of downloads and of uploads, and how they end. Without state. */
public final class OwnRight {
    private OwnRight() {}

    /**
     * Whether an address may have ended: they do so as 401, as 403 with a page for people, as 404 or 410. Only what Graph says of the item itself decides.
     *
     * @param failure what an address answered
     * @return true if another address is to be asked for
     */
    public static boolean isOver(Failure failure) {
        switch (failure.category()) {
            case PERMISSION_MISSING:
            case TOKEN_EXPIRED:
            case GONE:
            case CURSOR_INVALID:
                return true;
            case TRANSIENT:
            case UNKNOWN:
                return failure.code().equals("404") || failure.code().equalsIgnoreCase("uploadSessionNotFound");
            default:
                return false;
        }
    }

    /**
     * Sends something to an address; if that is over, says that the attempt is worth repeating with another one.
     *
     * @param request sends it
     * @param <T> what comes back
     * @return what came back
     */
    public static <T> T orAskForAnother(Supplier<T> request) {
        try {
            return request.get();
        } catch (FailureException e) {
            if (!isOver(e.failure())) {
                throw e;
            }
            throw new FailureException(
                    new Failure(FailureCategory.TRANSIENT, e.failure().code(), Optional.empty()),
                    "an address of an upload is over: " + e.getMessage(),
                    e);
        }
    }
}
