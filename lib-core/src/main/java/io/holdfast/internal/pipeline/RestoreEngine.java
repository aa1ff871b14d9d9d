// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.RepositoryException;
import io.holdfast.error.TargetException;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.repository.HintFile;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.observe.SessionEvent;
import io.holdfast.repository.StoredItem;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.retry.Retrier;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.ResumeHints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one restore: reads the items of a snapshot and puts them into a target, containers first.
 *
 * <p>Used once, by one thread. Items are put beside one another; one that fails is reported and stops nothing.
 */
public final class RestoreEngine {
    /** Longer waits put a resource aside; shorter ones are an item's own affair. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final RestorePlan plan;
    private final RestoreTarget target;
    private final StopSwitch stop;
    private final EventQueue events;
    private final RestoreQueue queue;
    private final Retrier retrier;
    private final Optional<HintFile> hints;
    private final List<String> unreadable = new ArrayList<>();
    private final Map<ResourceId, PutAside> aside = new ConcurrentHashMap<>();
    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private long toldNanos;
    private long startedNanos;

    /**
     * Prepares a restore.
     *
     * @param plan what it is made of
     * @param target where it goes, which the caller closes
     * @param stop the wish to stop
     */
    public RestoreEngine(RestorePlan plan, RestoreTarget target, StopSwitch stop) {
        this.plan = plan;
        this.target = target;
        this.stop = stop;
        this.events = new EventQueue(plan.listener(), plan.runtime().background());
        this.queue = new RestoreQueue(
                plan.runtime().workers(),
                plan.runtime().mayLackThreads(),
                plan.runtime().parallelism(),
                target.putsInARow(),
                this::putUnlessStopped);
        this.retrier =
                new Retrier(plan.policy(), plan.runtime().time(), plan.runtime().randomness());
        this.hints = plan.repository().hints(plan.settings().restoreId());
    }

    /** What became of one item. */
    public enum Result {
        /** It was created or written. */
        RESTORED,
        /** This restore had created it before. */
        ALREADY_THERE,
        /** Something else stands there, and was left. */
        SKIPPED,
        /** It could not be restored. */
        FAILED
    }

