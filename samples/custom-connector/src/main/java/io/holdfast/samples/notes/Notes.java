// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.notes;

import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ResourceId;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Change;
import io.holdfast.source.Part;
import io.holdfast.source.SourceItem;
import io.holdfast.source.Trouble;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Translates lines of the journal into what the engine understands. Nothing else knows both sides. */
final class Notes {
    static final ResourceId RESOURCE = new ResourceId("notes");
    static final FeedId FEED = new FeedId("journal");
    static final ItemKind BOOK = ItemKind.container("book");
    static final ItemKind NOTE = ItemKind.leaf("note");
    static final String BOOKS = "book/";
    static final String NOTES = "note/";

    private Notes() {}

    /** What a line says; null if nothing of an item. */
    static @Nullable Change change(Line line) {
        if (line.has("book") && !line.has("note")) {
            return new Change.Upsert(book(line), List.of());
        }
        if (line.has("note")) {
            // The text came along with the line, so it goes along with the change, and nothing has to be fetched. The
            // engine reads it
            // only if the content tag is a new one.
            return isWhole(line)
                    ? new Change.Upsert(note(line), List.of(text(line)))
                    : new Change.Unreadable(key(line), NOTE, INCOMPLETE);
        }
        if (line.has("gone")) {
            return new Change.Removal(key(line));
        }
        // One bad line never stops a session: it gets a key of its own and stands in the ledger, refused for good.
        return line.has("journal")
                ? null
                : new Change.Unreadable(
                        new ItemKey("line/" + line.start()), NOTE, new Trouble("broken-line", "", true));
    }

    /** May be mended by the application, so it is tried again. */
    static final Trouble INCOMPLETE = new Trouble("incomplete-note", "", false);

    static ItemKey key(Line line) {
        String note = line.has("note") ? line.get("note") : line.get("gone");
        return new ItemKey(note.isEmpty() ? BOOKS + line.get("book") : NOTES + note);
    }

    static boolean isWhole(Line line) {
        return line.has("text")
                && line.has("title")
                && line.has("book")
                && changed(line).isPresent();
    }

    /** Tags are what makes the next session cheap: equal state, nothing is written; equal content, nothing is read. */
    static SourceItem note(Line line) {
        byte[] metadata = Line.json(Map.of("title", line.get("title")));
        String content = hash(line.get("text"));
        String state = hash(line.get("title") + "\n" + line.get("book") + "\n" + line.get("changed") + "\n" + content);
        return new SourceItem(
                key(line),
                NOTE,
                List.of(new ItemKey(BOOKS + line.get("book"))),
                line.get("title"),
                SourceItem.Tags.of(content, state),
                changed(line),
                line.get("text").getBytes(StandardCharsets.UTF_8).length,
                new SourceItem.Metadata(SourceItem.Metadata.Form.JSON, metadata),
                List.of());
    }

    static SourceItem book(Line line) {
        String tag = hash(line.get("name"));
        return new SourceItem(
                key(line),
                BOOK,
                List.of(),
                line.get("name"),
                SourceItem.Tags.of(tag, tag),
                Optional.empty(),
                0,
                SourceItem.Metadata.none(),
                List.of());
    }

    static Part text(Line line) {
        return new Text(line.get("text").getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Instant> changed(Line line) {
        try {
            return Optional.of(Instant.parse(line.get("changed")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** A connector names the kind of a failure and decides nothing: whether and when to try again is the engine's business. */
    static FailureException failure(Journal journal, IOException e) {
        String message = "journal '" + journal.file() + "' cannot be used: " + e;
        return new FailureException(Failure.of(FailureCategory.TRANSIENT, ""), message, e);
    }

    /** The text of a note. It is in memory, so a second reading gives the same bytes; those of a service say RESTART or RANGE. */
    private record Text(byte[] bytes) implements Part {
        @Override
        public String name() {
            return "content";
        }

        @Override
        public Form form() {
            return Form.FILE;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream open(long offset) {
            return new ByteArrayInputStream(bytes);
        }
    }
}
