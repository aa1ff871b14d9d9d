// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.notes;

import io.holdfast.source.Cursor;

/**
 * What a cursor of this connector says; to the engine it is mere text.
 *
 * @param life which life of the journal it is a place in
 * @param at the place, in bytes from the start
 * @param whole whether the pass that it is in the middle of began at the start, and so names everything
 */
record Place(String life, long at, boolean whole) {
    /** Changes when a cursor of an older version of this connector would mean something else. */
    static final String MEANING = "journal-1";

    static Place of(Cursor cursor) {
        String[] fields = cursor.value().split(" ", 3);
        return new Place(fields[2], Long.parseLong(fields[0]), fields[1].equals("whole"));
    }

    Cursor cursor() {
        return new Cursor(at + (whole ? " whole " : " since ") + life, MEANING);
    }
}