    /**
     * How a restore ended.
     *
     * @param stopped whether it was asked to stop
     * @param duration how long it took
     * @param unreadable the resources whose items could not be listed, with why
     * @param putAside the resources for which the target asked to wait too long, with why
     * @param remarks what was left out of items that are there
     */
    public record Ended(
            boolean stopped, Duration duration, List<String> unreadable, List<String> putAside, List<String> remarks) {
        /** Copies the lists. */
        public Ended {
            unreadable = List.copyOf(unreadable);
            putAside = List.copyOf(putAside);
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * Names a restore by its parts, so that the rerun of a broken one is recognised.
     *
     * @param parts what makes it this restore
     * @return 32 hexadecimal digits
     */
    public static String idOf(byte[] parts) {
        return HexFormat.of().formatHex(Sha256.of(parts), 0, 16);
    }

    /**
     * Runs the restore.
     *
     * @return how it ended
     */
    public Ended run() {
        startedNanos = plan.runtime().time().nanos();
        toldNanos = startedNanos;
        boolean stopped = false;
        try {
            for (ResourceState state : plan.repository().states(plan.snapshot())) {
                if (plan.resources().test(state.resource())) {
                    restoreOrTell(state);
                }
            }
            proceed();
            if (!plan.dryRun()) {
                GuardedSource.guarded(() -> {
                    target.finish();
                    return Boolean.TRUE;
                });
            }
        } catch (CancellationException e) {
            stopped = true;
        } finally {
            queue.abandon();
            events.tell(new SessionEvent.SessionEnded(stopped ? "stopped" : "ended"));
            events.await();
        }
        List<String> waiting = aside.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .sorted()
                .toList();
        return new Ended(stopped, elapsed(), unreadable, waiting, GuardedSource.guarded(target::remarks));
    }

    /** A resource whose manifest is damaged keeps no other from being restored. */
    private void restoreOrTell(ResourceState state) {
        events.tell(new SessionEvent.ResourceStarted(state.id()));
        Optional<String> trouble = Optional.empty();
        try {
            restore(state);
        } catch (RepositoryException | ObjectMissingException damaged) {
            trouble = Optional.of(damaged.code().id() + ": " + damaged.getMessage());
            unreadable.add(state.id() + ": " + trouble.get());
        }
        queue.awaitAll();
        trouble = trouble.or(() -> Optional.ofNullable(aside.get(state.id())).map(PutAside::toString));
        events.tell(new SessionEvent.ResourceEnded(state.id(), trouble.isEmpty(), trouble));
    }

    private void restore(ResourceState state) {
        Set<ItemKey> needed = new HashSet<>();
        boolean some = neededContainers(state, needed);
        ParentsFirst containers = new ParentsFirst(this::put);
        items(state, item -> {
            proceed();
            boolean wanted = plan.items().test(item);
            if (item.entry().kind().container()) {
                if (wanted || some && needed.contains(item.entry().key())) {
                    containers.add(item);
                }
            } else if (wanted) {
                // The last container came before the first of these.
                containers.finish();
                queue.add(item);
            }
        });
        containers.finish();
    }

    private void items(ResourceState state, Consumer<StoredItem> consumer) {
        if (plan.keys().isEmpty()) {
            plan.repository().items(plan.snapshot(), state, consumer);
        } else {
            plan.repository().items(plan.snapshot(), state, plan.keys(), consumer);
        }
    }

    /** Which containers the selected items lie in; they come along although nobody selected them. */
    private boolean neededContainers(ResourceState state, Set<ItemKey> needed) {
        Map<ItemKey, List<ItemKey>> parents = new HashMap<>();
        Set<List<ItemKey>> above = new HashSet<>();
        items(state, item -> {
            proceed();
            ManifestEntry entry = item.entry();
            if (entry.kind().container()) {
                parents.put(entry.key(), entry.containers());
            }
            if (plan.items().test(item)) {
                above.add(entry.containers());
            }
        });
        above.forEach(each -> addWithParents(each, parents, needed));
        return !needed.isEmpty();
    }

    private static void addWithParents(
            List<ItemKey> containers, Map<ItemKey, List<ItemKey>> parents, Set<ItemKey> needed) {
        List<ItemKey> up = containers;
        while (!up.isEmpty() && needed.add(up.get(0))) {
            up = parents.getOrDefault(up.get(0), List.of());
        }
    }

    private void putUnlessStopped(StoredItem item) {
        if (stop.isSet()) {
            throw SessionShared.stopped();
        }
        put(item);
    }

    private void put(StoredItem item) {
        if (item.entry().condition() == ManifestEntry.Condition.SKIPPED) {
            plan.results()
                    .take(item, Result.SKIPPED, Optional.of("the source refused its content when it was backed up"));
            return;
        }
        PutAside waiting = aside.get(item.resource());
        if (waiting != null) {
            waiting.left.incrementAndGet();
            return;
        }
        try {
            Result result = plan.dryRun() ? Result.RESTORED : place(item);
            plan.results().take(item, result, Optional.empty());
            handled.incrementAndGet();
            item.entry().parts().forEach(part -> bytes.addAndGet(part.size()));
        } catch (RepositoryException | TargetException e) {
            failed(item, e.code().id() + ": " + e.getMessage());
        } catch (FailureException e) {
            if (asksToWaitLong(e.failure())) {
                aside.computeIfAbsent(item.resource(), resource -> new PutAside(e.getMessage()))
                        .left
                        .incrementAndGet();
                return;
            }
            failed(item, e.failure().category().name().toLowerCase(Locale.ROOT) + ": " + e.getMessage());
        }
    }

    /** What one item is asked to wait for, all of its resource would wait for, one after the other. */
    private static boolean asksToWaitLong(Failure failure) {
        return failure.category() == FailureCategory.IDENTITY_OUTAGE
                || failure.asksToWait()
                        && failure.retryAfter().orElse(Duration.ZERO).compareTo(LONG) >= 0;
    }

    /** A resource that this run leaves alone from now on, and how many of its items. */
    private record PutAside(String why, AtomicLong left) {
        PutAside(@Nullable String why) {
            this(String.valueOf(why), new AtomicLong());
        }

        @Override
        public String toString() {
            return left + " items left for another run: " + why;
        }
    }

    private void failed(StoredItem item, String why) {
        plan.results().take(item, Result.FAILED, Optional.of(why));
        events.tell(new SessionEvent.ItemTrouble(item.resource(), item.entry().key(), "restore-failed", ""));
    }

    private Result place(StoredItem item) {
        List<String> path = item.path().subList(0, item.path().size() - 1);
        String tag = tag(item);
        ResumeHints left =
                hints.<ResumeHints>map(all -> new ItemHints(tag, all)).orElseGet(ResumeHints::inMemory);
        RestoreItem restore = StoredParts.item(plan.repository(), plan.snapshot(), item, path, tag, left);
        Retrier.Operation attempts = retrier.begin((failure, delay) ->
                events.tell(new SessionEvent.Waiting("put", failure.category().name(), delay)));
        while (true) {
            try {
                return Result.valueOf(
                        GuardedSource.guarded(() -> target.put(restore)).name());
            } catch (FailureException e) {
                SessionShared.waitOrStop(attempts, e);
            }
        }
    }

    private String tag(StoredItem item) {
        String text = plan.settings().restoreId() + "\n" + item.resource() + "\n"
                + item.entry().key();
        return plan.repository().tag(text);
    }

    private void proceed() {
        queue.requireSound();
        if (stop.isSet() || Thread.currentThread().isInterrupted()) {
            throw SessionShared.stopped();
        }
        long now = plan.runtime().time().nanos();
        if (now - toldNanos >= 250_000_000L) {
            toldNanos = now;
            events.tell(new SessionEvent.Progress(handled.get(), bytes.get(), 0, elapsed()));
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(plan.runtime().time().nanos() - startedNanos);
    }
}
