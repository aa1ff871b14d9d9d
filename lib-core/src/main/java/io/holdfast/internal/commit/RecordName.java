// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.store.ObjectName;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the name of a record says.
 *
 * @param object the whole name
 * @param number the record's number
 * @param hashPrefix the first 16 hexadecimal digits of its hash, where the fork rule holds; else empty
 */
record RecordName(ObjectName object, long number, String hashPrefix) {

    /** Reads a name; empty if it is not one that the mode gives. */
    static Optional<RecordName> parse(String lineage, String rest, boolean conditional) {
        int hyphen = rest.indexOf('-');
        if (conditional != (hyphen < 0)) {
            return Optional.empty();
        }
        OptionalLong number = ObjectNames.number(hyphen < 0 ? rest : rest.substring(0, hyphen));
        String hash = hyphen < 0 ? "" : rest.substring(hyphen + 1);
        if (number.isEmpty() || number.getAsLong() == 0 || !conditional && !isHash(hash)) {
            return Optional.empty();
        }
        return Optional.of(
                new RecordName(new ObjectName(ObjectNames.records(lineage) + rest), number.getAsLong(), hash));
    }

    private static boolean isHash(String text) {
        return text.length() == ObjectNames.HASH_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }
}
