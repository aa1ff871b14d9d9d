// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import io.holdfast.exchange.Exchange;
import io.holdfast.exchange.HttpBody;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.OwnRight;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Part;
import io.holdfast.source.ResumeHints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Sends a large attachment range by range to an address that carries its own right, and goes on where an earlier attempt was cut off. How far that came is
 * asked for, as Microsoft's own clients do, and kept beside the address, since "Attach large files to Outlook messages or events" promises no answer.
 */
public final class AttachmentUpload {
    /** At most 4 MB are recommended for a range; a multiple of 320 KiB, as uploads of files have to be. */
    private static final int RANGE = 9 * 320 << 10;

    private final GraphClient graph;
    private final GraphCall begin;
    private final GraphCall range;
    private final ResumeHints hints;

    /**
     * An upload; nothing is sent yet.
     *
     * @param graph the client
     * @param begin asks for an address
     * @param range what a range is called and counts for
     * @param hints of the item that it is attached to
     */
    public AttachmentUpload(GraphClient graph, GraphCall begin, GraphCall range, ResumeHints hints) {
        this.graph = graph;
        this.begin = begin;
        this.range = range;
        this.hints = hints;
    }

    /** Where an upload takes place, and how much of it is done. */
    private record Begun(URI address, long sent) {
        static Begun parse(String hint) {
            int space = hint.indexOf(' ');
            return new Begun(URI.create(hint.substring(space + 1)), Long.parseLong(hint.substring(0, space)));
        }

        @Override
        public String toString() {
            return sent + " " + address;
        }
    }

    /**
     * Sends an attachment; it is there when the last range is. As one attempt.
     *
     * @param owner the id of the message or event that it is attached to
     * @param content what is attached
     * @throws FailureException as {@link GraphClient#sendUnauthorized} does; an address that has ended is transient
     */
    public void send(String owner, Part content) {
        String what = owner + "\n" + UploadState.identity(content);
        Begun begun = hints.find(what)
                .flatMap(hint -> resume(Begun.parse(hint), content.length()))
                .orElseGet(this::begin);
        hints.keep(what, begun.toString());
        try (InputStream in = content.open(0)) {
            in.skipNBytes(begun.sent);
            while (begun.sent < content.length()) {
                byte[] bytes = in.readNBytes((int) Math.min(RANGE, content.length() - begun.sent));
                if (bytes.length == 0) {
                    throw new IOException(
                            "a stored attachment ends after " + begun.sent + " of " + content.length() + " bytes");
                }
                send(what, begun, bytes, content.length());
                begun = new Begun(begun.address, begun.sent + bytes.length);
                if (begun.sent < content.length()) {
                    hints.keep(what, begun.toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hints.drop(what);
    }

    private Optional<Begun> resume(Begun kept, long length) {
        GraphCall state = range.reading(range.operation() + ".state");
        try (Exchange answer = graph.sendUnauthorized(state, kept.address, Map.of())) {
            return UploadState.position(GraphClient.object(answer), length).map(sent -> new Begun(kept.address, sent));
        } catch (FailureException e) {
            if (UploadState.survives(e.failure())) {
                throw e;
            }
            return Optional.of(kept).filter(each -> !OwnRight.isOver(e.failure()));
        }
    }

    private Begun begin() {
        return new Begun(UploadState.address(graph.object(begin)), 0);
    }

    private void send(String what, Begun begun, byte[] bytes, long size) {
        String place = "bytes " + begun.sent + "-" + (begun.sent + bytes.length - 1) + "/" + size;
        GraphCall one = range.sending(new GraphCall.Body("application/octet-stream", HttpBody.of(bytes)));
        OwnRight.orAskForAnother(() -> {
                    try {
                        return graph.sendUnauthorized(one, begun.address, Map.of("Content-Range", place));
                    } catch (FailureException e) {
                        if (!UploadState.survives(e.failure())) {
                            hints.drop(what);
                        }
                        throw e;
                    }
                })
                .close();
    }
}
