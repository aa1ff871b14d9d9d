// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.seal.EnvelopeName;
import io.holdfast.internal.seal.OpenedEnvelope;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.store.ObjectName;

/** Opens envelopes that came from the store, with errors that name the object. Stateless. */
final class Envelopes {
    private Envelopes() {}

    static OpenedEnvelope open(RepositoryKeys keys, EnvelopeName place, ObjectName object, byte[] bytes) {
        try {
            return keys.envelopes().open(place, bytes);
        } catch (SealBrokenException broken) {
            throw new RepositoryException(
                    ErrorCode.REPOSITORY_DAMAGED,
                    "object '" + object + "' does not open: " + broken.getMessage(),
                    "Run verify to learn what else is damaged",
                    broken);
        }
    }
}
