// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

/** Refuses entries that the format has no room for. */
final class EntryLimits {
    private EntryLimits() {}

    static void check(EntryView entry, KeyMode mode) {
        int keyLength = entry.keyLength();
        int valueLength = entry.valueLength();
        if (keyLength < 1 || keyLength > RunFormat.MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "key must have 1 to " + RunFormat.MAX_KEY_BYTES + " bytes; got " + keyLength);
        }
        if (valueLength < 0 || valueLength > RunFormat.MAX_VALUE_BYTES) {
            throw new IllegalArgumentException(
                    "value must have 0 to " + RunFormat.MAX_VALUE_BYTES + " bytes; got " + valueLength);
        }
        if (entry.number() < 0) {
            throw new IllegalArgumentException("number must not be negative; got " + entry.number());
        }
        if (entry.tombstone() && (valueLength > 0 || mode == KeyMode.MULTI)) {
            throw new IllegalArgumentException("a tombstone has no value, and stands in runs of unique keys only");
        }
    }
}
