// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.workload.NeighbourFetch;
import io.holdfast.model.ItemRef;
import io.holdfast.source.Fetched;

/** How events are fetched; each calendar is a feed. */
record EventReader(CalendarCalls calls, EventContents contents, EventLookup lookup) implements NeighbourFetch.Reader {

    @Override
    public GraphCall between(String feed, String from, String to, int page) {
        return calls.modified(feed, from, to, page);
    }

    @Override
    public GraphCall alone(ItemRef item) {
        return calls.event(item.key().value());
    }

    @Override
    public boolean isThere(ItemRef ref, ObjectNode event) {
        return lookup.isListed(ref, event);
    }

    @Override
    public Fetched complete(ItemRef ref, ObjectNode event) {
        return new Fetched.Found(ref, EventItems.event(event, EventItems.calendarOf(ref)), contents.parts(event));
    }
}
