// SPDX-License-Identifier: Apache-2.0
package io.holdfast.repository;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/**
 * What a verification found.
 *
 * @param level how deep it looked
 * @param objectsChecked how many objects it read
 * @param bytesChecked how many stored bytes it read
 * @param damages what is damaged; empty if nothing is
 * @param tampered what was laid over objects where the store keeps versions: nothing is lost by it, since readers do not see it, and somebody wrote who
 *     should not have
 * @param notes what is odd but harms nothing, such as objects that no record claims
 */
public record VerifyReport(
        VerifyLevel level,
        long objectsChecked,
        long bytesChecked,
        List<Damage> damages,
        List<Tampering> tampered,
        List<String> notes) {

    /** Copies lists. */
    public VerifyReport {
        Objects.requireNonNull(level, "level");
        damages = List.copyOf(damages);
        tampered = List.copyOf(tampered);
        notes = List.copyOf(notes);
    }

    /**
     * Whether nothing is damaged, and nobody has tampered with anything.
     *
     * @return true if all is as it was written
     */
    public boolean sound() {
        return damages.isEmpty() && tampered.isEmpty();
    }

    /**
     * A later version, or a marker of a deletion, over an object.
     *
     * @param object the name of the object, which is still what it was
     * @param version what the store calls what lies over it
     * @param marker whether it is a marker of a deletion
     * @param written when it was laid there, by the clock of the store
     */
    public record Tampering(String object, String version, boolean marker, Instant written) {
        /** Checks for null. */
        public Tampering {
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(written, "written");
        }

        /**
         * What was done, for messages.
         *
         * @return a part of a sentence
         */
        public String what() {
            return (marker ? "a marker of a deletion" : "another version") + " was laid over it at "
                    + written.truncatedTo(ChronoUnit.SECONDS) + " (version " + version
                    + "); what stands below is unchanged";
        }
    }

    /**
     * One damaged or missing object and what depends on it.
     *
     * @param object the name of the object
     * @param what what is wrong with it
     * @param items the items that cannot be restored whole because of it
     */
    public record Damage(String object, String what, List<DamagedItem> items) {
        /** Copies the list. */
        public Damage {
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(what, "what");
            items = List.copyOf(items);
        }
    }

    /**
     * An item that cannot be restored whole.
     *
     * @param source the source
     * @param snapshot the number of the newest snapshot that is concerned
     * @param resource the resource
     * @param key the item
     */
    public record DamagedItem(String source, long snapshot, String resource, String key) {}
}
