// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import io.holdfast.manifest.BlobRef;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.MetadataEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.Relation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of a manifest entry: as a value of a run, and in the canonical form that the digest is taken of (FORMAT.md, "Manifest entries").
 *
 * <p>Tags, feed and condition come first, so that an item can be recognised without decoding the rest. The key is not in the value: it is the
 * key of the run. Without state, for several threads.
 */
public final class ManifestEntryCodec {
    private static final int VERSION = 1;

    private static final int HAS_CONTENT_TAG = 1;
    private static final int HAS_STATE_TAG = 2;
    private static final int HAS_MODIFIED = 4;
    private static final int METADATA_STORED = 8;
    private static final int HAS_RELATIONS = 16;
    private static final int CONTENT_TAG_BEGINS_STATE_TAG = 32;

    private static final int HASHES_DIFFER = 1;
    private static final int HAS_RECIPE = 2;
    private static final int PROVIDER_HASH_DIFFERS = 4;

    private ManifestEntryCodec() {}

    /**
     * What an entry is recognised by.
     *
     * @param contentTag the content tag
     * @param stateTag the state tag
     * @param feed the feed that named it last
     * @param condition how good it is
     */
    public record Head(
            Optional<String> contentTag, Optional<String> stateTag, String feed, ManifestEntry.Condition condition) {}

    /**
     * Encodes an entry as a value.
     *
     * @param entry the entry
     * @return the bytes
     */
    public static byte[] encode(ManifestEntry entry) {
        ByteWriter out = new ByteWriter();
        out.octet(VERSION);
        out.octet(flags(entry));
        out.octet(entry.condition().ordinal());
        out.text(entry.feed().value());
        tags(out, entry);
        out.text(entry.kind().name());
        keys(out, entry.containers());
        out.text(entry.name());
        entry.modified().ifPresent(time -> time(out, time));
        out.signed(entry.size());
        metadata(out, entry.metadata());
        out.number(entry.parts().size());
        entry.parts().forEach(part -> part(out, part));
        if (!entry.relations().isEmpty()) {
            relations(out, entry.relations());
        }
        return out.toByteArray();
    }

    private static int flags(ManifestEntry entry) {
        return (entry.contentTag().isPresent() ? HAS_CONTENT_TAG : 0)
                | (entry.stateTag().isPresent() ? HAS_STATE_TAG : 0)
                | (entry.modified().isPresent() ? HAS_MODIFIED : 0)
                | (entry.metadata() instanceof MetadataEntry.Stored ? METADATA_STORED : 0)
                | (entry.relations().isEmpty() ? 0 : HAS_RELATIONS)
                | (shares(entry) ? CONTENT_TAG_BEGINS_STATE_TAG : 0);
    }

    /** Many sources make the state tag of the content tag and more: then it is written once. */
    private static boolean shares(ManifestEntry entry) {
        return entry.contentTag().isPresent()
                && entry.stateTag().isPresent()
                && entry.stateTag().get().startsWith(entry.contentTag().get());
    }

    private static void tags(ByteWriter out, ManifestEntry entry) {
        entry.contentTag().ifPresent(out::text);
        int shared = shares(entry) ? entry.contentTag().orElse("").length() : 0;
        entry.stateTag().ifPresent(tag -> out.text(tag.substring(shared)));
    }

    private static void time(ByteWriter out, Instant time) {
        out.signed(time.getEpochSecond());
        out.number(time.getNano());
    }

    private static void keys(ByteWriter out, List<ItemKey> keys) {
        out.number(keys.size());
        keys.forEach(key -> out.text(key.value()));
    }

    private static void relations(ByteWriter out, List<Relation> relations) {
        out.number(relations.size());
        for (Relation relation : relations) {
            out.octet(relation.type().ordinal());
            out.text(relation.target().value());
        }
    }

    private static void metadata(ByteWriter out, MetadataEntry metadata) {
        if (metadata instanceof MetadataEntry.Stored stored) {
            part(out, stored.part());
        } else if (metadata instanceof MetadataEntry.Inline inline) {
            out.bytes(inline.bytes());
            out.raw(inline.canonicalHash());
        }
    }

    private static void part(ByteWriter out, PartEntry part) {
        boolean differ = !Arrays.equals(part.canonicalHash(), part.rawHash());
        out.octet((differ ? HASHES_DIFFER : 0)
                | (part.recipe().isPresent() ? HAS_RECIPE : 0)
                | (part.providerHashDiffers() ? PROVIDER_HASH_DIFFERS : 0));
        out.text(part.name());
        out.number(part.size());
        out.raw(part.rawHash());
        if (differ) {
            out.raw(part.canonicalHash());
        }
        out.number(part.blobs().size());
        for (BlobRef blob : part.blobs()) {
            out.raw(blob.id());
            out.number(blob.length());
        }
        part.recipe().ifPresent(out::bytes);
    }

    /**
     * Decodes the first fields of a value.
     *
     * @param value the array that holds the value
     * @param offset where it begins
     * @param length how long it is
     * @return what the entry is recognised by
     */
    public static Head head(byte[] value, int offset, int length) {
        ByteReader in = new ByteReader(value, offset, length);
        version(in);
        return head(in, in.octet());
    }

