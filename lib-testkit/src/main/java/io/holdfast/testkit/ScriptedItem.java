// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.Relation;
import io.holdfast.source.SourceItem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One item of a {@link ScriptedTenant}: what a service would say of it, all in memory. Immutable.
 *
 * @param key its stable identifier
 * @param kind what it is
 * @param containers what holds it; the first gives the path
 * @param name its name
 * @param fields its metadata, which become a JSON object of strings; letters and digits only, so that they need no quoting
 * @param parts its contents
 * @param relations its links to others
 * @param modified when it was changed last
 * @param tagged whether the service gives tags for it; without, it is read and compared each time
 */
public record ScriptedItem(
        ItemKey key,
        ItemKind kind,
        List<ItemKey> containers,
        String name,
        SortedMap<String, String> fields,
        List<ScriptedPart> parts,
        List<Relation> relations,
        Instant modified,
        boolean tagged) {

    /** Copies the collections. */
    public ScriptedItem {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(modified, "modified");
        containers = List.copyOf(containers);
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        parts = List.copyOf(parts);
        relations = List.copyOf(relations);
    }

    /**
     * A file without metadata at the root, changed at the epoch.
     *
     * @param key its key and name
     * @param text its content
     * @return the item
     */
    public static ScriptedItem file(String key, String text) {
        return leaf(key, List.of(ScriptedPart.text(text)));
    }

    /**
     * An item with any parts.
     *
     * @param key its key and name
     * @param parts its contents
     * @return the item
     */
    public static ScriptedItem leaf(String key, List<ScriptedPart> parts) {
        return new ScriptedItem(
                new ItemKey(key),
                ItemKind.leaf("file"),
                List.of(),
                key,
                new TreeMap<>(),
                parts,
                List.of(),
                Instant.EPOCH,
                true);
    }

    /**
     * A folder at the root.
     *
     * @param key its key and name
     * @return the item
     */
    public static ScriptedItem folder(String key) {
        return new ScriptedItem(
                new ItemKey(key),
                ItemKind.container("folder"),
                List.of(),
                key,
                new TreeMap<>(),
                List.of(),
                List.of(),
                Instant.EPOCH,
                true);
    }

    /**
     * This item in other containers.
     *
     * @param keys the keys of the containers
     * @return a copy
     */
    public ScriptedItem in(String... keys) {
        List<ItemKey> others = new ArrayList<>();
        for (String each : keys) {
            others.add(new ItemKey(each));
        }
        return new ScriptedItem(key, kind, others, name, fields, parts, relations, modified, tagged);
    }

    /**
     * This item with another name.
     *
     * @param other the name
     * @return a copy
     */
    public ScriptedItem named(String other) {
        return new ScriptedItem(key, kind, containers, other, fields, parts, relations, modified, tagged);
    }

    /**
     * This item with one field of its metadata set.
     *
     * @param field the field
     * @param value its value; empty to take the field away
     * @return a copy
     */
    public ScriptedItem with(String field, String value) {
        SortedMap<String, String> changed = new TreeMap<>(fields);
        if (value.isEmpty()) {
            changed.remove(field);
        } else {
            changed.put(field, value);
        }
        return new ScriptedItem(key, kind, containers, name, changed, parts, relations, modified, tagged);
    }

    /**
     * This item with other contents.
     *
     * @param others the parts
     * @return a copy
     */
    public ScriptedItem with(List<ScriptedPart> others) {
        return new ScriptedItem(key, kind, containers, name, fields, others, relations, modified, tagged);
    }

    /**
     * This item with other links.
     *
     * @param others the relations
     * @return a copy
     */
    public ScriptedItem relating(List<Relation> others) {
        return new ScriptedItem(key, kind, containers, name, fields, parts, others, modified, tagged);
    }

    /**
     * This item as one that the service gives no tags for.
     *
     * @return a copy
     */
    public ScriptedItem untagged() {
        return new ScriptedItem(key, kind, containers, name, fields, parts, relations, modified, false);
    }

    ScriptedItem at(Instant time) {
        return new ScriptedItem(key, kind, containers, name, fields, parts, relations, time, tagged);
    }

    /**
     * The metadata as the service sends them.
     *
     * @return a JSON object, its fields in order
     */
    public byte[] metadata() {
        return json(fields);
    }

    static byte[] json(SortedMap<String, String> fields) {
        StringBuilder text = new StringBuilder("{");
        fields.forEach((field, value) -> text.append(text.length() == 1 ? "" : ",")
                .append('"')
                .append(field)
                .append("\":")
                .append(value.isEmpty() ? "null" : '"' + value + '"'));
        return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The item in the words of the SPI. */
    SourceItem toSource() {
        long size = parts.stream().mapToLong(part -> part.bytes().length).sum();
        return new SourceItem(
                key,
                kind,
                containers,
                name,
                tags(),
                Optional.of(modified),
                kind.container() ? -1 : size,
                new SourceItem.Metadata(SourceItem.Metadata.Form.JSON, metadata()),
                relations);
    }

    SourceItem.Tags tags() {
        if (!tagged) {
            return SourceItem.Tags.none();
        }
        MessageDigest digest = sha256();
        for (ScriptedPart part : parts) {
            digest.update((part.name() + "\n" + part.form() + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(part.bytes());
        }
        String content = HexFormat.of().formatHex(digest.digest(), 0, 8);
        String state =
                String.join("\n", kind.name(), containers + "", name, fields + "", relations + "", modified + "");
        digest.update((content + state).getBytes(StandardCharsets.UTF_8));
        return new SourceItem.Tags(
                kind.container() ? Optional.empty() : Optional.of(content),
                Optional.of(HexFormat.of().formatHex(digest.digest(), 0, 8)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
