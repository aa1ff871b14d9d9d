// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.graph.OwnRight;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Part;
import java.net.URI;
import java.util.HexFormat;
import java.util.Optional;

/** What an upload session says of itself (Graph, <i>uploadSession resource type</i>). Without state. */
public final class UploadState {
    private UploadState() {}

    /**
     * Where an upload takes its ranges.
     *
     * @param session the session as it was made
     * @return the address, which carries its own right
     * @throws FailureException if it names none, as an answer that was malformed
     */
    public static URI address(ObjectNode session) {
        return Json.text(session, "uploadUrl")
                .map(URI::create)
                .orElseThrow(() -> new FailureException(
                        Failure.of(FailureCategory.TRANSIENT, "malformed"),
                        "the service told an upload session without an address",
                        null));
    }

    /**
     * What is uploaded: the bytes, and not their name alone, so that two contents of one name do not go on in each other's session.
     *
     * @param part the content
     * @return its name, length and hash
     */
    public static String identity(Part part) {
        String hash = part.sha256().map(HexFormat.of()::formatHex).orElse("");
        return part.name() + "\n" + part.length() + "\n" + hash;
    }

    /**
     * How far an upload came.
     *
     * @param session the session as its address tells it
     * @param length how long the content is
     * @return the place of the first byte that is missing, or empty if it does not say, or names no place within the content
     */
    public static Optional<Long> position(ObjectNode session, long length) {
        JsonNode first = session.path("nextExpectedRanges").path(0);
        if (!first.isTextual()) {
            return Optional.empty();
        }
        String range = first.asText();
        int dash = range.indexOf('-');
        try {
            return Optional.of(Long.parseLong(dash < 0 ? range : range.substring(0, dash)))
                    .filter(place -> place < length);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether a failure leaves an upload as it was. Anything but trouble that passes is the session's own word: that it is over, or wants something else.
     *
     * @param failure what its address answered
     * @return true if the upload can be gone on with later
     */
    public static boolean survives(Failure failure) {
        FailureCategory category = failure.category();
        return !OwnRight.isOver(failure)
                && (category == FailureCategory.THROTTLED || category.speaksAgainstTheService());
    }
}
