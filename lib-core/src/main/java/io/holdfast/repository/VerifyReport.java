// SPDX-License-Identifier: Apache-2.0
package io.holdfast.repository;

import java.util.List;
import java.util.Objects;

/**
 * What a verification found.
 *
 * @param level how deep it looked
 * @param objectsChecked how many objects it read
 * @param bytesChecked how many stored bytes it read
 * @param damages what is damaged; empty if the repository is sound
 * @param notes what is odd but harms nothing, such as objects that no record claims
 */
public record VerifyReport(
        VerifyLevel level, long objectsChecked, long bytesChecked, List<Damage> damages, List<String> notes) {

    /** Copies lists. */
    public VerifyReport {
        Objects.requireNonNull(level, "level");
        damages = List.copyOf(damages);
        notes = List.copyOf(notes);
    }

    /**
     * Whether nothing is damaged.
     *
     * @return true if there is no damage
     */
    public boolean sound() {
        return damages.isEmpty();
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
