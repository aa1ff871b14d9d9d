// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.SourceException;
import io.holdfast.model.SourceId;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.Source;
import java.util.List;

/** Lists the resources of a source, for a session and for its forecast alike. Stateless. */
final class Discovery {
    private Discovery() {}

    /** Runs an operation under a policy. */
    @FunctionalInterface
    interface Retrying {
        void run(Runnable attempt);
    }

    /**
     * Lists all resources. A tenant has tens of thousands of them, and a listing of an hour meets more failures than a policy allows one operation: attempts that
     * come further than all before them are given new ones.
     *
     * @param source the source
     * @param found takes what the last attempt found
     * @param beforeEach is run before each resource is taken
     * @param retrying repeats an attempt, and throws the last failure when its policy gives up
     */
    static void run(Source source, List<Resource> found, Runnable beforeEach, Retrying retrying) {
        int[] furthest = {0};
        while (true) {
            int before = furthest[0];
            try {
                retrying.run(() -> {
                    try {
                        attempt(source, found, beforeEach);
                    } finally {
                        furthest[0] = Math.max(furthest[0], found.size());
                    }
                });
                return;
            } catch (FailureException e) {
                if (furthest[0] <= before || !e.failure().category().isWorthRepeating()) {
                    throw e;
                }
            }
        }
    }

    /** One attempt: what an earlier one found is forgotten. */
    private static void attempt(Source source, List<Resource> found, Runnable beforeEach) {
        found.clear();
        try (Pull<Resource> resources = source.discover()) {
            for (Resource each = resources.next(); each != null; each = resources.next()) {
                beforeEach.run();
                found.add(each);
            }
        }
    }

    /** Without a list of resources there is no session: hosts know no failures, only exceptions with a remedy. */
    static SourceException impossible(SourceId source, FailureException e) {
        boolean lacksRight = e.failure().category() == FailureCategory.PERMISSION_MISSING;
        boolean refused = lacksRight || e.failure().category() == FailureCategory.CREDENTIAL_REJECTED;
        return new SourceException(
                refused ? ErrorCode.SOURCE_REFUSED : ErrorCode.SOURCE_UNAVAILABLE,
                "the resources of source '" + source + "' could not be listed: "
                        + e.failure().category() + ", " + e.getMessage(),
                lacksRight
                        ? "Grant the right to list them"
                        : refused ? "Renew the credential of the source" : "Run the session again later",
                e);
    }
}
