// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.RepositoryBusyException;
import io.holdfast.error.RepositoryException;
import io.holdfast.error.SessionException;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.format.RetireList;
import io.holdfast.internal.format.RetireListCodec;
import io.holdfast.internal.seal.EnvelopeKind;
import io.holdfast.internal.seal.EnvelopeName;
import io.holdfast.store.ObjectName;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The retire lists of a repository: what prune condemned, is about to delete, and has deleted (FORMAT.md, "Retire lists").
 *
 * <p>Safe for use by several threads. It tells what it read last; {@link #refresh()} reads anew. A session refreshes after it has loaded the index
 * and before its first lookup, keeps {@link #newest()} as its {@code seen}, and uses no blob of {@link #listedPacks()}.
 */
public final class RetireLists {
    private static final String CLOSING = ".closing";
    private static final String CLOSED = ".closed";
    private static final Duration POLL = Duration.ofSeconds(5);

    private final UnlockedRepository repository;
    private volatile RetireView view;

    private RetireLists(UnlockedRepository repository) {
        this.repository = repository;
        this.view = RetireView.empty();
    }

    /**
     * Reads the lists.
     *
     * @param repository the repository
     * @return its lists as they are now
     */
    public static RetireLists read(UnlockedRepository repository) {
        RetireLists lists = new RetireLists(repository);
        lists.refresh();
        return lists;
    }

    /**
     * Lists packs that writers are not to use from now on, in a list of their own that a later prune may close.
     *
     * @param packs the packs; those that are listed already are left out
     * @return how many were not listed before
     * @throws RepositoryException with {@code COMMIT_LOST} if a prune took the number meanwhile
     */
    public int condemn(Collection<PackRef> packs) {
        refresh();
        Set<PackRef> listed = listedPacks();
        List<PackRef> fresh =
                packs.stream().filter(pack -> !listed.contains(pack)).toList();
        if (fresh.isEmpty()) {
            return 0;
        }
        RetireList list = new RetireList(newest() + 1, fresh, Map.of(), Map.of());
        byte[] bytes = repository
                .keys()
                .envelopes()
                .seal(
                        EnvelopeName.of(EnvelopeKind.RETIRE_LIST, list.number()),
                        new byte[0],
                        RetireListCodec.encode(list));
        ObjectName name = new ObjectName(ObjectNames.RETIRED + ObjectNames.digits(list.number()));
        CreateOnce creates = CreateOnce.conditional(repository.store());
        if (creates.create(name, bytes) == CreateOnce.Outcome.TAKEN) {
            throw new RepositoryException(
                    ErrorCode.COMMIT_LOST,
                    "retire list " + list.number() + " was written by another",
                    "Run the repair again when no prune is running");
        }
        refresh();
        return fresh.size();
    }

    /** Reads what came since; lists never change, so each is read once. One listing, and one read for each new list. */
    public void refresh() {
        RetireView before = view;
        SortedMap<Long, RetireList> open = new TreeMap<>();
        SortedMap<Long, RetireList> closed = new TreeMap<>();
        Set<Long> closing = new HashSet<>();
        for (String name : StoredBytes.below(repository.store(), ObjectNames.RETIRED)) {
            int dot = name.indexOf('.');
            String stage = dot < 0 ? "" : name.substring(dot);
            OptionalLong number = ObjectNames.number(dot < 0 ? name : name.substring(0, dot));
            if (number.isEmpty() || number.getAsLong() == 0) {
                continue;
            }
            long g = number.getAsLong();
            if (stage.isEmpty()) {
                find(g, "", EnvelopeKind.RETIRE_LIST, before.open()).ifPresent(list -> open.put(g, list));
            } else if (stage.equals(CLOSED)) {
                find(g, CLOSED, EnvelopeKind.RETIRE_CLOSED, before.closed()).ifPresent(list -> closed.put(g, list));
            } else if (stage.equals(CLOSING)) {
                closing.add(g);
            }
        }
        closed.keySet().forEach(open::remove);
        view = new RetireView(open, closed, closing);
    }

    /** A list that vanishes between listing and reading was cleared away by prune, since no index run names its packs any more. */
    private Optional<RetireList> find(long number, String stage, EnvelopeKind kind, Map<Long, RetireList> known) {
        RetireList before = known.get(number);
        if (before != null) {
            return Optional.of(before);
        }
        ObjectName name = new ObjectName(ObjectNames.RETIRED + ObjectNames.digits(number) + stage);
        try {
            byte[] bytes = StoredBytes.read(repository.store(), name, RetireListCodec.MAX_BYTES);
            byte[] body = Envelopes.open(repository.keys(), EnvelopeName.of(kind, number), name, bytes)
                    .body();
            RetireList list = RetireListCodec.decode(name.value(), body);
            if (list.number() != number) {
                throw new RepositoryException(
                        ErrorCode.REPOSITORY_DAMAGED,
                        "object '" + name + "' holds the retire list " + list.number(),
                        "Run verify to learn what else is damaged");
            }
            return Optional.of(list);
        } catch (ObjectMissingException cleared) {
            return Optional.empty();
        }
    }

    /**
     * The newest retire number.
     *
     * @return the highest number of any list, 0 if there is none
     */
    public long newest() {
        return view.newest();
    }

    /**
     * The packs that writers do not use.
     *
     * @return the packs of all lists
     */
    public Set<PackRef> listedPacks() {
        return view.listedPacks();
    }

    /**
     * The packs that are gone: index entries that name them are dead.
     *
     * @return the packs of the closed lists
     */
    public Set<PackRef> closedPacks() {
        return view.closedPacks();
    }

    /**
     * Whether a prune above a number is between its {@code .closing} and its {@code .closed}; reads anew.
     *
     * @param seen the number
     * @return true if it is not certain yet what that prune counts
     */
    public boolean closingAbove(long seen) {
        refresh();
        return view.isClosingAbove(seen);
    }

    /**
     * Waits until no prune above a number is being closed.
     *
     * @param seen what a record had seen that a session wants to build on
     * @param patience how long to wait
     * @throws RepositoryBusyException if a list stays half closed
     */
    public void awaitClosed(long seen, Duration patience) {
        Duration waited = Duration.ZERO;
        while (closingAbove(seen)) {
            if (waited.compareTo(patience) >= 0) {
                throw new RepositoryBusyException(
                        ErrorCode.REPOSITORY_BUSY,
                        "a prune is deleting what record states before retire list " + newest() + " may need; waited "
                                + waited.toSeconds() + " s for it",
                        "Wait until the prune has ended, or run prune again to finish it");
            }
            pause();
            waited = waited.plus(POLL);
        }
    }

    private void pause() {
        try {
            repository.runtime().time().sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SessionException(
                    ErrorCode.SESSION_INTERRUPTED, "interrupted while waiting for a prune", "Run the session again", e);
        }
    }

    RetireView view() {
        return view;
    }
}
