// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import io.holdfast.error.RepositoryException;
import java.util.Arrays;

/** Reads a whole run and compares it with what its tail says. */
final class RunVerifier {
    private final RunReader reader;
    private final RunTail tail;
    private long entries;
    private long tombstones;
    private int filterPart;
    private int filterKeys;

    RunVerifier(RunReader reader) {
        this.reader = reader;
        this.tail = reader.tail();
    }

    void verify() {
        reader.checkHeader();
        BlockCursor cursor = null;
        for (int block = 0; block < tail.blocks().size(); block++) {
            RunBlock opened = reader.block(block, false);
            if (cursor == null) {
                cursor = new BlockCursor(reader.mode(), opened);
            } else {
                cursor.enter(opened);
            }
            cursor.checkFirstKey(tail.blocks());
            walk(cursor);
        }
        if (entries != tail.entries() || tombstones != tail.tombstones()) {
            throw damaged(
                    "the tail",
                    "it counts " + tail.entries() + " entries and " + tail.tombstones() + " tombstones; there are "
                            + entries + " and " + tombstones);
        }
        if (cursor != null && !RunReader.matches(cursor, tail.lastKey())) {
            throw damaged("the tail", "its last key is not the last entry's");
        }
        checkFilterEnd();
    }

    private void walk(BlockCursor cursor) {
        long highest = 0;
        byte[] previous = new byte[0];
        while (cursor.next()) {
            entries++;
            tombstones += cursor.tombstone() ? 1 : 0;
            highest = Math.max(highest, cursor.number());
            if (tail.filters().size() > 0) {
                byte[] key = Arrays.copyOf(cursor.keyBytes(), cursor.keyLength());
                checkFilter(key, !Arrays.equals(key, previous));
                previous = key;
            }
        }
        if (highest != cursor.block().highestNumber) {
            throw cursor.block().damaged("its highest number is " + highest + ", not what the tail says");
        }
    }

    private void checkFilter(byte[] key, boolean newInBlock) {
        int part = tail.filters().partFor(key, 0, key.length);
        if (part < 0 || !reader.filterAccepts(part, key)) {
            throw damaged("filter part " + part, "it refuses a key of the run");
        }
        if (part != filterPart) {
            checkFilterEnd();
            filterPart = part;
            filterKeys = 0;
        }
        filterKeys += newInBlock ? 1 : 0;
    }

    private void checkFilterEnd() {
        if (filterPart < tail.filters().size()) {
            // Keys that go on in the next block are counted once for each block.
            int said = tail.filters().parts[filterPart].keys();
            if (filterKeys < said) {
                throw damaged("filter part " + filterPart, "it counts " + said + " keys; there are " + filterKeys);
            }
        }
    }

    private RepositoryException damaged(String place, String what) {
        return RunDamage.in(reader.name(), place, what);
    }
}
