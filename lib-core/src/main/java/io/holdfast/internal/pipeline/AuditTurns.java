// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.model.FeedId;
import io.holdfast.source.Feed;
import io.holdfast.source.Source;
import io.holdfast.source.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a resource the auditor compares in which session, by the number of the snapshot alone: nothing is written for it, and a session that
 * breaks off has the same turn again.
 *
 * <p>A rotation has as many sessions as the largest prime number up to N: whoever backs up a resource in each second or third session only meets all places of
 * it nevertheless. In a rotation of R sessions a resource has as many turns as it has thousands of items, rounded up to a power of two and at most R: a small one is
 * compared whole in one session of R, a large one piece by piece. Its slices, which are feeds, or quarters of a year of feeds that can be listed by time,
 * have their turns by their names, so that they keep them while the resource grows.
 */
final class AuditTurns {
    private static final long ITEMS_OF_A_TURN = 1_000;
    private static final long WINDOW_SECONDS = TimeUnit.DAYS.toSeconds(91);

    private final SessionShared shared;
    private final ResourceWork resource;
    private final int turns;
    private final int turn;

    private AuditTurns(SessionShared shared, ResourceWork resource, int turns, int turn) {
        this.shared = shared;
        this.resource = resource;
        this.turns = turns;
        this.turn = turn;
    }

    /**
     * What is compared at once.
     *
     * @param feed of which feed
     * @param modified which items of it
     */
    record Slice(FeedWork feed, TimeRange modified) {}

    /** The turn that a resource has in this session, if it has one. */
    static Optional<AuditTurns> of(SessionShared shared, ResourceWork resource) {
        int runs = shared.source.auditRuns();
        if (runs < 1) {
            return Optional.empty();
        }
        int sessions = rotation(runs);
        int turns = turns(sessions, resource.before.counts().items());
        long place = Math.floorMod(shared.work.number() + resource.id().value().hashCode(), (long) sessions);
        OptionalInt turn = turn(place, turns, sessions);
        return turn.isPresent()
                ? Optional.of(new AuditTurns(shared, resource, turns, turn.getAsInt()))
                : Optional.empty();
    }

    /** How many sessions a rotation has that is to be over within so many. */
    static int rotation(int runs) {
        int sessions = runs;
        while (!isPrime(sessions)) {
            sessions--;
        }
        return sessions;
    }

    /** One counts as a prime number here. */
    private static boolean isPrime(int number) {
        for (long factor = 2; factor * factor <= number; factor++) {
            if (number % factor == 0) {
                return false;
            }
        }
        return true;
    }

    static int turns(int sessions, long items) {
        long thousands = Math.max(1, (items + ITEMS_OF_A_TURN - 1) / ITEMS_OF_A_TURN);
        long power = Long.highestOneBit(Math.max(1, 2 * thousands - 1));
        return (int) Math.min(sessions, power);
    }

    /** The turns are spread evenly over the places of a rotation. */
    static OptionalInt turn(long place, int turns, int sessions) {
        return place * turns % sessions < turns
                ? OptionalInt.of((int) (place * turns / sessions))
                : OptionalInt.empty();
    }

    /** The slices whose turn it is, of feeds that were caught up without a pass over everything. */
    List<Slice> due(List<FeedWork> feeds) {
        List<FeedWork> listed = feeds.stream().filter(this::isListed).toList();
        Map<FeedId, TreeSet<Long>> windows = windows(listed);
        List<Slice> due = new ArrayList<>();
        for (FeedWork feed : listed) {
            FeedId id = feed.feed().id();
            for (long window : windows.getOrDefault(id, new TreeSet<>(Set.of(0L)))) {
                if (Math.floorMod(id.value().hashCode() + window, (long) turns) == turn) {
                    due.add(new Slice(feed, range(window, windows.get(id))));
                }
            }
        }
        return due;
    }

    private boolean isListed(FeedWork feed) {
        boolean told = feed.before().isPresent() && feed.seen() == null && feed.isRead();
        return told && feed.feed().kind() == Feed.Kind.INCREMENTAL && listing(feed.feed()) != Source.Listing.NONE;
    }

    private Source.Listing listing(Feed feed) {
        return shared.source.listing(resource.resource, feed);
    }

    /** The windows in which something is stored, of each feed that is to be cut. */
    private Map<FeedId, TreeSet<Long>> windows(List<FeedWork> listed) {
        Set<FeedId> cut = new HashSet<>();
        listed.stream()
                .map(FeedWork::feed)
                .filter(feed -> turns > 1 && listing(feed) == Source.Listing.BY_TIME)
                .forEach(feed -> cut.add(feed.id()));
        Map<FeedId, TreeSet<Long>> windows = new HashMap<>();
        if (cut.isEmpty()) {
            return windows;
        }
        try (Manifest.EntryCursor entries = resource.manifest.entries((feed, key) -> cut.contains(feed))) {
            for (ManifestEntry entry = entries.next(); entry != null; entry = entries.next()) {
                shared.proceed();
                long seconds = entry.modified().map(Instant::getEpochSecond).orElse(0L);
                windows.computeIfAbsent(entry.feed(), feed -> new TreeSet<>())
                        .add(Math.floorDiv(seconds, WINDOW_SECONDS));
            }
        }
        return windows;
    }

    /** From the beginning of a window to that of the next one in which something is stored, so that together they leave out no time. */
    private static TimeRange range(long window, @Nullable TreeSet<Long> all) {
        if (all == null) {
            return TimeRange.all();
        }
        Optional<Instant> from = Optional.ofNullable(all.lower(window)).map(before -> start(window));
        return new TimeRange(from, Optional.ofNullable(all.higher(window)).map(AuditTurns::start));
    }

    private static Instant start(long window) {
        return Instant.ofEpochSecond(window * WINDOW_SECONDS);
    }
}
