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
        boolean listsAfterWrite) {}
