// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import java.util.Objects;

/**
 * What a source has learned of its service, in a form of its own: it rides in the snapshot record from one session to the next. Losing it costs learning,
 * never data. It holds nothing that people wrote or named.
 *
 * <p>Immutable.
 */
public final class Observations {
    /** How many bytes there may be. */
    public static final int MOST_BYTES = 64 << 10;

    private static final Observations NONE = new Observations(new byte[0]);

    private final byte[] form;

    private Observations(byte[] form) {
        this.form = form;
    }

    /**
     * Nothing learned yet.
     *
     * @return the same for everybody
     */
    public static Observations none() {
        return NONE;
    }

    /**
     * Observations in a form of the source's own.
     *
     * @param form at most {@value #MOST_BYTES} bytes; copied
     * @return the observations
     */
    public static Observations of(byte[] form) {
        Objects.requireNonNull(form, "form");
        if (form.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "observations of " + form.length + " bytes; allowed are " + MOST_BYTES + ": forget the oldest");
        }
        return new Observations(form.clone());
    }

    /**
     * The form.
     *
     * @return a copy
     */
    public byte[] form() {
        return form.clone();
    }

    @Override
    public String toString() {
        return form.length + " bytes of observations";
    }
}
