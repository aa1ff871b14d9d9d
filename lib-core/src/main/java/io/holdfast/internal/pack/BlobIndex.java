// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.run.BlockCache;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the blobs of one dedup scope lie, by the index runs on the store and by the directories of packs that no run names yet.
 *
 * <p>Safe for use by several threads. Nothing is read before the first question. The index is disposable: a run or a loose pack that
 * is missing or damaged is left out with a warning, which costs a writer a duplicate, and a {@link BlobReader} a search of the packs.
 */
public final class BlobIndex implements KnownBlobs {
    private static final Logger LOG = LoggerFactory.getLogger(BlobIndex.class);

    private final BlobScope scope;
    private final IndexRunFiles files;
    private final Supplier<RetiredPacks> retired;
    private final Collection<PackRef> firstLoose;
    private final PackDirectories directories;
    private final BlockCache blocks;
    private final ReentrantLock opening = new ReentrantLock();
    /** Runs that were fetched again once; guarded by the lock. */
    private final Set<IndexRunName> damagedOnce = new HashSet<>();

    /** One object for each pack, however many runs name it; guarded by the lock. */
    private final Map<PackRef, PackRef> packs = new HashMap<>();

    private volatile @Nullable View view;

    /** What is open; replaced as a whole. */
    private record View(List<OpenIndexRun> runs, LooseBlobs loose, Set<PackRef> loosePacks, RetiredPacks retired) {}

    /**
     * An index that opens itself at the first question.
     *
     * @param scope the dedup scope
     * @param files where its runs are kept near
     * @param loose the packs that no index run names, by snapshot and progress records
     * @param retired asked after the runs have been read and before the first answer: what prune has listed by then
     * @param cacheBytes how many bytes of opened index blocks and directories are kept
     */
    public BlobIndex(
            BlobScope scope,
            IndexRunFiles files,
            Collection<PackRef> loose,
            Supplier<RetiredPacks> retired,
            long cacheBytes) {
        this.scope = scope;
        this.files = files;
        this.firstLoose = List.copyOf(loose);
        this.retired = retired;
        this.directories = new PackDirectories(scope.store(), scope.keys(), cacheBytes / 2);
        this.blocks = new BlockCache(cacheBytes / 2);
    }

