// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Lists in pages by token, as the directory has them: the list is that of the moment of its first page. Safe for use by several threads. */
final class TokenPages {
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final AtomicLong issued = new AtomicLong();

    private record Place(String path, List<Map<String, Object>> all, int from, int size, String context) {}

    Reply page(Call call, String context, int pageSize, int most, List<Map<String, Object>> all) {
        Optional<String> token = call.query().first("$skiptoken");
        String path = call.request().path();
        if (token.isEmpty()) {
            int top = call.query()
                    .number("$top", 1, most)
                    .orElse(call.preferences().pageSize().orElse(pageSize));
            return page(call, new Place(path, all, 0, Math.min(top, most), context));
        }
        Place place = places.get(token.get());
        if (place == null || !place.path().equals(path)) {
            throw new GraphError(
                    400,
                    "Directory_ExpiredPageToken",
                    "The specified page token value has expired and can no longer be included in your request.");
        }
        return page(call, place);
    }

    private Reply page(Call call, Place place) {
        int end = Math.min(place.all().size(), place.from() + place.size());
        Map<String, Object> body = Json.object("@odata.context", call.link("/$metadata#" + place.context()));
        if (call.query().says("$count", "true")) {
            body.put("@odata.count", place.all().size());
        }
        if (end < place.all().size()) {
            String token = "RFNwdAIAAQ" + Long.toHexString(Ids.mix(issued.incrementAndGet(), end));
            places.put(token, new Place(place.path(), place.all(), end, place.size(), place.context()));
            body.put("@odata.nextLink", call.origins().graph() + place.path() + "?$skiptoken=" + token);
        }
        body.put("value", place.all().subList(place.from(), end));
        return Call.reply(200, body);
    }
}
