// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.format.PackRef;
import java.util.List;
import java.util.Objects;

/**
 * What looking at one pack has shown.
 *
 * @param pack the pack
 * @param frames how many frames opened
 * @param blobs how many blobs in them have their ids
 * @param damages what is wrong; empty if nothing is
 */
public record PackFinding(PackRef pack, long frames, long blobs, List<Damage> damages) {

    /** Copies the list. */
    public PackFinding {
        Objects.requireNonNull(pack, "pack");
        damages = List.copyOf(damages);
    }

    /**
     * Whether nothing is wrong.
     *
     * @return true if there is no damage
     */
    public boolean isSound() {
        return damages.isEmpty();
    }

    /**
     * One thing that is wrong with a pack.
     *
     * @param start where in the pack it is, -1 if that cannot be said
     * @param what what is wrong
     * @param lostBlobs the ids of the blobs that cannot be read because of it, as far as they are known
     */
    public record Damage(long start, String what, List<byte[]> lostBlobs) {
        /** Copies the list. */
        public Damage {
            Objects.requireNonNull(what, "what");
            lostBlobs = List.copyOf(lostBlobs);
        }

        static Damage of(String what) {
            return new Damage(-1, what, List.of());
        }
    }
}