    @Override
    public boolean isKnown(byte[] id) {
        View now = opened();
        for (OpenIndexRun run : now.runs()) {
            try {
                if (run.isReliable(id)) {
                    return true;
                }
            } catch (RepositoryException damaged) {
                replaceDamaged(run, damaged);
                return isKnown(id);
            }
        }
        for (BlobLocation copy : now.loose().find(id)) {
            if (isReliable(copy.pack(), now.retired())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReliable(PackRef pack, RetiredPacks retired) {
        return !retired.closed().test(pack) && !retired.condemned().test(pack);
    }

    /**
     * All copies of a blob that are not in a closed retire list.
     *
     * @param id 20 bytes
     * @return where they lie; empty if the index knows none
     */
    public List<BlobLocation> lookup(byte[] id) {
        View now = opened();
        List<BlobLocation> found = new ArrayList<>(1);
        for (OpenIndexRun run : now.runs()) {
            try {
                run.find(id, found);
            } catch (RepositoryException damaged) {
                replaceDamaged(run, damaged);
                return lookup(id);
            }
        }
        for (BlobLocation copy : now.loose().find(id)) {
            if (!now.retired().closed().test(copy.pack())) {
                found.add(copy);
            }
        }
        return found;
    }

    /** Opens the index if no question has done so yet. */
    public void open() {
        opened();
    }

    /**
     * Whether a question has opened the index.
     *
     * @return false if nothing of it has been read
     */
    public boolean isOpen() {
        return view != null;
    }

    /** Lists the runs again and opens those that are new, and asks again what prune has listed. */
    public void refresh() {
        opening.lock();
        try {
            View before = view;
            view = before == null ? firstView() : refreshed(before, before.runs());
        } finally {
            opening.unlock();
        }
    }

    /**
     * Adds packs that no run names, by their directories; packs that are known already are passed over.
     *
     * @param added the packs; those of other scopes are left out
     */
    public void addLoose(Collection<PackRef> added) {
        opening.lock();
        try {
            View now = opened();
            Set<PackRef> loosePacks = new HashSet<>(now.loosePacks());
            addLoose(added, now.loose(), loosePacks);
            view = new View(now.runs(), now.loose(), Set.copyOf(loosePacks), now.retired());
        } finally {
            opening.unlock();
        }
    }

    /**
     * The packs that index runs or loose directories cover.
     *
     * @return the packs
     */
    public Set<PackRef> coveredPacks() {
        View now = opened();
        Set<PackRef> covered = new HashSet<>(now.loosePacks());
        now.runs().forEach(run -> covered.addAll(run.packs()));
        return covered;
    }

    PackDirectories directories() {
        return directories;
    }

    private View opened() {
        View now = view;
        if (now != null) {
            return now;
        }
        opening.lock();
        try {
            now = view;
            if (now == null) {
                now = firstView();
                view = now;
            }
            return now;
        } finally {
            opening.unlock();
        }
    }

    private View firstView() {
        LooseBlobs loose = new LooseBlobs();
        Set<PackRef> loosePacks = new HashSet<>();
        addLoose(firstLoose, loose, loosePacks);
        return refreshed(new View(List.of(), loose, Set.copyOf(loosePacks), RetiredPacks.none()), List.of());
    }

    /** Opens the runs that stand on the store, taking over those that are open. */
    private View refreshed(View before, List<OpenIndexRun> keep) {
        List<OpenIndexRun> runs = new ArrayList<>();
        Set<IndexRunName> current = IndexRuns.current(scope.store(), headOrWarn(), scope.name());
        for (IndexRunName name : current) {
            keep.stream()
                    .filter(run -> run.name().equals(name))
                    .findFirst()
                    .or(() -> Optional.ofNullable(openOrWarn(name)))
                    .ifPresent(runs::add);
        }
        files.keepOnly(scope.name(), current);
        // Only now: a list that is written after this names no pack that a lookup of ours has used already.
        RetiredPacks listed = retired.get();
        List<OpenIndexRun> usable =
                runs.stream().map(run -> run.without(listed)).toList();
        return new View(usable, before.loose(), before.loosePacks(), listed);
    }

    private IndexHead headOrWarn() {
        try {
            return new IndexHeads(scope.store(), scope.keys()).newest();
        } catch (HoldfastException trouble) {
            warnUnlessStore("head in", "index/heads", trouble);
            return IndexHead.none();
        }
    }

    private @Nullable OpenIndexRun openOrWarn(IndexRunName name) {
        try {
            return OpenIndexRun.open(name, files, scope.keys(), blocks).sharing(packs);
        } catch (HoldfastException trouble) {
            warnUnlessStore("index run", name.objectName(), trouble);
            return null;
        }
    }

    private void addLoose(Collection<PackRef> added, LooseBlobs loose, Set<PackRef> loosePacks) {
        for (PackRef pack : added) {
            if (!loosePacks.add(pack)) {
                continue;
            }
            try {
                PackDirectory directory = directories.get(pack);
                if (directory.scope().equals(scope.name())) {
                    loose.add(pack, directory);
                }
            } catch (HoldfastException trouble) {
                warnUnlessStore("pack", pack.objectName(), trouble);
            }
        }
    }

    /** Missing and damaged objects are left out; a store that fails is not taken for one that has nothing. */
    private static void warnUnlessStore(String what, String name, HoldfastException trouble) {
        if (trouble.code() != ErrorCode.STORE_OBJECT_MISSING
                && trouble.code() != ErrorCode.REPOSITORY_DAMAGED
                && trouble.code() != ErrorCode.STORE_SHORT_READ) {
            throw trouble;
        }
        LOG.warn("The index does without {} {}: {}", what, name, trouble.getMessage());
    }

    /** Fetches a run again whose bytes turned out to be damaged, or goes on without it if that does not help. */
    private void replaceDamaged(OpenIndexRun damaged, RepositoryException cause) {
        opening.lock();
        try {
            View now = opened();
            if (!now.runs().contains(damaged)) {
                return;
            }
            LOG.warn("Index run {} is damaged here and is fetched again: {}", damaged.name(), cause.getMessage());
            files.discard(damaged.name());
            List<OpenIndexRun> runs = new ArrayList<>(now.runs());
            runs.remove(damaged);
            OpenIndexRun fetched = damagedOnce.add(damaged.name()) ? openOrWarn(damaged.name()) : null;
            if (fetched != null) {
                runs.add(fetched.without(now.retired()));
            }
            view = new View(List.copyOf(runs), now.loose(), now.loosePacks(), now.retired());
        } finally {
            opening.unlock();
        }
    }
}
