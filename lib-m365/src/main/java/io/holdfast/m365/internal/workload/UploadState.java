// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What an upload session says of itself (Graph, <i>uploadSession resource type</i>). Without state. */
public final class UploadState {
    private UploadState() {}

    /**
     * How far an upload came.
     *
     * @param session the session as its address tells it
     * @return the place of the first byte that is missing, or empty if it does not say
     */
    public static Optional<Long> position(ObjectNode session) {
        JsonNode first = session.path("nextExpectedRanges").path(0);
        if (!first.isTextual()) {
            return Optional.empty();
        }
        String range = first.asText();
        int dash = range.indexOf('-');
        try {
            return Optional.of(Long.parseLong(dash < 0 ? range : range.substring(0, dash)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