    /**
     * Decodes the feed that an entry is of.
     *
     * @param value holds the value
     * @param offset where it begins
     * @param length how long it is
     * @return the feed
     */
    public static FeedId feed(byte[] value, int offset, int length) {
        ByteReader in = new ByteReader(value, offset, length);
        version(in);
        in.octet();
        in.octet();
        return new FeedId(in.text());
    }

    private static void version(ByteReader in) {
        int version = in.octet();
        if (version != VERSION) {
            throw new IllegalArgumentException("entry of version " + version + "; this reader knows " + VERSION);
        }
    }

    private static Head head(ByteReader in, int flags) {
        ManifestEntry.Condition condition = of(ManifestEntry.Condition.values(), in.octet());
        String feed = in.text();
        Optional<String> content = (flags & HAS_CONTENT_TAG) == 0 ? Optional.empty() : Optional.of(in.text());
        String prefix = (flags & CONTENT_TAG_BEGINS_STATE_TAG) == 0 ? "" : content.orElse("");
        Optional<String> state = (flags & HAS_STATE_TAG) == 0 ? Optional.empty() : Optional.of(prefix + in.text());
        return new Head(content, state, feed, condition);
    }

    /**
     * Decodes an entry.
     *
     * @param container whether its kind is one of containers
     * @param key the item's key
     * @param value the value
     * @return the entry
     * @throws IllegalArgumentException if the bytes are not an entry
     */
    public static ManifestEntry decode(boolean container, ItemKey key, byte[] value) {
        ByteReader in = new ByteReader(value);
        version(in);
        int flags = in.octet();
        Head head = head(in, flags);
        ItemKind kind = new ItemKind(in.text(), container);
        List<ItemKey> containers = keys(in);
        String name = in.text();
        Optional<Instant> modified = (flags & HAS_MODIFIED) == 0 ? Optional.empty() : Optional.of(time(in));
        long size = in.signed();
        MetadataEntry metadata = (flags & METADATA_STORED) != 0
                ? new MetadataEntry.Stored(part(in))
                : new MetadataEntry.Inline(in.bytes(), in.raw(32));
        int count = in.count();
        List<PartEntry> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parts.add(part(in));
        }
        List<Relation> relations = (flags & HAS_RELATIONS) == 0 ? List.of() : relations(in);
        in.requireEnd();
        return new ManifestEntry(
                key,
                kind,
                new FeedId(head.feed()),
                containers,
                name,
                head.contentTag(),
                head.stateTag(),
                modified,
                size,
                metadata,
                parts,
                relations,
                head.condition());
    }

    private static Instant time(ByteReader in) {
        return Instant.ofEpochSecond(in.signed(), in.number());
    }

    private static List<ItemKey> keys(ByteReader in) {
        int count = in.count();
        List<ItemKey> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(new ItemKey(in.text()));
        }
        return keys;
    }

    private static List<Relation> relations(ByteReader in) {
        int count = in.count();
        List<Relation> relations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            relations.add(new Relation(of(Relation.Type.values(), in.octet()), new ItemKey(in.text())));
        }
        return relations;
    }

    private static PartEntry part(ByteReader in) {
        int flags = in.octet();
        String name = in.text();
        long size = in.number();
        byte[] raw = in.raw(32);
        byte[] canonical = (flags & HASHES_DIFFER) == 0 ? raw : in.raw(32);
        int count = in.count();
        List<BlobRef> blobs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            blobs.add(new BlobRef(in.raw(BlobRef.ID_BYTES), Math.toIntExact(in.number())));
        }
        Optional<byte[]> recipe = (flags & HAS_RECIPE) == 0 ? Optional.empty() : Optional.of(in.bytes());
        return new PartEntry(name, size, canonical, raw, blobs, recipe, (flags & PROVIDER_HASH_DIFFERS) != 0);
    }

    private static <E> E of(E[] values, int ordinal) {
        if (ordinal >= values.length) {
            throw new IllegalArgumentException("value " + ordinal + " is unknown; there are " + values.length);
        }
        return values[ordinal];
    }

    /**
     * The canonical form of an item's state, of which the manifest digest is taken: key, kind, containers, name, modified time, size, the name
     * and canonical hash of each part, relations, and the canonical hash of the metadata. Nothing that depends on history, layout or
     * repository is in it: no tags, feed, condition, blobs, recipes or raw hashes, and no sizes of parts, since each rendering of one message
     * or document has its own.
     *
     * @param entry the entry
     * @return the bytes
     */
    public static byte[] canonical(ManifestEntry entry) {
        ByteWriter out = new ByteWriter();
        out.octet(VERSION);
        out.text(entry.key().value());
        out.octet(entry.kind().container() ? 1 : 0);
        out.text(entry.kind().name());
        keys(out, entry.containers());
        out.text(entry.name());
        out.octet(entry.modified().isPresent() ? 1 : 0);
        entry.modified().ifPresent(time -> time(out, time));
        out.signed(entry.size());
        out.number(entry.parts().size());
        for (PartEntry part : entry.parts()) {
            out.text(part.name());
            out.raw(part.canonicalHash());
        }
        out.number(entry.relations().size());
        for (Relation relation : entry.relations()) {
            out.octet(relation.type().ordinal());
            out.text(relation.target().value());
        }
        out.raw(entry.metadata().canonicalHash());
        return out.toByteArray();
    }
}
