// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Reads the directories of packs from their ends, one request for most, and keeps some. Packs of one repository are alike: as much is read at first as
 * the last one needed.
 *
 * <p>Safe for use by several threads. A pack that is cut off is found by its missing end.
 */
final class PackDirectories {
    /** Covers footer and directory of most packs, unless their blobs are tiny. */
    private static final int SHORTEST_READ_BYTES = 64 << 10;

    private static final int LONGEST_READ_BYTES = 2 << 20;
    /** A stream of blobs alternates between the packs that were open together. */
    private static final int KEPT_ANYWAY = 4;

    private final ObjectStore store;
    private final RepositoryKeys keys;
    private final WeighedCache<PackRef, PackDirectory> cache;
    private volatile int firstRead = SHORTEST_READ_BYTES;

    PackDirectories(ObjectStore store, RepositoryKeys keys, long cacheBytes) {
        this.store = store;
        this.keys = keys;
        this.cache = new WeighedCache<>(cacheBytes, cacheBytes == 0 ? 0 : KEPT_ANYWAY, PackDirectory::heapBytes);
    }

    /** The directory of a pack, from the cache if it is there. */
    PackDirectory get(PackRef pack) {
        PackDirectory cached = cache.get(pack);
        if (cached != null) {
            return cached;
        }
        PackDirectory directory = read(pack);
        cache.put(pack, directory);
        return directory;
    }

    /** Reads the directory of a pack, whether or not it is in the cache. */
    PackDirectory read(PackRef pack) {
        String name = pack.objectName();
        int first = (int) Math.min(firstRead, pack.length());
        if (first < 1) {
            throw PackFormat.damaged(name, "it is empty");
        }
        byte[] end = fetch(pack, ByteRange.last(first));
        int sealedLength = sealedLength(pack, end);
        int wanted = sealedLength + PackFormat.FOOTER_BYTES;
        if (wanted > end.length) {
            end = fetch(pack, ByteRange.last(wanted));
            if (end.length != wanted || sealedLength(pack, end) != sealedLength) {
                throw PackFormat.damaged(name, "its end changed while it was read");
            }
        }
        // Some more, as the next one is hardly of the very same length.
        firstRead = Math.max(SHORTEST_READ_BYTES, Math.min(LONGEST_READ_BYTES, wanted + wanted / 8));
        return open(pack, end, sealedLength);
    }

    /** Reads the directory out of the whole pack. */
    PackDirectory read(PackRef pack, byte[] whole) {
        if (!PackFormat.startsWithMagic(whole)) {
            throw PackFormat.damaged(pack.objectName(), "it does not begin as a pack");
        }
        return open(pack, whole, sealedLength(pack, whole));
    }

    /** The stored length of the directory, by the footer at the end of these bytes. */
    static int sealedLength(PackRef pack, byte[] end) {
        String name = pack.objectName();
        if (end.length < PackFormat.FOOTER_BYTES || !PackFormat.endsWithMagic(end)) {
            throw PackFormat.damaged(name, "it is cut off: no footer stands at its end");
        }
        int at = end.length - PackFormat.FOOTER_BYTES + PackFormat.SALT_BYTES;
        long length = PackFormat.u32(end, at);
        if (length > PackFormat.MAX_DIRECTORY_BYTES + (PackFormat.MAX_DIRECTORY_BYTES >> 9)
                || length > pack.length() - PackFormat.FOOTER_BYTES - PackFormat.MAGIC_BYTES) {
            throw PackFormat.damaged(name, "its footer names a directory of " + length + " bytes");
        }
        return (int) length;
    }

    private PackDirectory open(PackRef pack, byte[] end, int sealedLength) {
        String name = pack.objectName();
        int footer = end.length - PackFormat.FOOTER_BYTES;
        byte[] salt = Arrays.copyOfRange(end, footer, footer + PackFormat.SALT_BYTES);
        byte[] plain;
        try {
            plain = keys.forObject(PackFormat.DIRECTORY_LABEL, salt).open(0, end, footer - sealedLength, sealedLength);
        } catch (SealBrokenException broken) {
            throw PackFormat.damaged(name, "the seal of its directory is broken: " + broken.getMessage(), broken);
        }
        PackDirectory directory = PackDirectoryCodec.decode(name, plain);
        long length = directory.end() + sealedLength + PackFormat.FOOTER_BYTES;
        if (length != pack.length() || directory.meta() != pack.meta()) {
            throw PackFormat.damaged(
                    name, "its directory describes " + length + " bytes; the pack has " + pack.length());
        }
        return directory;
    }

    /** Reads bytes of a pack; as many as the range asks for, or fewer where the object ends. */
    byte[] fetch(PackRef pack, ByteRange range) {
        try (InputStream in = store.get(new ObjectName(pack.objectName()), range)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading pack '" + pack + "'", e);
        }
    }
}
