// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.repository.HintFile;
import io.holdfast.source.ResumeHints;
import java.util.Optional;

/**
 * The hints of one item among those of its restore.
 *
 * @param tag the item's mark, which no other item and no other restore has
 * @param all the hints of the restore
 */
record ItemHints(String tag, HintFile all) implements ResumeHints {
    private String key(String what) {
        return tag + " " + what;
    }

    @Override
    public Optional<String> find(String what) {
        return all.find(key(what));
    }

    @Override
    public void keep(String what, String hint) {
        all.keep(key(what), hint);
    }

    @Override
    public void drop(String what) {
        all.drop(key(what));
    }
}
