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

    /** One attempt: what an earlier one found is forgotten. */
    static void attempt(Source source, List<Resource> found, Runnable beforeEach) {
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
