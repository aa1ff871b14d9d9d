// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What changed in a folder of contacts.
 *
 * @param folder the folder
 */
record ContactFeed(GraphContactFolder folder) implements DeltaRounds.Feed {

    @Override
    public long position() {
        return folder.mailbox().position();
    }

    @Override
    public List<DeltaRounds.Entry> changes(long since, Call first) {
        Query.Selection selection = first.query().selection();
        List<DeltaRounds.Entry> entries = new ArrayList<>();
        for (GraphContact each : folder.mailbox().addressBook().contacts()) {
            if (each.isIn(folder)) {
                if (Math.max(each.arrived(), each.changed()) > since) {
                    entries.add(new DeltaRounds.Entry(false, call -> shown(each, selection, call)));
                }
            } else if (left(each, since)) {
                entries.add(new DeltaRounds.Entry(true, call -> Optional.of(removal(each, call))));
            }
        }
        return entries;
    }

    /** Whether it was here at the position and is not any more. */
    private boolean left(GraphContact contact, long since) {
        return since >= 0
                && contact.departures().stream().anyMatch(each -> each.folder() == folder && each.position() > since);
    }

    private Optional<Map<String, Object>> shown(GraphContact contact, Query.Selection selection, Call call) {
        if (!contact.isIn(folder)) {
            // It left while the round was going on; the next one tells of that.
            return Optional.empty();
        }
        Map<String, Object> json = Json.object("@odata.type", "#microsoft.graph.contact");
        json.putAll(new LinkedHashMap<>(selection.of(contact.json(call.immutableIds()))));
        return Optional.of(json);
    }

    private static Map<String, Object> removal(GraphContact contact, Call call) {
        return Json.object(
                "@odata.type", "#microsoft.graph.contact",
                "id", contact.id(call.immutableIds()),
                "@removed", Json.object("reason", "deleted"));
    }
}
