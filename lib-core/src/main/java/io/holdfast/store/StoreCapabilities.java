// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

/**
 * What a store claims to be able to do; the engine proves what it relies on.
 *
 * @param conditionalCreate put only if absent is atomic among all writers
 * @param conditionalReplace put only over a given version is atomic among all writers
 * @param retention objects can be protected until a date
 * @param legalHold objects can be held without a date
 * @param versions older versions of objects can be listed and read
 * @param listsAfterWrite a listing shows every object whose put has returned
 */
public record StoreCapabilities(
        boolean conditionalCreate,
        boolean conditionalReplace,
        boolean retention,
        boolean legalHold,
        boolean versions,
        boolean listsAfterWrite) {

    /**
     * The least that a store must be able to do: whole objects under unique names, and listings that show them.
     *
     * @return capabilities without any condition, protection or version
     */
    public static StoreCapabilities basic() {
        return new StoreCapabilities(false, false, false, false, false, true);
    }

    /**
     * These capabilities with another answer about conditional creates.
     *
     * @param able whether put only if absent is atomic
     * @return a copy
     */
    public StoreCapabilities withConditionalCreate(boolean able) {
        return new StoreCapabilities(able, conditionalReplace, retention, legalHold, versions, listsAfterWrite);
    }

    /**
     * These capabilities with another answer about conditional replaces.
     *
     * @param able whether put only over a given version is atomic
     * @return a copy
     */
    public StoreCapabilities withConditionalReplace(boolean able) {
        return new StoreCapabilities(conditionalCreate, able, retention, legalHold, versions, listsAfterWrite);
    }

    /**
     * These capabilities with another answer about retention.
     *
     * @param able whether objects can be protected until a date
     * @return a copy
     */
    public StoreCapabilities withRetention(boolean able) {
        return new StoreCapabilities(conditionalCreate, conditionalReplace, able, legalHold, versions, listsAfterWrite);
    }

    /**
     * These capabilities with another answer about legal holds.
     *
     * @param able whether objects can be held without a date
     * @return a copy
     */
    public StoreCapabilities withLegalHold(boolean able) {
        return new StoreCapabilities(conditionalCreate, conditionalReplace, retention, able, versions, listsAfterWrite);
    }
}
