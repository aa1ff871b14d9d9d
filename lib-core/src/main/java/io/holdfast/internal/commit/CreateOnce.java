// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.error.CommitOutcomeUnknownException;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.RetryClass;
import io.holdfast.error.StoreException;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates an object once, and finds out what became of it when the store does not say.
 *
 * <p>After an unclear answer only the very same bytes are put again under the name: another put, late or repeated, then changes nothing.
 * Safe for use by several threads.
 */
final class CreateOnce {
    private static final int ATTEMPTS = 3;

    private final ObjectStore store;
    private final PutOptions options;

    private CreateOnce(ObjectStore store, PutOptions options) {
        this.store = store;
        this.options = options;
    }

    /** Whose object stands there afterwards. */
    enum Outcome {
        /** The one that was to be created. */
        OURS,
        /** Another. */
        TAKEN
    }

    /** For numbers that only one may take; needs a store that creates only if absent. */
    static CreateOnce conditional(ObjectStore store) {
        return new CreateOnce(store, PutOptions.createOnly());
    }

    /** For names that nobody else writes, since they hold a hash of the bytes or because a claim keeps others away. */
    static CreateOnce unconditional(ObjectStore store) {
        return new CreateOnce(store, PutOptions.overwrite());
    }

    /**
     * Creates an object.
     *
     * @param name where
     * @param bytes what
     * @return whose object stands there
     * @throws CommitOutcomeUnknownException if the object may or may not have been created
     * @throws HoldfastException if it was certainly not created
     */
    Outcome create(ObjectName name, byte[] bytes) {
        @Nullable StoreException unclear = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                if (store.put(name, ObjectBody.of(bytes), options) == PutResult.WRITTEN) {
                    return Outcome.OURS;
                }
                return look(name, bytes, unclear).orElse(Outcome.TAKEN);
            } catch (StoreException failed) {
                if (failed.retryClass() != RetryClass.UNKNOWN_OUTCOME && unclear == null) {
                    throw failed;
                }
                unclear = failed;
            }
            Optional<Outcome> found = look(name, bytes, unclear);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw unknown(name, unclear);
    }

    /** Who stands there; empty if nobody does. A refusal may be the answer to our own earlier put, repeated on its way to the store. */
    private Optional<Outcome> look(ObjectName name, byte[] bytes, @Nullable StoreException unclear) {
        try {
            return StoredBytes.equal(store, name, bytes).map(same -> same ? Outcome.OURS : Outcome.TAKEN);
        } catch (HoldfastException unreadable) {
            if (unclear != null) {
                unreadable.addSuppressed(unclear);
            }
            throw unknown(name, unreadable);
        }
    }

    private static CommitOutcomeUnknownException unknown(ObjectName name, @Nullable HoldfastException cause) {
        return new CommitOutcomeUnknownException(
                ErrorCode.COMMIT_OUTCOME_UNKNOWN,
                "it is not known whether object '" + name + "' was created",
                "Run the session again: it looks before it writes, and what was stored is kept",
                cause);
    }
}
