// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Up to a thousand changes of a walk; the cursor is the key of the last one. */
final class TreePage implements ChangePage {
    private static final int PAGE = 1000;

    private final DirectorySource source;
    private final TreeWalk walk;
    private final String fingerprint;
    private int told;
    private boolean over;

    TreePage(DirectorySource source, TreeWalk walk, String fingerprint) {
        this.source = source;
        this.walk = walk;
        this.fingerprint = fingerprint;
    }

    @Override
    public @Nullable Change next() {
        if (over || told == PAGE) {
            return null;
        }
        try {
            Change change = walk.next();
            told++;
            over = change == null;
            return change;
        } catch (IOException e) {
            throw FileTroubles.failure(e);
        }
    }

    @Override
    public End end() {
        if (over) {
            return new CaughtUp(new Cursor(Items.ROOT, fingerprint), true);
        }
        if (told < PAGE) {
            throw new IllegalStateException("the page has changes left");
        }
        source.keep(walk);
        return new More(new Cursor(walk.position(), fingerprint));
    }

    @Override
    public void close() {
        // a walk keeps no folder open between two changes
    }
}
