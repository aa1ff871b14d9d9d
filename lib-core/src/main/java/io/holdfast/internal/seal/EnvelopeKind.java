// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import org.jspecify.annotations.Nullable;

/** What an enveloped object is. The code stands in the object; the label is a part of its key's derivation. Neither ever changes. */
public enum EnvelopeKind {
    /** The record of a snapshot or a fence. */
    RECORD(1, "record"),
    /** A resume point of a session that has not committed. */
    PROGRESS(2, "progress"),
    /** A lease. */
    LEASE(3, "lease"),
    /** A numbered set of current index runs. */
    INDEX_HEAD(4, "index-head"),
    /** The ring of data keys. */
    KEY_RING(5, "key-ring"),
    /** A retire list. */
    RETIRE_LIST(6, "retire-list"),
    /** The mark that a retire list is being closed. */
    RETIRE_CLOSING(7, "retire-closing"),
    /** A closed retire list. */
    RETIRE_CLOSED(8, "retire-closed"),
    /** A legal hold, added or released. */
    HOLD(9, "hold"),
    /** A link of the chain of destructive acts. */
    AUDIT(10, "audit"),
    /** The shards of a source. */
    SHARD_MAP(11, "shard-map"),
    /** What the rerun of a restore goes on from; in a cache folder, never on a store. */
    RESUME_HINTS(12, "resume-hints");

    private final int code;
    private final String label;

    EnvelopeKind(int code, String label) {
        this.code = code;
        this.label = label;
    }

    int code() {
        return code;
    }

    String label() {
        return label;
    }

    static @Nullable EnvelopeKind ofCode(int code) {
        for (EnvelopeKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }
}
