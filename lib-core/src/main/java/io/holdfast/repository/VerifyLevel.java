// SPDX-License-Identifier: Apache-2.0
package io.holdfast.repository;

/** How deep a verification looks; each level includes those before it. */
public enum VerifyLevel {
    /** Names, hashes and framing of all objects, and absence by the plain fronts of the records; needs no key. */
    KEYLESS,
    /** Seals, records, runs, digests, index and sizes. */
    STRUCTURE,
    /**
     * Every frame, or a sample: blob ids, and the hash of every part of every item as it is put together from them. Contents of several
     * blobs are fetched twice for it: in their order, and with the pack that holds them.
     */
    CONTENT,
    /** A restore of the newest snapshots into nothing, compared with the hashes. */
    REHEARSAL
}
