// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.notes;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.source.SourceConnector;
import io.holdfast.testkit.SourceFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The application on the other side of the connector: it writes the journal, and nothing else. */
final class NotesFixture implements SourceFixture {
    private final Journal journal;
    private final Map<ItemKey, Map<String, String>> notes = new HashMap<>();

    NotesFixture(Path file) throws IOException {
        journal = new Journal(file);
        begin("one");
    }

    private void begin(String life) throws IOException {
        Files.writeString(journal.file(), "{\"journal\":\"" + life + "\"}\n");
        for (String book : new String[] {"here", "there"}) {
            journal.append(Map.of("book", book, "name", book));
        }
    }

    @Override
    public SourceConnector connector() {
        return new NotesConnector(new SourceId("notes"), new TenantId("local"), journal.file());
    }

    @Override
    public ResourceId resource() {
        return Notes.RESOURCE;
    }

    @Override
    public ItemKey create(String name, byte[] content) throws IOException {
        Map<String, String> note = new LinkedHashMap<>();
        note.put("note", name);
        note.put("book", "here");
        note.put("title", name);
        note.put("changed", "2026-01-02T03:04:05Z");
        note.put("text", text(content));
        ItemKey key = new ItemKey(Notes.NOTES + name);
        notes.put(key, note);
        journal.append(note);
        return key;
    }

    @Override
    public void change(ItemKey item, byte[] content) throws IOException {
        note(item).put("text", text(content));
        journal.append(note(item));
    }

    @Override
    public ItemKey move(ItemKey item) throws IOException {
        note(item).compute("book", (field, book) -> "here".equals(book) ? "there" : "here");
        journal.append(note(item));
        return item;
    }

    @Override
    public void delete(ItemKey item) throws IOException {
        notes.remove(item);
        journal.append(Map.of("gone", item.value().substring(Notes.NOTES.length())));
    }

    @Override
    public void breakItem(ItemKey item) throws IOException {
        note(item).remove("text");
        journal.append(note(item));
    }

    /** Writes the journal anew, with what holds and nothing else. */
    @Override
    public boolean expireCursors() throws IOException {
        begin("two");
        for (Map<String, String> note : notes.values()) {
            journal.append(note);
        }
        return true;
    }

    /** A note holds text, so any bytes become one character each, which the journal has in UTF-8. */
    private static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean isContent(byte[] read, byte[] created) {
        return new String(read, StandardCharsets.UTF_8).equals(text(created));
    }

    private Map<String, String> note(ItemKey item) {
        Map<String, String> note = notes.get(item);
        if (note == null) {
            throw new IllegalArgumentException("there is no note " + item);
        }
        return note;
    }

    @Override
    public void close() {
        // the folder belongs to the test
    }
}
