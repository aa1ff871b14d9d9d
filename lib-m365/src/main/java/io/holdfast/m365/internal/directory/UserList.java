// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.GraphPage;
import io.holdfast.m365.internal.workload.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The users of a tenant as far as they were listed: whoever begins again after a failure asks for no page twice. Safe for use by several threads. */
final class UserList {
    private final GraphClient graph;
    private final List<Owner> read = new ArrayList<>();
    private final Map<Set<String>, Set<String>> services = new HashMap<>();
    private @Nullable GraphCall next;

    UserList(GraphClient graph, GraphCall first) {
        this.graph = graph;
        this.next = first;
    }

    /** The user at a place of the list, or null behind its end. */
    synchronized @Nullable Owner get(int place) {
        for (GraphCall call = next; place >= read.size() && call != null; call = next) {
            readPage(call);
        }
        return place < read.size() ? read.get(place) : null;
    }

    /** A page is small; it is read whole, so that no connection waits while the resources of its users are looked at. */
    private void readPage(GraphCall call) {
        List<Owner> owners = new ArrayList<>();
        try (GraphPage page = graph.page(call)) {
            for (ObjectNode user = page.next(); user != null; user = page.next()) {
                owners.add(lean(Directory.owner(user)));
            }
            next = page.next(call).orElse(null);
        }
        read.addAll(owners);
    }

    /** There may be a hundred thousand of them, most with the same plans. */
    private Owner lean(Owner owner) {
        Set<String> shared = services.computeIfAbsent(owner.services(), Function.identity());
        return new Owner(owner.id(), owner.principalName(), owner.displayName(), owner.mail(), owner.state(), shared);
    }
}
