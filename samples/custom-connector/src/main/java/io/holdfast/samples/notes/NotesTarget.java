// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.notes;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.TargetException;
import io.holdfast.model.ItemKey;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreSettings.Conflict;
import io.holdfast.source.RestoreTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The way back. Every call may come twice, after a failure or a crash, so each note that a restore creates carries the tag of this restore
 * and item: what has it already is not created again, and what has none was there before and is somebody's.
 */
final class NotesTarget implements RestoreTarget {
    private final Journal journal;
    private final RestoreSettings settings;
    /** The tags of all that exists, by key; empty for what no restore has made. */
    private final Map<String, String> tags = new HashMap<>();

    private NotesTarget(Journal journal, RestoreSettings settings) {
        this.journal = journal;
        this.settings = settings;
    }

    static NotesTarget open(Journal journal, RestoreSettings settings) {
        if (settings.toOwner().isPresent()) {
            throw refused("notes have no owners, so they cannot go to '"
                    + settings.toOwner().get() + "'");
        }
        NotesTarget target = new NotesTarget(journal, settings);
        try {
            journal.forEach(target::remember);
        } catch (IOException e) {
            throw Notes.failure(journal, e);
        }
        return target;
    }

    private void remember(Line line) {
        if (line.has("gone")) {
            tags.remove(Notes.key(line).value());
        } else if (line.has("note") || line.has("book")) {
            tags.put(Notes.key(line).value(), line.get("tag"));
        }
    }

    @Override
    public String describe() {
        return "journal '" + journal.file() + "'";
    }

    /** Containers come first and one at a time, notes from several threads; a journal has one end, so they take turns. */
    @Override
    public synchronized Placement put(RestoreItem item) {
        String key = item.item().key().value();
        try {
            if (item.item().kind().equals(Notes.BOOK)) {
                return settings.intoFolder().isPresent()
                        ? Placement.RESTORED
                        : putBook(key, item.item().name());
            }
            if (item.item().kind().equals(Notes.NOTE)) {
                return putNote(key, item);
            }
            throw refused("item '" + key + "' is a '" + item.item().kind() + "' and no note");
        } catch (IOException e) {
            throw Notes.failure(journal, e);
        }
    }

    private Placement putBook(String key, String name) throws IOException {
        if (tags.putIfAbsent(key, "") != null) {
            return Placement.ALREADY_THERE;
        }
        journal.append(Map.of("book", key.substring(Notes.BOOKS.length()), "name", name));
        return Placement.RESTORED;
    }

    private Placement putNote(String key, RestoreItem item) throws IOException {
        String beside = key + "~" + item.tag().substring(0, 8);
        if (item.tag().equals(tags.get(key)) || item.tag().equals(tags.get(beside))) {
            return Placement.ALREADY_THERE;
        }
        boolean occupied = tags.containsKey(key);
        boolean elsewhere = settings.intoFolder().isPresent(); // then what stands at the old place is in nobody's way
        if (occupied && !elsewhere && settings.conflict() == Conflict.SKIP) {
            return Placement.SKIPPED;
        }
        String free = occupied && (elsewhere || settings.conflict() == Conflict.KEEP_BOTH) ? beside : key;
        Map<String, String> note = new LinkedHashMap<>();
        note.put("note", free.substring(Notes.NOTES.length()));
        note.put("book", book(item));
        note.put("title", Line.fields(item.item().metadata().bytes()).getOrDefault("title", ""));
        note.put("changed", item.item().modified().orElse(Instant.EPOCH).toString());
        note.put("tag", item.tag());
        try (InputStream text = item.parts().get(0).open(0)) {
            note.put("text", new String(text.readAllBytes(), StandardCharsets.UTF_8));
        }
        journal.append(note);
        tags.put(free, item.tag());
        return Placement.RESTORED;
    }

    private String book(RestoreItem item) throws IOException {
        if (settings.intoFolder().isPresent()) {
            putBook(
                    Notes.BOOKS + settings.intoFolder().get(),
                    settings.intoFolder().get());
            return settings.intoFolder().get();
        }
        return item.item().containers().stream()
                .findFirst()
                .map(ItemKey::value)
                .orElse(Notes.BOOKS)
                .substring(Notes.BOOKS.length());
    }

    private static TargetException refused(String what) {
        return new TargetException(ErrorCode.TARGET_REFUSED, what, "Restore it to a folder, or to its own source");
    }

    @Override
    public void finish() {
        // every note is whole when its line is
    }

    @Override
    public void close() {
        // nothing stays open
    }
}
