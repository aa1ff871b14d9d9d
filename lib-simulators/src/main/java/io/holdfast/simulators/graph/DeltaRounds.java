// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Change tracking for all workloads: rounds, pages, tokens that end, and bad habits. A round is what has changed when it begins; each page shows the state
 * of the moment in which it is asked for. Links can be used again.
 *
 * <p>Safe for use by several threads.
 */
final class DeltaRounds {
    private final Habits habits;
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final AtomicLong issued = new AtomicLong();
    private volatile Expired expired = new Expired(0, TokenExpiry.NOT_FOUND, path -> true);

    DeltaRounds(Habits habits) {
        this.habits = habits;
    }

    /** What is tracked. */
    interface Feed {
        /** Where it is now; grows with each change. */
        long position();

        /**
         * What has changed.
         *
         * @param since a position; negative for all that there is
         * @param first the request that began it all; its query holds for all of its rounds
         */
        List<Entry> changes(long since, Call first);
    }

    /**
     * One element.
     *
     * @param isRemoval whether it tells of a removal
     * @param json how a page shows it; empty if there is nothing to show any more
     */
    record Entry(boolean isRemoval, Function<Call, Optional<Map<String, Object>>> json) {}

    /**
     * A feed as requests see it.
     *
     * @param path the path of its links, encoded
     * @param context of its elements
     * @param pageSize the size of a page if none is asked for
     * @param tokenLife how long its tokens are good; empty for ever
     */
    record Scope(String path, String context, int pageSize, Optional<Duration> tokenLife) {}

    /** Tokens up to a number are of no use any more. */
    private record Expired(long upTo, TokenExpiry how, Predicate<String> paths) {}

    /** A round; the tokens are those of its pages. */
    private record Round(Call first, List<Entry> entries, long position, Queue<String> tokens) {
        private Round(Call first, List<Entry> entries, long position) {
            this(first, entries, position, new ConcurrentLinkedQueue<>());
        }

        /** What its end has to know. */
        private Round over() {
            return new Round(first, List.of(), position, tokens);
        }
    }

    /** Where a token leads: into a round, or behind its end. */
    private record Place(String path, Round round, int from, boolean isEmptied, long number, Instant issuedAt) {}

    /** Makes all tokens that were given out so far unusable. */
    void expire(TokenExpiry how, Predicate<String> paths) {
        expired = new Expired(issued.get(), how, paths);
    }

    Reply answer(Call call, Scope scope, Feed feed) {
        Optional<String> skip = call.query().first("$skiptoken");
        if (skip.isPresent()) {
            return page(call, scope, place(scope, skip.get(), call));
        }
        String delta = call.query().first("$deltatoken").orElse("");
        if (delta.equals("latest")) {
            Place end = new Place(scope.path(), new Round(call, List.of(), feed.position()), 0, false, 0, call.now());
            return page(call, scope, end);
        }
        Call first = call;
        long since = -1;
        if (!delta.isEmpty()) {
            Round last = place(scope, delta, call).round();
            first = last.first();
            since = last.position();
            // Whoever begins the next round is through with the pages of this one.
            last.tokens().forEach(places::remove);
        }
        long position = feed.position();
        long from = habits.has(FeedHabit.REPEATS) && since > 0 ? since - 1 : since;
        List<Entry> entries = new ArrayList<>(feed.changes(from, first));
        if (habits.has(FeedHabit.LOST_TOMBSTONES)) {
            entries.removeIf(Entry::isRemoval);
        }
        if (habits.has(FeedHabit.LOST_UPDATES) && since >= 0) {
            entries.removeIf(entry -> !entry.isRemoval());
        }
        return page(call, scope, new Place(scope.path(), new Round(first, entries, position), 0, false, 0, call.now()));
    }

    private Place place(Scope scope, String token, Call call) {
        Place place = places.get(token);
        boolean ours = place != null
                && place.path().equals(scope.path())
                && place.round().first().tenant() == call.tenant();
        if (place == null || !ours) {
            throw GraphError.badRequest("Badly formed token.");
        }
        boolean old = scope.tokenLife()
                .filter(life -> place.issuedAt().plus(life).isBefore(call.now()))
                .isPresent();
        Expired now = expired;
        if (old || place.number() <= now.upTo() && now.paths().test(scope.path())) {
            throw now.how().error(call.link(scope.path()) + "?$deltatoken=");
        }
        return place;
    }

    private Reply page(Call call, Scope scope, Place place) {
        Round round = place.round();
        List<Object> value = new ArrayList<>();
        int next = place.from();
        boolean emptied = habits.has(FeedHabit.EMPTY_PAGES)
                && !place.isEmptied()
                && next < round.entries().size();
        if (!emptied) {
            int size = size(call, scope, round.first());
            for (; next < round.entries().size() && value.size() < size; next++) {
                round.entries().get(next).json().apply(call).ifPresent(value::add);
            }
            if (habits.has(FeedHabit.REPEATS) && place.from() > 0) {
                round.entries().get(place.from() - 1).json().apply(call).ifPresent(value::add);
            }
        }
        boolean more = next < round.entries().size();
        Round kept = more ? round : round.over();
        String token = issue(new Place(scope.path(), kept, next, emptied, issued.incrementAndGet(), call.now()));
        if (more) {
            round.tokens().add(token);
        }
        String link = call.link(scope.path()) + (more ? "?$skiptoken=" : "?$deltatoken=") + token;
        boolean loops = more && place.from() > 0 && habits.has(FeedHabit.NEXT_LINK_LOOP);
        return reply(
                call,
                scope,
                more,
                loops ? call.origins().graph() + call.request().target() : link,
                value);
    }

    private static Reply reply(Call call, Scope scope, boolean more, String link, List<Object> value) {
        return Call.reply(
                200,
                Json.object(
                        "@odata.context",
                        call.link("/$metadata#" + scope.context()),
                        more ? "@odata.nextLink" : "@odata.deltaLink",
                        link,
                        "value",
                        value));
    }

    private static int size(Call call, Scope scope, Call first) {
        int asked = call.preferences().pageSize().orElse(scope.pageSize());
        return first.query()
                .number("$top", 1, Integer.MAX_VALUE)
                .map(top -> call.preferences().pageSize().isPresent() ? Math.min(top, asked) : top)
                .orElse(asked);
    }

    private String issue(Place place) {
        ByteBuffer bytes = ByteBuffer.allocate(30);
        for (int i = 0; i < 3; i++) {
            bytes.putLong(Ids.mix(place.number(), i));
        }
        String token = Base64.getUrlEncoder().encodeToString(bytes.array());
        places.put(token, place);
        return token;
    }
}
