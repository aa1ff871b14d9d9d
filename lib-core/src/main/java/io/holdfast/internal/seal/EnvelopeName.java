// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

/**
 * The place of an envelope, to which it is sealed: a copy under another name does not open.
 *
 * @param kind what the object is
 * @param lineage the keyed name of its lineage, or another name without personal data; empty if there is none; at most 200
 *     characters of printable ASCII
 * @param number its number, 0 if it has none
 */
public record EnvelopeName(EnvelopeKind kind, String lineage, long number) {
    private static final int MAX_LINEAGE = 200;

    /** Checks the parts. */
    public EnvelopeName {
        if (lineage.length() > MAX_LINEAGE || !lineage.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "lineage \"" + lineage + "\" is not 0 to " + MAX_LINEAGE + " characters of printable ASCII");
        }
        if (number < 0) {
            throw new IllegalArgumentException("number " + number + " is negative");
        }
    }

    /**
     * The place of an object that belongs to no lineage.
     *
     * @param kind what the object is
     * @param number its number
     * @return the place
     */
    public static EnvelopeName of(EnvelopeKind kind, long number) {
        return new EnvelopeName(kind, "", number);
    }
}
