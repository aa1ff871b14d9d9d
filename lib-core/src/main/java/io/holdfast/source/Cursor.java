// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import java.util.Objects;

/**
 * A place in a feed as the service gave it: opaque to the engine, which alone keeps it.
 *
 * @param value the cursor, at most 64 KiB of text
 * @param fingerprint what the set and meaning of the feed's results depend on; a cursor of another fingerprint is not used
 */
public record Cursor(String value, String fingerprint) {

    /** The longest permitted cursor, in characters. */
    public static final int MAX_LENGTH = 65536;

    /** Checks the length. */
    public Cursor {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(fingerprint, "fingerprint");
        if (value.length() > MAX_LENGTH || fingerprint.length() > 256) {
            throw new IllegalArgumentException("cursor has " + value.length() + " characters and its fingerprint "
                    + fingerprint.length() + "; allowed are " + MAX_LENGTH + " and 256");
        }
    }

    /** Never the value: cursors of some services carry names. */
    @Override
    public String toString() {
        return "Cursor[" + value.length() + " characters]";
    }
}
