// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;

/**
 * An object whose name is the hash of its bytes: whatever stands there already is the same one, and one that was put by a call of unknown
 * outcome does no harm.
 */
public final class HashNamedObject {
    private HashNamedObject() {}

    /**
     * Puts an object.
     *
     * @param store where to
     * @param name its name, which holds the hash of its bytes
     * @param body its bytes
     * @return whether it was written, or stands there already
     * @throws StoreException if it may not be there; why the last try failed, even if the outcome of an earlier one is not known
     */
    public static PutResult put(ObjectStore store, ObjectName name, ObjectBody body) {
        boolean conditional = store.capabilities().conditionalCreate();
        try {
            return store.put(name, body, conditional ? PutOptions.createOnly() : PutOptions.overwrite());
        } catch (StoreException unclear) {
            if (unclear.code() == ErrorCode.STORE_OUTCOME_UNKNOWN && unclear.getCause() instanceof StoreException why) {
                throw why;
            }
            throw unclear;
        }
    }
}
