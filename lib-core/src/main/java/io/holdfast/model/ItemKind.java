// SPDX-License-Identifier: Apache-2.0
package io.holdfast.model;

import java.util.Objects;

/**
 * What an item is, such as a message, a file or a folder.
 *
 * <p>Kinds are open: a connector names its own. A container kind holds other items and sorts before them in a manifest.
 *
 * @param name lower-case letters, digits and hyphens, 1 to 40 characters
 * @param container whether items of this kind contain other items
 */
public record ItemKind(String name, boolean container) {

    /** Checks the name. */
    public ItemKind {
        Objects.requireNonNull(name, "name");
        if (!isValid(name)) {
            throw new IllegalArgumentException(
                    "item kind '" + name + "' is not 1 to 40 lower-case letters, digits or hyphens");
        }
    }

    /**
     * A kind that holds other items.
     *
     * @param name the kind's name
     * @return the kind
     */
    public static ItemKind container(String name) {
        return new ItemKind(name, true);
    }

    /**
     * A kind that holds no other items.
     *
     * @param name the kind's name
     * @return the kind
     */
    public static ItemKind leaf(String name) {
        return new ItemKind(name, false);
    }

    private static boolean isValid(String name) {
        return !name.isEmpty()
                && name.length() <= 40
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    @Override
    public String toString() {
        return name;
    }
}
