// SPDX-License-Identifier: Apache-2.0
package io.holdfast.manifest;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads two manifests beside each other and gives what differs; for one thread. */
final class MergedDifferences implements Manifest.DifferenceCursor {
    private final Manifest.EntryCursor older;
    private final Manifest.EntryCursor newer;
    private @Nullable ManifestEntry before;
    private @Nullable ManifestEntry after;

    MergedDifferences(Manifest older, Manifest newer) {
        this.older = older.range(Optional.empty());
        this.newer = newer.range(Optional.empty());
        this.before = this.older.next();
        this.after = this.newer.next();
    }

    @Override
    public Manifest.@Nullable Difference next() {
        while (before != null || after != null) {
            int order = order(before, after);
            ManifestEntry left = order <= 0 ? before : null;
            ManifestEntry right = order >= 0 ? after : null;
            before = order <= 0 ? older.next() : before;
            after = order >= 0 ? newer.next() : after;
            if (left == null || right == null || !left.isSameItem(right)) {
                return new Manifest.Difference(Optional.ofNullable(left), Optional.ofNullable(right));
            }
        }
        return null;
    }

    private static int order(@Nullable ManifestEntry left, @Nullable ManifestEntry right) {
        if (left == null || right == null) {
            return left == null ? 1 : -1;
        }
        return ManifestOrder.COMPARATOR.compare(ManifestOrder.position(left), ManifestOrder.position(right));
    }

    @Override
    public void close() {
        older.close();
        newer.close();
    }
}
