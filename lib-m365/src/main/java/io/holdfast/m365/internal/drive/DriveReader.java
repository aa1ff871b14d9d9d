// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads single items of drives, with the grants of those that are shared. Safe for use by several threads. */
final class DriveReader {
    private final GraphClient graph;
    private final boolean permissions;
    private final Map<String, String> roots = new ConcurrentHashMap<>();

    DriveReader(GraphClient graph, boolean permissions) {
        this.graph = graph;
        this.permissions = permissions;
    }

    /** The id of a drive's root. */
    String root(DriveCalls drive) {
        String known = roots.get(drive.drive());
        if (known != null) {
            return known;
        }
        String root = Json.text(graph.object(drive.root()), "id").orElseThrow(() -> malformed("a root without an id"));
        remember(drive, root);
        return root;
    }

    void remember(DriveCalls drive, String root) {
        roots.put(drive.drive(), root);
    }

    /** An item as it is now; empty if the service says that it does not exist. */
    Optional<DriveEntry> find(DriveCalls drive, String id) {
        Optional<ObjectNode> found = graph.find(drive.item(id));
        return found.map(node ->
                        complete(drive, DriveEntry.of(node).orElseThrow(() -> malformed("an item without an id"))))
                .filter(entry -> !entry.isDeleted());
    }

    /**
     * The entry with its grants, if it is shared. That they may not be read costs the item nothing else: its metadata say so.
     */
    DriveEntry complete(DriveCalls drive, DriveEntry entry) {
        if (!permissions || !entry.isShared() || entry.kind().isEmpty()) {
            return entry;
        }
        ObjectNode json = entry.json();
        try {
            json.set(DriveEntry.PERMISSIONS, permissions(drive, entry.id()));
        } catch (FailureException e) {
            if (e.failure().category() != FailureCategory.PERMISSION_MISSING
                    && e.failure().category() != FailureCategory.GONE) {
                throw e;
            }
            json.put("holdfast.permissionsUnreadable", e.failure().code());
        }
        return entry;
    }

    private ArrayNode permissions(DriveCalls drive, String id) {
        ArrayNode all = Json.mapper().createArrayNode();
        graph.each(drive.permissions(id), all::add);
        return all;
    }

    static FailureException malformed(String what) {
        return new FailureException(
                Failure.of(FailureCategory.TRANSIENT, "malformed"), "the service told " + what, null);
    }
}
