// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

/** How the service says that a token of change tracking is of no use any more. */
public enum TokenExpiry {
    /** 410 {@code SyncStateNotFound} with a fresh address in {@code Location}. */
    GONE_WITH_LOCATION(
            410,
            "SyncStateNotFound",
            "",
            "The sync state generation is not found; continue with a full synchronization."),
    /** 410 {@code resyncRequired} with {@code resyncChangesApplyDifferences} inside. */
    RESYNC_REQUIRED(
            410,
            "resyncRequired",
            "resyncChangesApplyDifferences",
            "Resync required. Replace any local items with the server's version."),
    /** 410 {@code resyncRequired} with {@code resyncChangesUploadDifferences} inside. */
    UPLOAD_DIFFERENCES(
            410,
            "resyncRequired",
            "resyncChangesUploadDifferences",
            "Resync required. Upload any items that the service did not return."),
    /** 400 {@code syncStateNotFound}, in lower case. */
    NOT_FOUND(400, "syncStateNotFound", "", "The sync state is not found."),
    /** 400 about a token that is badly formed. */
    MALFORMED(400, "BadRequest", "", "Badly formed token.");

    private final int status;
    private final String code;
    private final String inner;
    private final String message;

    TokenExpiry(int status, String code, String inner, String message) {
        this.status = status;
        this.code = code;
        this.inner = inner;
        this.message = message;
    }

    GraphError error(String freshLink) {
        GraphError error = new GraphError(status, code, message);
        error = inner.isEmpty() ? error : error.withInner(inner);
        return status == 410 ? error.with("Location", freshLink) : error;
    }
}
