// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.util.Optional;

/** What a run holds: the code stands in its header, the label is a part of its key's derivation (FORMAT.md, Sorted runs). */
public enum RunKind {
    /** The items of one resource. */
    MANIFEST(1, "manifest-run", KeyMode.UNIQUE),
    /** The resources of one tenant. */
    TENANT_TABLE(2, "tenant-table-run", KeyMode.UNIQUE),
    /** Where blobs lie. */
    INDEX(3, "index-run", KeyMode.MULTI),
    /** The items that failed, and what is known about them. */
    LEDGER(4, "ledger-run", KeyMode.UNIQUE),
    /** The keys that an enumeration in progress has seen. */
    KEYS_SEEN(5, "keys-seen-run", KeyMode.UNIQUE),
    /** Until when which object is locked. */
    CLAIMS(6, "claims-run", KeyMode.UNIQUE);

    private final int code;
    private final String label;
    private final KeyMode mode;

    RunKind(int code, String label, KeyMode mode) {
        this.code = code;
        this.label = label;
        this.mode = mode;
    }

    /**
     * The code in the header.
     *
     * @return 1 to 255, never given another meaning
     */
    public int code() {
        return code;
    }

    /**
     * The label that the run's key is derived with.
     *
     * @return lower-case letters and hyphens
     */
    public String label() {
        return label;
    }

    /**
     * Whether a key may occur more than once.
     *
     * @return the mode
     */
    public KeyMode mode() {
        return mode;
    }

    /**
     * The kind with a label.
     *
     * @param label such as {@code manifest-run}
     * @return the kind
     * @throws IllegalArgumentException if no kind has the label
     */
    public static RunKind ofLabel(String label) {
        for (RunKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of run is labelled '" + label + "'");
    }

    static Optional<RunKind> of(int code) {
        for (RunKind kind : values()) {
            if (kind.code == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
