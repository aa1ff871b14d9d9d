// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import io.holdfast.internal.format.ResourceState.FeedState;
import io.holdfast.internal.format.ResourceState.OpenCounts;
import io.holdfast.manifest.Manifest;
import io.holdfast.model.FeedId;
import io.holdfast.model.ResourceId;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Resource;
import java.util.List;
import java.util.Optional;

/** An entry of the tenant's table as bytes (FORMAT.md, "Tenant table"). Stateless. */
public final class ResourceStateCodec {
    /** The most bytes that an entry may have. */
    public static final int MAX_BYTES = 16 << 20;

    private static final List<Feed.Kind> FEED_KINDS =
            List.of(Feed.Kind.INCREMENTAL, Feed.Kind.WATERMARK, Feed.Kind.ENUMERATION);
    private static final List<Resource.Reason> REASONS = List.of(
            Resource.Reason.NOT_LICENSED,
            Resource.Reason.NO_CONSENT,
            Resource.Reason.NOT_PROVISIONED,
            Resource.Reason.LOCKED,
            Resource.Reason.NOT_REACHABLE,
            Resource.Reason.NOT_SUPPORTED);
    private static final int MAX_TEXT = 4096;
    private static final int MAX_FINGERPRINT = 256;
    private static final int MAX_FEEDS = 65_536;

    private ResourceStateCodec() {}

    /**
     * Encodes an entry.
     *
     * @param state the entry
     * @return its bytes
     */
    public static byte[] encode(ResourceState state) {
        return CborWriter.write(9, w -> {
            writeResource(w.field(1), state.resource());
            Refs.writeRuns(w.field(2), state.manifest());
            w.field(3).bytes(state.digest().bytes());
            w.field(4).map(3, counts -> {
                counts.field(1).number(state.counts().items());
                counts.field(2).number(state.counts().containers());
                counts.field(3).number(state.counts().bytes());
            });
            w.field(5).list(state.feeds(), ResourceStateCodec::writeFeed);
            Refs.writeRuns(w.field(6), state.ledger());
            writeOpenCounts(w.field(7), state.openCounts());
            state.lastCompleted().ifPresentOrElse(w.field(8)::time, w::absent);
            state.departedSince().ifPresentOrElse(w.field(9)::time, w::absent);
        });
    }

    /**
     * Decodes an entry.
     *
     * @param where the run that it stands in, for messages
     * @param bytes its bytes
     * @return the entry
     * @throws io.holdfast.error.RepositoryException if the bytes are not an entry, or over a limit
     */
    public static ResourceState decode(String where, byte[] bytes) {
        return CborReader.read(
                where,
                bytes,
                r -> new ResourceState(
                        readResource(r.field(1)),
                        Refs.readRuns(r.field(2)),
                        Refs.readDigest(r.field(3)),
                        readCounts(r.field(4)),
                        r.field(5).list(MAX_FEEDS, ResourceStateCodec::readFeed),
                        Refs.readRuns(r.field(6)),
                        readOpenCounts(r.field(7)),
                        r.field(8).optional(CborReader::time),
                        r.field(9).optional(CborReader::time)));
    }

    private static void writeResource(CborWriter out, Resource resource) {
        out.map(5, w -> {
            w.field(1).text(resource.id().value());
            w.field(2).text(cut(resource.workload()));
            w.field(3).text(cut(resource.displayName()));
            w.field(4).text(cut(resource.owner()));
            w.field(5);
            resource.notCovered().ifPresentOrElse(why -> writeNotCovered(w, why), w::absent);
        });
    }

    /** What a service says for people may be of any length; what is kept of it is not. */
    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    private static void writeNotCovered(CborWriter out, Resource.NotCovered why) {
        out.map(2, w -> {
            w.field(1).number(REASONS.indexOf(why.reason()));
            w.field(2).text(cut(why.detail()));
        });
    }

    private static Resource readResource(CborReader in) {
        return in.map(r -> new Resource(
                new ResourceId(r.field(1).text(ResourceId.MAX_LENGTH)),
                r.field(2).text(MAX_TEXT),
                r.field(3).text(MAX_TEXT),
                r.field(4).text(MAX_TEXT),
                r.field(5)
                        .optional(why -> why.map(n -> new Resource.NotCovered(
                                REASONS.get((int) n.field(1).number(0, REASONS.size() - 1)),
                                n.field(2).text(MAX_TEXT))))));
    }

    private static Manifest.Counts readCounts(CborReader in) {
        return in.map(r -> new Manifest.Counts(
                r.field(1).count(), r.field(2).count(), r.field(3).count()));
    }

    private static void writeOpenCounts(CborWriter out, OpenCounts open) {
        out.map(4, w -> {
            w.field(1).number(open.failed());
            w.field(2).number(open.degraded());
            w.field(3).number(open.stale());
            w.field(4).number(open.skipped());
        });
    }

    private static OpenCounts readOpenCounts(CborReader in) {
        return in.map(r -> new OpenCounts(
                r.field(1).count(),
                r.field(2).count(),
                r.field(3).count(),
                r.field(4).count()));
    }

    private static void writeFeed(CborWriter out, FeedState feed) {
        out.map(8, w -> {
            w.field(1).text(feed.id().value());
            w.field(2).number(FEED_KINDS.indexOf(feed.kind()));
            w.field(3);
            feed.cursor().ifPresentOrElse(cursor -> writeCursor(w, cursor), w::absent);
            w.field(4).time(feed.cursorTaken());
            w.field(5).flag(feed.caughtUp());
            w.field(6).number(feed.passes());
            Refs.writeRuns(w.field(7), feed.seen());
            w.field(8).flag(feed.complete());
        });
    }

    private static FeedState readFeed(CborReader in) {
        return in.map(r -> new FeedState(
                new FeedId(r.field(1).text(FeedId.MAX_LENGTH)),
                FEED_KINDS.get((int) r.field(2).number(0, FEED_KINDS.size() - 1)),
                readCursor(r.field(3)),
                r.field(4).time(),
                r.field(5).flag(),
                r.field(6).count(),
                Refs.readRuns(r.field(7)),
                r.field(8).flag()));
    }

    private static void writeCursor(CborWriter out, Cursor cursor) {
        out.map(2, w -> {
            w.field(1).text(cursor.value());
            w.field(2).text(cursor.fingerprint());
        });
    }

    private static Optional<Cursor> readCursor(CborReader in) {
        return in.optional(cursor -> cursor.map(
                r -> new Cursor(r.field(1).text(Cursor.MAX_LENGTH), r.field(2).text(MAX_FINGERPRINT))));
    }
}
