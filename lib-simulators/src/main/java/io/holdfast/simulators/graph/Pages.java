// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Lists in pages that count from the beginning each time, so that whatever is deleted meanwhile shifts them. */
final class Pages {
    private final Habits habits;

    Pages(Habits habits) {
        this.habits = habits;
    }

    /**
     * How a list is paged.
     *
     * @param context of its elements
     * @param pageSize if none is asked for
     * @param most the largest {@code $top}
     */
    record Scope(String context, int pageSize, int most) {}

    /** A page by {@code $top} and {@code $skip}. */
    <T> Reply page(Call call, Scope scope, Iterable<T> all, Function<T, Map<String, Object>> json) {
        int top = call.query()
                .number("$top", 1, scope.most())
                .orElse(Math.min(scope.most(), call.preferences().pageSize().orElse(scope.pageSize())));
        int skip = call.query().number("$skip", 0, Integer.MAX_VALUE).orElse(0);
        List<Object> value = new ArrayList<>();
        int place = 0;
        boolean more = false;
        for (T each : all) {
            if (place >= skip + top) {
                more = true;
                if (!call.query().says("$count", "true")) {
                    break;
                }
            } else if (place >= skip) {
                value.add(json.apply(each));
            }
            place++;
        }
        Map<String, Object> body = Json.object("@odata.context", call.link("/$metadata#" + scope.context()));
        if (call.query().says("$count", "true")) {
            body.put("@odata.count", place);
        }
        if (more) {
            int shift = skip == 0 && habits.has(FeedHabit.PAGE_SHIFT) ? 1 : 0;
            body.put("@odata.nextLink", next(call, skip + top + shift));
        }
        body.put("value", value);
        return Call.reply(200, body);
    }

    private static String next(Call call, int skip) {
        String target = call.request().target();
        int query = target.indexOf('?');
        StringBuilder link = new StringBuilder(call.origins().graph())
                .append(call.request().path())
                .append('?');
        if (query >= 0) {
            for (String pair : target.substring(query + 1).split("&")) {
                if (!pair.matches("(?i)(\\$|%24)?skip=.*")) {
                    link.append(pair).append('&');
                }
            }
        }
        return link.append("$skip=").append(skip).toString();
    }
}
