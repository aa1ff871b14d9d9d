// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import io.holdfast.exchange.HttpBody;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.OwnRight;
import io.holdfast.source.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;

/** Sends large attachments range by range to addresses that carry their own right. Without state. */
public final class AttachmentUpload {
    /** At most 4 MB are recommended for a range; a multiple of 320 KiB, as uploads of files have to be. */
    private static final int RANGE = 9 * 320 << 10;

    private AttachmentUpload() {}

    /**
     * Sends an attachment; it is there when the last range is. As one attempt: what broke off leaves nothing behind, and the next one asks for another
     * address.
     *
     * @param graph the client
     * @param call what a range is called and counts for
     * @param address where an upload session takes them
     * @param content what is attached
     * @throws io.holdfast.retry.FailureException as {@link GraphClient#sendUnauthorized} does; an address that has ended is transient
     */
    public static void send(GraphClient graph, GraphCall call, URI address, Part content) {
        long size = content.length();
        try (InputStream in = content.open(0)) {
            for (long sent = 0; sent < size; ) {
                byte[] range = in.readNBytes((int) Math.min(RANGE, size - sent));
                if (range.length == 0) {
                    throw new IOException("a stored attachment ends after " + sent + " of " + size + " bytes");
                }
                String place = "bytes " + sent + "-" + (sent + range.length - 1) + "/" + size;
                GraphCall one = call.sending(new GraphCall.Body("application/octet-stream", HttpBody.of(range)));
                OwnRight.orAskForAnother(() -> graph.sendUnauthorized(one, address, Map.of("Content-Range", place)))
                        .close();
                sent += range.length;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
