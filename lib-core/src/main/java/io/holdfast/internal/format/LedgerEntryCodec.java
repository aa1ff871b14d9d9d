// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.OpenFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The bytes of a ledger entry as a value of a run whose key is the item's key (FORMAT.md, "Ledger entries"). */
public final class LedgerEntryCodec {
    private static final int VERSION = 1;
    private static final int CONTAINER = 1;
    private static final int HAS_CONTENT_TAG = 2;
    private static final int HAS_STATE_TAG = 4;

    private LedgerEntryCodec() {}

    /**
     * Encodes an entry.
     *
     * @param entry the entry
     * @return the value
     */
    public static byte[] encode(LedgerEntry entry) {
        ByteWriter out = new ByteWriter();
        ItemRef ref = entry.ref();
        out.octet(VERSION);
        out.octet((ref.kind().container() ? CONTAINER : 0)
                | (ref.contentTag().isPresent() ? HAS_CONTENT_TAG : 0)
                | (ref.stateTag().isPresent() ? HAS_STATE_TAG : 0));
        out.octet(entry.condition().ordinal());
        out.text(ref.feed().value());
        out.text(ref.kind().name());
        out.number(ref.containers().size());
        ref.containers().forEach(key -> out.text(key.value()));
        ref.contentTag().ifPresent(out::text);
        ref.stateTag().ifPresent(out::text);
        out.text(entry.cause());
        out.text(entry.code());
        out.number(entry.parts().size());
        entry.parts().forEach(out::text);
        out.number(entry.attempts());
        out.signed(entry.since().toEpochMilli());
        out.signed(entry.due().toEpochMilli());
        return out.toByteArray();
    }

    /**
     * Decodes an entry.
     *
     * @param resource the resource that the ledger belongs to
     * @param key the item's key
     * @param value the value
     * @return the entry
     * @throws IllegalArgumentException if the bytes are not an entry
     */
    public static LedgerEntry decode(ResourceId resource, ItemKey key, byte[] value) {
        ByteReader in = new ByteReader(value);
        int version = in.octet();
        if (version != VERSION) {
            throw new IllegalArgumentException("ledger entry of version " + version + "; this reader knows " + VERSION);
        }
        int flags = in.octet();
        int condition = in.octet();
        FeedId feed = new FeedId(in.text());
        ItemKind kind = new ItemKind(in.text(), (flags & CONTAINER) != 0);
        List<ItemKey> containers = new ArrayList<>();
        for (int i = in.count(); i > 0; i--) {
            containers.add(new ItemKey(in.text()));
        }
        Optional<String> content = (flags & HAS_CONTENT_TAG) == 0 ? Optional.empty() : Optional.of(in.text());
        Optional<String> state = (flags & HAS_STATE_TAG) == 0 ? Optional.empty() : Optional.of(in.text());
        String cause = in.text();
        String code = in.text();
        List<String> parts = new ArrayList<>();
        for (int i = in.count(); i > 0; i--) {
            parts.add(in.text());
        }
        int attempts = Math.toIntExact(in.number());
        Instant since = Instant.ofEpochMilli(in.signed());
        Instant due = Instant.ofEpochMilli(in.signed());
        in.requireEnd();
        OpenFailure.Condition[] conditions = OpenFailure.Condition.values();
        if (condition >= conditions.length) {
            throw new IllegalArgumentException("condition " + condition + " is unknown");
        }
        return new LedgerEntry(
                new ItemRef(resource, feed, kind, key, containers, content, state),
                conditions[condition],
                cause,
                code,
                parts,
                attempts,
                since,
                due);
    }
}
