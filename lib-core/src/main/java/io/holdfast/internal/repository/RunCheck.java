// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.run.RunReader;
import io.holdfast.store.ByteRange;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks runs by what names them: their bytes, and all that is in them; each once. For one thread. */
final class RunCheck {
    private final RunShelf shelf;
    private final Inventory inventory;
    private final Findings findings;
    private final Map<RunRef, Boolean> checked = new HashMap<>();

    RunCheck(RunShelf shelf, Inventory inventory, Findings findings) {
        this.shelf = shelf;
        this.inventory = inventory;
        this.findings = findings;
    }

    /** Those of some runs that are damaged. */
    List<RunRef> damaged(List<RunRef> runs) {
        return runs.stream().filter(run -> !isSound(run)).toList();
    }

    private boolean isSound(RunRef run) {
        Boolean known = checked.get(run);
        if (known == null) {
            known = findings.sound(run.object(), () -> check(run));
            checked.put(run, known);
        }
        return known;
    }

    private void check(RunRef run) {
        Long length = inventory.lengths().get(run.object());
        if (length == null) {
            throw RunShelf.damaged(run, "it is missing");
        }
        if (length < run.offset() + run.length()) {
            throw RunShelf.damaged(run, "it has " + length + " bytes, and so not all of the " + run);
        }
        byte[] sha256 = inventory
                .hash(run.object(), ByteRange.of(run.offset(), run.length()), 0)
                .sha256();
        if (!Arrays.equals(sha256, run.sha256())) {
            throw RunShelf.damaged(run, "the bytes of the " + run + " are not those that were written");
        }
        RunReader reader = shelf.open(run);
        reader.verify();
        boolean same = reader.entries() == run.entries()
                && reader.highestNumber() == run.highestNumber()
                && Arrays.equals(reader.firstKey(), run.firstKey())
                && Arrays.equals(reader.lastKey(), run.lastKey());
        if (!same) {
            throw RunShelf.damaged(run, "it holds other entries than the record that names it says");
        }
    }
}
