// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.error.CommitLostException;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.seal.EnvelopeKind;
import io.holdfast.internal.seal.EnvelopeName;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * The numbered sets of current index runs on the store, {@code index/heads/<n>}.
 *
 * <p>Safe for use by several threads. Only the holder of the maintenance lease publishes; the create under a new number fails for whoever is
 * late.
 */
public final class IndexHeads {
    private static final String PREFIX = "index/heads/";
    /** A third of a million runs; each merge makes few of many. */
    private static final int MAX_BYTES = 16 << 20;

    private final ObjectStore store;
    private final RepositoryKeys keys;

    /**
     * The heads of a repository.
     *
     * @param store where they stand
     * @param keys what opens them
     */
    public IndexHeads(ObjectStore store, RepositoryKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /**
     * The head with the highest number.
     *
     * @return one with number 0 and no runs if there is none
     * @throws RepositoryException with {@code REPOSITORY_DAMAGED} if it does not open
     */
    public IndexHead newest() {
        long highest = newestNumber();
        return highest == 0 ? IndexHead.none() : read(highest);
    }

    /** The highest number that is taken, 0 if there is none; works whether or not that head opens. */
    long newestNumber() {
        long highest = 0;
        try (ObjectListing listing = store.list(PREFIX)) {
            while (listing.hasNext()) {
                highest = Math.max(highest, number(listing.next().name().value()));
            }
        }
        return highest;
    }

    /**
     * Publishes the set that comes after another.
     *
     * @param head the set; its number is one above that of the set it was made from
     * @throws CommitLostException if that number is taken
     */
    public void publish(IndexHead head) {
        EnvelopeName place = EnvelopeName.of(EnvelopeKind.INDEX_HEAD, head.number());
        byte[] sealed = keys.envelopes().seal(place, new byte[0], head.encode());
        ObjectName name = name(head.number());
        // Where the store cannot create only if absent, the maintenance lease keeps others away; what slips through
        // costs an index that
        // can be made anew.
        boolean conditional = store.capabilities().conditionalCreate();
        boolean taken = !conditional && store.stat(name).isPresent();
        PutOptions options = conditional ? PutOptions.createOnly() : PutOptions.overwrite();
        if (taken || store.put(name, ObjectBody.of(sealed), options) == PutResult.REFUSED) {
            throw new CommitLostException(
                    ErrorCode.COMMIT_LOST,
                    "index head " + head.number() + " was written by another",
                    "Run the maintenance again, with no other running");
        }
    }

    private IndexHead read(long number) {
        ObjectName name = name(number);
        try (InputStream in = store.get(name, ByteRange.all())) {
            byte[] sealed = in.readNBytes(MAX_BYTES + 1);
            if (sealed.length > MAX_BYTES) {
                throw new SealBrokenException("it has more than " + MAX_BYTES + " bytes");
            }
            byte[] body = keys.envelopes()
                    .open(EnvelopeName.of(EnvelopeKind.INDEX_HEAD, number), sealed)
                    .body();
            return IndexHead.decode(number, body);
        } catch (SealBrokenException broken) {
            throw new RepositoryException(
                    ErrorCode.REPOSITORY_DAMAGED,
                    "index head '" + name + "' does not open: " + broken.getMessage(),
                    "Rebuild the index from the packs",
                    broken);
        } catch (IOException e) {
            throw new UncheckedIOException("reading '" + name + "'", e);
        }
    }

    private static ObjectName name(long number) {
        return new ObjectName(PREFIX + String.format(Locale.ROOT, "%020d", number));
    }

    private static long number(String object) {
        String digits = object.substring(PREFIX.length());
        if (digits.length() != 20 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLarge) {
            return 0;
        }
    }
}
