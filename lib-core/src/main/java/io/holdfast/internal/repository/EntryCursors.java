// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.run.RunCursor;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestEntry;
import org.jspecify.annotations.Nullable;

/** Decodes the entries of a merged cursor one by one. */
record EntryCursors(RunCursor cursor) implements Manifest.EntryCursor {

    @Override
    public @Nullable ManifestEntry next() {
        return cursor.advance() ? EntryCodes.decode(cursor) : null;
    }

    @Override
    public void close() {
        // cursors hold no resources
    }
}
