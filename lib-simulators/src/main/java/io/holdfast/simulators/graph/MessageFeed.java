// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What changed in a folder of messages.
 *
 * @param folder the folder
 * @param habits how it is told
 */
record MessageFeed(GraphFolder folder, Habits habits) implements DeltaRounds.Feed {
    private static final Pattern FILTER = Pattern.compile("\\s*receivedDateTime\\s+g[et]\\s+\\S+\\s*");
    /** A filtered round tells of no more. */
    private static final int MOST_FILTERED = 5000;

    @Override
    public long position() {
        return folder.mailbox().position();
    }

    @Override
    public List<DeltaRounds.Entry> changes(long since, Call first) {
        Query query = first.query();
        Optional<String> filter = query.first("$filter");
        if (filter.isPresent() && !FILTER.matcher(filter.get()).matches()) {
            throw new GraphError(
                    400,
                    "ErrorInvalidUrlQueryFilter",
                    "Change tracking supports filters of receivedDateTime with ge or gt only.");
        }
        Predicate<GraphMessage> wanted = filter.isPresent() ? MessageFilter.of(filter.get()) : message -> true;
        Map<GraphMessage, GraphFolder.Departure> gone =
                folder.departures(since, since >= 0 && habits.has(FeedHabit.NEVER_SEEN_REMOVALS));
        List<DeltaRounds.Entry> entries = new ArrayList<>();
        gone.values().forEach(each -> {
            if (tells(query, "deleted")) {
                entries.add(new DeltaRounds.Entry(true, call -> Optional.of(removal(each, call))));
            }
        });
        boolean returnsUnseen = first.immutableIds() && habits.has(FeedHabit.RETURNS_UNSEEN);
        for (GraphMessage each : folder.content()) {
            boolean returned = gone.containsKey(each) && returnsUnseen;
            if (!returned && wanted.test(each) && isNews(each, since, query)) {
                entries.add(new DeltaRounds.Entry(false, call -> shown(each, since, query, call)));
            }
        }
        return filter.isPresent() ? entries.subList(0, Math.min(MOST_FILTERED, entries.size())) : entries;
    }

    /** Whether a kind of change was asked for. */
    private static boolean tells(Query query, String kind) {
        return query.first("changeType").map(kind::equalsIgnoreCase).orElse(true);
    }

    private static boolean isNews(GraphMessage message, long since, Query query) {
        if (message.arrived() > since) {
            return tells(query, "created");
        }
        boolean changed = message.changed() > since
                || message.markedRead() > since && query.selection().wants("isRead");
        return changed && tells(query, "updated");
    }

    private Optional<Map<String, Object>> shown(GraphMessage message, long since, Query query, Call call) {
        if (message.folder() != folder
                || folder.mailbox().message(message.number()).isEmpty()) {
            // It left while the round was going on; the next one tells of that.
            return Optional.empty();
        }
        boolean onlyRead = message.arrived() <= since && message.changed() <= since;
        if (onlyRead && habits.has(FeedHabit.SPARSE_UPDATES)) {
            return Optional.of(Json.object(
                    "@odata.type", "#microsoft.graph.message",
                    "id", message.id(call.immutableIds()),
                    "isRead", message.isRead(),
                    "parentFolderId", folder.id()));
        }
        Map<String, Object> json = Json.object("@odata.type", "#microsoft.graph.message");
        json.putAll(MessageJson.inPage(message, call, query));
        return Optional.of(json);
    }

    private static Map<String, Object> removal(GraphFolder.Departure departure, Call call) {
        return Json.object(
                "@odata.type", "#microsoft.graph.message",
                "id", departure.message().id(call.immutableIds(), departure.moves()),
                "@removed", Json.object("reason", "deleted"));
    }
}
