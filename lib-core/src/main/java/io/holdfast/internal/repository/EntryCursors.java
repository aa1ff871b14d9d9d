// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.run.RunCursor;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Decodes the entries of a merged cursor one by one: all, or those that are wanted. */
record EntryCursors(RunCursor cursor, @Nullable BiPredicate<FeedId, ItemKey> wanted) implements Manifest.EntryCursor {

    EntryCursors(RunCursor cursor) {
        this(cursor, null);
    }

    @Override
    public @Nullable ManifestEntry next() {
        while (cursor.advance()) {
            if (wanted == null || wanted.test(EntryCodes.feed(cursor), EntryCodes.key(cursor))) {
                return EntryCodes.decode(cursor);
            }
        }
        return null;
    }

    @Override
    public void close() {
        // cursors hold no resources
    }
}
