// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.GraphPage;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The contents of a file: what it is now, and its earlier versions, the newest first. Safe for use by several threads. */
final class FileParts {
    private final GraphClient graph;
    private final DriveReader reader;
    private final int versions;

    FileParts(GraphClient graph, DriveReader reader, int versions) {
        this.graph = graph;
        this.reader = reader;
        this.versions = versions;
    }

    /** The content of a file, begun to be read. */
    ContentPart content(DriveCalls drive, DriveEntry entry) {
        ContentPart content = new ContentPart(graph, reader, drive, entry);
        content.begin();
        return content;
    }

    /** The earlier versions of a file, the newest first; none if it is not handed out. */
    List<Part> versions(DriveCalls drive, DriveEntry entry) {
        return versions == 0 || entry.isMalware() ? List.of() : versions(drive, entry.id());
    }

    /** That versions may not be listed costs the file nothing else. */
    private List<Part> versions(DriveCalls drive, String id) {
        List<Part> parts = new ArrayList<>();
        try (GraphPage page = graph.page(drive.versions(id))) {
            // The first one is the content itself.
            page.next();
            for (ObjectNode each = page.next(); each != null && parts.size() < versions; each = page.next()) {
                version(drive, id, each).ifPresent(parts::add);
            }
        } catch (FailureException e) {
            if (e.failure().category().isWorthRepeating() || e.failure().category() == FailureCategory.GONE) {
                throw e;
            }
            return List.of(new RefusedPart("versions", e));
        }
        return parts;
    }

    private Optional<Part> version(DriveCalls drive, String item, ObjectNode json) {
        long size = json.path("size").isIntegralNumber() ? json.path("size").asLong() : -1;
        return Json.text(json, "id")
                .map(id -> new VersionName(id, Json.time(json, "lastModifiedDateTime")))
                .map(version -> new VersionPart(graph, drive, item, version, size));
    }
}
