// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.manifest.BlobRef;
import io.holdfast.manifest.EntryChange;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.manifest.MetadataEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.Relation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Entries to fill manifests with. */
final class ManifestEntries {
    static final int PART_BYTES = 1234;
    private static final Instant TIME = Instant.parse("2030-01-01T00:00:00Z");

    private ManifestEntries() {}

    /** Everything that a variation may change. */
    private record Draft(
            String key, ItemKind kind, List<ItemKey> containers, String name, Instant modified, long size, int seed) {
        ManifestEntry entry(List<PartEntry> parts, List<Relation> relations) {
            byte[] metadata = ("{\"seed\":" + seed + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
            return new ManifestEntry(
                    new ItemKey(key),
                    kind,
                    new FeedId("feed"),
                    containers,
                    name,
                    Optional.of("content"),
                    Optional.of("state"),
                    Optional.of(modified),
                    size,
                    new MetadataEntry.Inline(metadata, hash(seed)),
                    parts,
                    relations,
                    ManifestEntry.Condition.WHOLE);
        }
    }

    private static byte[] hash(int seed) {
        return new SeededRandomness(seed).bytes(32);
    }

    private static PartEntry part(String name, long size, int seed) {
        return new PartEntry(
                name,
                size,
                hash(seed),
                hash(seed),
                List.of(new BlobRef(new SeededRandomness(seed).bytes(BlobRef.ID_BYTES), (int) size)),
                Optional.empty(),
                false);
    }

    private static Draft draft(String key, String name) {
        return new Draft(key, ItemKind.leaf("note"), List.of(new ItemKey("folder-1")), name, TIME, PART_BYTES, 1);
    }

    static ManifestEntry item(String key, String name) {
        return draft(key, name).entry(List.of(part("content", PART_BYTES, name.hashCode())), List.of());
    }

    static ManifestEntry folder(String key) {
        return new Draft(key, ItemKind.container("folder"), List.of(), key, TIME, -1, 2).entry(List.of(), List.of());
    }

    /** Items in order, alike but for their names and contents. */
    static List<ManifestEntry> items(int count) {
        List<ManifestEntry> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item(String.format(count > 1000 ? "item-%05d" : "item-%03d", i), "name " + i));
        }
        return items;
    }

    /** An item that has some of everything. */
    static ManifestEntry whole() {
        return draft("item-000", "whole")
                .entry(
                        List.of(part("attachment/1", 77, 3), part("content", 5000, 4)),
                        List.of(new Relation(Relation.Type.REPLY_TO, new ItemKey("item-001"))));
    }

    /** Containers and items, with keys that sort differently by characters, by bytes, and by sign. */
    static List<ManifestEntry> mixed() {
        List<ManifestEntry> all = new ArrayList<>(items(9));
        all.set(0, whole());
        all.add(folder("zz-folder"));
        all.add(folder("folder-1"));
        for (String key : List.of("a", "ab", "a-b", "Z", "\u00e9", "\uffee", "\ud83d\ude00", "x".repeat(2000))) {
            all.add(item(key, "name of " + key.length()));
        }
        return all;
    }

    /** Entries of one key, each of which is another item than all the others. */
    static List<ManifestEntry> variations() {
        Draft draft = draft("item-000", "name");
        List<PartEntry> parts = List.of(part("content", PART_BYTES, 5));
        List<Relation> none = List.of();
        ItemKey target = new ItemKey("item-001");
        return List.of(
                draft.entry(parts, none),
                draft("item-009", "name").entry(parts, none),
                draft("item-000", "other name").entry(parts, none),
                new Draft(draft.key, ItemKind.leaf("event"), draft.containers, "name", TIME, PART_BYTES, 1)
                        .entry(parts, none),
                new Draft(draft.key, draft.kind, List.of(), "name", TIME, PART_BYTES, 1).entry(parts, none),
                new Draft(draft.key, draft.kind, draft.containers, "name", TIME.plusSeconds(1), PART_BYTES, 1)
                        .entry(parts, none),
                new Draft(draft.key, draft.kind, draft.containers, "name", TIME, 9, 1).entry(parts, none),
                new Draft(draft.key, draft.kind, draft.containers, "name", TIME, PART_BYTES, 9).entry(parts, none),
                draft.entry(List.of(), none),
                draft.entry(List.of(part("content", PART_BYTES, 6)), none),
                draft.entry(List.of(part("other", PART_BYTES, 5)), none),
                draft.entry(parts, List.of(new Relation(Relation.Type.REPLY_TO, target))),
                draft.entry(parts, List.of(new Relation(Relation.Type.MEMBER_OF, target))));
    }

    /** The same item, recognised by something else, and its parts rendered in other bytes. */
    static ManifestEntry retagged(ManifestEntry entry) {
        return new ManifestEntry(
                entry.key(),
                entry.kind(),
                new FeedId("another feed"),
                entry.containers(),
                entry.name(),
                Optional.of("another content tag"),
                Optional.empty(),
                entry.modified(),
                entry.size(),
                entry.metadata(),
                entry.parts().stream().map(ManifestEntries::renderedAnew).toList(),
                entry.relations(),
                entry.condition());
    }

    private static PartEntry renderedAnew(PartEntry part) {
        return new PartEntry(
                part.name(), part.size() + 1, part.canonicalHash(), hash(99), part.blobs(), Optional.empty(), false);
    }

    /** Puts of entries, in the order of a manifest. */
    static List<EntryChange> puts(List<ManifestEntry> entries) {
        return entries.stream()
                .<EntryChange>map(EntryChange.Put::new)
                .sorted((a, b) -> ManifestOrder.COMPARATOR.compare(a.position(), b.position()))
                .toList();
    }
}
