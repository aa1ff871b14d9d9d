// SPDX-License-Identifier: Apache-2.0
package io.holdfast.micrometer;

import java.util.HashSet;
import java.util.Set;

/** Keeps the number of values of one tag small, whatever comes from outside. Safe for use by several threads. */
final class TagValues {
    static final String NONE = "none";
    static final String OTHER = "other";
    static final int MOST = 100;

    private final Set<String> known = new HashSet<>();

    synchronized String of(String value) {
        if (value.isBlank()) {
            return NONE;
        }
        if (known.contains(value) || known.size() < MOST && known.add(value)) {
            return value;
        }
        return OTHER;
    }
}
