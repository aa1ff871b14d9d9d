// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.format.ManifestEntryCodec;
import io.holdfast.internal.run.EntryView;
import io.holdfast.internal.seal.KeyedHash;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/** Between entries of runs and entries of a manifest, and the keyed hash of each; safe for use by several threads. */
final class EntryCodes {
    /** Not above the key of any container. */
    static final byte[] FIRST_CONTAINER = {0};

    /** Above the key of every container, and not above that of any other item. */
    static final byte[] FIRST_ITEM = {1};

    private final KeyedHash digests;

    EntryCodes(RepositoryKeys keys) {
        this.digests = keys.digests();
    }

    static byte[] key(ManifestOrder.Position position) {
        return position.bytes();
    }

    static ManifestEntry decode(EntryView view) {
        int from = view.valueOffset();
        byte[] value = Arrays.copyOfRange(view.valueBytes(), from, from + view.valueLength());
        return decode(view.keyBytes(), view.keyOffset(), view.keyLength(), value);
    }

    static ManifestEntry decode(byte[] key, byte[] value) {
        return decode(key, 0, key.length, value);
    }

    private static ManifestEntry decode(byte[] key, int offset, int length, byte[] value) {
        return checked(() -> ManifestEntryCodec.decode(key[offset] == 0, itemKey(key, offset, length), value));
    }

    static ItemKey key(EntryView view) {
        return checked(() -> itemKey(view.keyBytes(), view.keyOffset(), view.keyLength()));
    }

    /** The first byte tells containers from other items. */
    private static ItemKey itemKey(byte[] bytes, int offset, int length) {
        return new ItemKey(new String(bytes, offset + 1, length - 1, StandardCharsets.UTF_8));
    }

    static FeedId feed(EntryView view) {
        return checked(() -> ManifestEntryCodec.feed(view.valueBytes(), view.valueOffset(), view.valueLength()));
    }

    static ManifestWork.Recognition recognise(byte[] value) {
        ManifestEntryCodec.Head head = checked(() -> ManifestEntryCodec.head(value, 0, value.length));
        return new ManifestWork.Recognition(head.contentTag(), head.stateTag(), head.feed(), head.condition());
    }

    /** The keyed hash of an item's state, as the manifest digest sums it up. */
    byte[] hash(ManifestEntry entry) {
        return digests.of(ManifestEntryCodec.canonical(entry));
    }

    /** A seal that opens over bytes that make no sense is damage as well, if not worse. */
    static <T> T checked(Supplier<T> decoding) {
        try {
            return decoding.get();
        } catch (IllegalArgumentException e) {
            throw new RepositoryException(
                    ErrorCode.FORMAT_LIMIT,
                    "an entry of a run is malformed: " + e.getMessage(),
                    "Open the repository with the version that wrote it, and run verify",
                    e);
        }
    }
}
