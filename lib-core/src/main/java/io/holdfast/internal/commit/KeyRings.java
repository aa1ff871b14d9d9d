// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.KeyException;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.seal.DataKeyRing;
import io.holdfast.internal.seal.OpenedSlot;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.internal.seal.SealedKeyRing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import java.util.List;
import java.util.Optional;

/** The numbered states of the ring of data keys as objects; the highest number holds. Stateless between calls. */
final class KeyRings {
    private static final int MAX_BYTES = 4 << 20;
    private static final int ATTEMPTS = 8;

    private final ObjectStore store;
    private final RepositoryKeys keys;
    private final CreateOnce creates;

    KeyRings(ObjectStore store, RepositoryKeys keys, CreateOnce creates) {
        this.store = store;
        this.keys = keys;
        this.creates = creates;
    }

    /** Makes the next state from the newest one. */
    @FunctionalInterface
    interface Change {
        SealedKeyRing from(SealedKeyRing newest) throws SealBrokenException;
    }

    private record Numbered(long number, SealedKeyRing ring) {}

    /** Whether there is any ring. */
    boolean exist() {
        return !numbers().isEmpty();
    }

    /** Writes the first ring; one that stands there already stays. */
    void create(OpenedSlot slot, DataKeyRing ring) {
        creates.create(
                ObjectNames.ring(1),
                SealedKeyRing.seal(ring, List.of(slot), keys).object(keys, 1));
    }

    /** The newest ring that a slot opens: an older one if the slot was left out of a rotation. */
    DataKeyRing open(OpenedSlot slot) {
        List<Long> numbers = numbers();
        for (int i = numbers.size() - 1; i >= 0; i--) {
            long number = numbers.get(i);
            try {
                Optional<DataKeyRing> ring = read(number).open(slot, keys);
                if (ring.isPresent()) {
                    return ring.get();
                }
            } catch (SealBrokenException broken) {
                throw damaged(number, broken);
            }
        }
        throw new KeyException(
                ErrorCode.KEY_SLOT,
                "no ring of data keys was sealed for key slot " + slot.slot().name(),
                "Open the repository by another slot, then remove this one and add it again");
    }

    /** Writes the next state, again from the newest one if somebody else was faster. */
    SealedKeyRing change(Change change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Numbered newest = newest();
            SealedKeyRing next;
            try {
                next = change.from(newest.ring());
            } catch (SealBrokenException broken) {
                throw damaged(newest.number(), broken);
            }
            long number = newest.number() + 1;
            if (creates.create(ObjectNames.ring(number), next.object(keys, number)) == CreateOnce.Outcome.OURS) {
                return next;
            }
        }
        throw new RepositoryException(
                ErrorCode.COMMIT_LOST,
                "the ring of data keys was changed by others " + ATTEMPTS + " times in a row",
                "Try again when nobody else changes keys");
    }

    private Numbered newest() {
        List<Long> numbers = numbers();
        if (numbers.isEmpty()) {
            throw missing();
        }
        long newest = numbers.get(numbers.size() - 1);
        return new Numbered(newest, read(newest));
    }

    static RepositoryException missing() {
        return new RepositoryException(
                ErrorCode.REPOSITORY_DAMAGED,
                "the ring of data keys is missing below '" + ObjectNames.RING + "'",
                "Bring the object back: without it nothing that was stored can be read");
    }

    private List<Long> numbers() {
        return StoredBytes.below(store, ObjectNames.RING).stream()
                .map(ObjectNames::number)
                .filter(number -> number.orElse(0) > 0)
                .map(number -> number.orElse(0))
                .toList();
    }

    private SealedKeyRing read(long number) {
        ObjectName name = ObjectNames.ring(number);
        try {
            return SealedKeyRing.read(keys, number, StoredBytes.read(store, name, MAX_BYTES));
        } catch (SealBrokenException broken) {
            throw damaged(number, broken);
        }
    }

    private static RepositoryException damaged(long number, SealBrokenException broken) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_DAMAGED,
                "object '" + ObjectNames.ring(number) + "' does not open: " + broken.getMessage(),
                "Bring the object back: without it nothing that was stored can be read",
                broken);
    }
}
