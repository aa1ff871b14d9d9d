// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.run.BlockCache;
import io.holdfast.internal.run.RunCursor;
import io.holdfast.internal.run.RunKind;
import io.holdfast.internal.run.RunMerger;
import io.holdfast.internal.run.RunSettings;
import io.holdfast.internal.run.RunWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Merges the index runs of a dedup scope into few, and publishes the new set; for the holder of the maintenance lease.
 *
 * <p>Not thread-safe. Holds one run that is being written. A damaged run ends the merge with an error and changes nothing. The runs
 * that were replaced stay on the store, and are named as replaced, for readers that have begun with them.
 */
public final class BlobIndexMerger {
    private final BlobScope scope;
    private final IndexRunFiles files;
    private final long runEntries;

    /**
     * A merger that cuts runs at a million entries.
     *
     * @param scope the dedup scope
     * @param files where runs are kept near
     */
    public BlobIndexMerger(BlobScope scope, IndexRunFiles files) {
        this(scope, files, 1 << 20);
    }

    BlobIndexMerger(BlobScope scope, IndexRunFiles files, long runEntries) {
        this.scope = scope;
        this.files = files;
        this.runEntries = runEntries;
    }

    /**
     * Merges all current runs of the scope.
     *
     * @param dropped the packs in closed retire lists, whose entries end here
     * @return the head that was published, or the newest one if there is nothing to merge
     * @throws io.holdfast.error.CommitLostException if another published meanwhile
     */
    public IndexHead merge(Predicate<PackRef> dropped) {
        IndexHeads heads = new IndexHeads(scope.store(), scope.keys());
        IndexHead head = heads.newest();
        List<OpenIndexRun> runs = open(IndexRuns.current(scope.store(), head, scope.name()));
        boolean drops = runs.stream().anyMatch(run -> run.packs().stream().anyMatch(dropped));
        if (runs.isEmpty() || runs.size() == 1 && !drops) {
            return head;
        }
        List<IndexRunName> merged = write(runs, dropped);
        IndexHead next =
                successor(head, merged, runs.stream().map(OpenIndexRun::name).toList());
        heads.publish(next);
        return next;
    }

    private List<OpenIndexRun> open(Set<IndexRunName> names) {
        BlockCache none = new BlockCache(0);
        return names.stream()
                .map(name -> OpenIndexRun.open(name, files, scope.keys(), none))
                .toList();
    }

    private List<IndexRunName> write(List<OpenIndexRun> runs, Predicate<PackRef> dropped) {
        PackTable packs = new PackTable();
        List<RunCursor> cursors = new ArrayList<>();
        for (OpenIndexRun run : runs) {
            int[] ordinals = run.packs().stream()
                    .mapToInt(pack -> dropped.test(pack) ? -1 : packs.ordinal(pack))
                    .toArray();
            cursors.add(new RemappingCursor(run, ordinals));
        }
        RunCursor all = RunMerger.union(cursors);
        byte[] table = packs.encode();
        List<IndexRunName> written = new ArrayList<>();
        boolean more = all.advance();
        while (more) {
            IndexRunSink sink = new IndexRunSink();
            try (RunWriter writer = new RunWriter(sink, scope.keys(), RunSettings.of(RunKind.INDEX))) {
                for (long count = 0; more && count < runEntries; count++) {
                    writer.add(all);
                    more = all.advance();
                }
                written.add(sink.put(scope, writer.finish(table)));
            }
        }
        return written;
    }

    private IndexHead successor(IndexHead head, List<IndexRunName> merged, List<IndexRunName> inputs) {
        List<IndexRunName> current = new ArrayList<>(merged);
        head.current().stream().filter(run -> !run.scope().equals(scope.name())).forEach(current::add);
        Set<IndexRunName> standing = IndexRuns.listed(scope.store(), IndexRunName.PREFIX);
        List<IndexRunName> replaced = new ArrayList<>(inputs);
        head.replaced().stream().filter(standing::contains).forEach(replaced::add);
        return new IndexHead(head.number() + 1, current, replaced);
    }
}
