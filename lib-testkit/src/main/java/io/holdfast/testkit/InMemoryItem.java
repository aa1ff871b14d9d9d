// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.source.SourceItem;
import io.holdfast.source.Trouble;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One state of an item of a source in memory; each change makes another.
 *
 * @param key its identifier
 * @param folder whether it is a folder
 * @param parent the folder that holds it; empty at the root
 * @param name its name
 * @param parts its contents by name; the arrays are never changed
 * @param metadata its metadata
 * @param modified when it was changed last
 * @param tag what the restore that created it marked it with; empty if none did
 * @param refusal why its contents are not handed out; empty if they are
 * @param broken the parts that cannot be read
 */
record InMemoryItem(
        ItemKey key,
        boolean folder,
        Optional<ItemKey> parent,
        String name,
        Map<String, byte[]> parts,
        SourceItem.Metadata metadata,
        Instant modified,
        Optional<String> tag,
        Optional<Trouble> refusal,
        Set<String> broken) {
    static final ItemKind FOLDER = ItemKind.container("folder");
    static final ItemKind NOTE = ItemKind.leaf("note");
    static final String CONTENT = "content";

    /** The feed that names folders. */
    static final FeedId FOLDERS = new FeedId("folders");

    InMemoryItem {
        parts = new TreeMap<>(parts);
        broken = Set.copyOf(broken);
    }

    static InMemoryItem folder(ItemKey key, Optional<ItemKey> parent, String name, Instant modified) {
        return new InMemoryItem(
                key,
                true,
                parent,
                name,
                Map.of(),
                SourceItem.Metadata.none(),
                modified,
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    static InMemoryItem note(ItemKey key, ItemKey parent, String name, Map<String, byte[]> parts, Instant modified) {
        return new InMemoryItem(
                key,
                false,
                Optional.of(parent),
                name,
                parts,
                SourceItem.Metadata.none(),
                modified,
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    InMemoryItem at(Instant time) {
        return new InMemoryItem(key, folder, parent, name, parts, metadata, time, tag, refusal, broken);
    }

    InMemoryItem under(ItemKey other) {
        return new InMemoryItem(key, folder, Optional.of(other), name, parts, metadata, modified, tag, refusal, broken);
    }

    InMemoryItem named(String other) {
        return new InMemoryItem(key, folder, parent, other, parts, metadata, modified, tag, refusal, broken);
    }

    InMemoryItem with(Map<String, byte[]> contents) {
        return new InMemoryItem(key, folder, parent, name, contents, metadata, modified, tag, refusal, broken);
    }

    InMemoryItem with(String part, byte[] content) {
        Map<String, byte[]> more = new TreeMap<>(parts);
        more.put(part, content);
        return with(more);
    }

    InMemoryItem with(SourceItem.Metadata other) {
        return new InMemoryItem(key, folder, parent, name, parts, other, modified, tag, refusal, broken);
    }

    InMemoryItem tagged(String restore) {
        return new InMemoryItem(
                key, folder, parent, name, parts, metadata, modified, Optional.of(restore), refusal, broken);
    }

    InMemoryItem refused(Optional<Trouble> why) {
        return new InMemoryItem(key, folder, parent, name, parts, metadata, modified, tag, why, broken);
    }

    InMemoryItem withBroken(String part) {
        Set<String> more = new TreeSet<>(broken);
        more.add(part);
        return new InMemoryItem(key, folder, parent, name, parts, metadata, modified, tag, refusal, more);
    }

    InMemoryItem healed() {
        return new InMemoryItem(key, folder, parent, name, parts, metadata, modified, tag, Optional.empty(), Set.of());
    }

    /** The feed that names it: one for all folders, and one for what each folder holds. */
    FeedId feed() {
        return folder ? FOLDERS : feedOf(parent.orElseThrow());
    }

    static FeedId feedOf(ItemKey folder) {
        return new FeedId("in/" + folder);
    }

    ItemKind kind() {
        return folder ? FOLDER : NOTE;
    }

    SourceItem toSourceItem() {
        String content = contentTag();
        return new SourceItem(
                key,
                kind(),
                parent.map(List::of).orElse(List.of()),
                name,
                SourceItem.Tags.of(content, content + "/" + modified.getEpochSecond() + "/" + parent.orElse(key)),
                Optional.of(modified),
                parts.values().stream().mapToLong(bytes -> bytes.length).sum(),
                metadata,
                List.of());
    }

    /** A hash over names and bytes of all parts. */
    private String contentTag() {
        MessageDigest digest = sha256();
        parts.forEach((part, bytes) -> {
            digest.update((part + "\0" + bytes.length + "\0").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        });
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
