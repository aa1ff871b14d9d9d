// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.RepositoryException;
import io.holdfast.error.RetryClass;
import io.holdfast.error.StoreException;
import io.holdfast.internal.format.LeaseRecord;
import io.holdfast.internal.format.LeaseRecordCodec;
import io.holdfast.internal.seal.EnvelopeKind;
import io.holdfast.internal.seal.EnvelopeName;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.Protection;
import io.holdfast.store.PutMode;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import java.util.Arrays;
import java.util.Optional;

/** One lease as an object: read with its version, written over just that version where the store can. Safe for use by several threads. */
final class LeaseObject {
    private static final int MAX_BYTES = LeaseRecordCodec.MAX_BYTES + (64 << 10);

    private final UnlockedRepository repository;
    private final String name;
    private final ObjectName object;

    LeaseObject(UnlockedRepository repository, String name) {
        this.repository = repository;
        this.name = name;
        this.object = ObjectNames.lease(name);
    }

    /**
     * What was found.
     *
     * @param bytes the object's bytes; empty if there is none
     * @param version its version where the store has versions; never newer than the bytes
     * @param lease what it says; empty if there is none or it does not open
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they are stored; compared by isSame
    record Found(byte[] bytes, Optional<String> version, Optional<LeaseRecord> lease) {
        boolean isAbsent() {
            return bytes.length == 0;
        }

        boolean isSame(Found other) {
            return Arrays.equals(bytes, other.bytes);
        }

        boolean isReleased() {
            return lease.filter(LeaseRecord::released).isPresent();
        }
    }

    Found read() {
        Optional<ObjectStat> stat = repository.store().stat(object);
        if (stat.isEmpty()) {
            return new Found(new byte[0], Optional.empty(), Optional.empty());
        }
        try {
            byte[] bytes = StoredBytes.read(repository.store(), object, MAX_BYTES);
            return new Found(bytes, stat.get().version(), open(bytes));
        } catch (ObjectMissingException removed) {
            return new Found(new byte[0], Optional.empty(), Optional.empty());
        }
    }

    private Optional<LeaseRecord> open(byte[] bytes) {
        try {
            byte[] body = repository.keys().envelopes().open(place(), bytes).body();
            return Optional.of(LeaseRecordCodec.decode(object.value(), body));
        } catch (SealBrokenException | RepositoryException torn) {
            return Optional.empty();
        }
    }

    /**
     * Writes over what was found.
     *
     * @return false if somebody else wrote meanwhile, as far as the store can tell
     */
    boolean write(LeaseRecord lease, Found over) {
        byte[] bytes = repository.keys().envelopes().seal(place(), new byte[0], LeaseRecordCodec.encode(lease));
        boolean refused = put(bytes, mode(over)) == PutResult.REFUSED;
        // There are services at which no condition ever holds. A lease has a counter, so the same bytes are the same
        // lease: nobody came between.
        if (refused && !over.isAbsent() && isThere(over.bytes())) {
            put(bytes, PutMode.overwrite());
        }
        return isThere(bytes);
    }

    private PutResult put(byte[] bytes, PutMode mode) {
        try {
            return repository.store().put(object, ObjectBody.of(bytes), new PutOptions(mode, Protection.none()));
        } catch (StoreException unclear) {
            if (unclear.retryClass() != RetryClass.UNKNOWN_OUTCOME) {
                throw unclear;
            }
            return PutResult.WRITTEN;
        }
    }

    private boolean isThere(byte[] bytes) {
        return StoredBytes.equal(repository.store(), object, bytes).orElse(false);
    }

    private PutMode mode(Found over) {
        if (over.isAbsent()) {
            return repository.store().capabilities().conditionalCreate() ? PutMode.createOnly() : PutMode.overwrite();
        }
        return repository.store().capabilities().conditionalReplace()
                        && over.version().isPresent()
                ? PutMode.replaceVersion(over.version().get())
                : PutMode.overwrite();
    }

    private EnvelopeName place() {
        return new EnvelopeName(EnvelopeKind.LEASE, name, 0);
    }
}
