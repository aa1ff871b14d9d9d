// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.TargetException;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.model.ResourceId;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts folders and files into drives: where they were, into a folder, or into another user's. Safe for use by several threads.
 *
 * <p>What was put before is known by name, size and hash. Grants are given without a word to anybody.
 */
final class DriveTarget implements RestoreTarget {
    private static final int MOST_REMARKS = 10_000;

    private final GraphClient graph;
    private final Sites sites;
    private final RestoreSettings settings;
    private final DriveReader reader;
    private final FileWriter files;
    private final Grants grants;
    private final Map<ResourceId, Place> places = new HashMap<>();
    private final List<String> remarks = new ArrayList<>();

    DriveTarget(GraphClient graph, Sites sites, RestoreSettings settings, MemoryBudget memory) {
        this.graph = graph;
        this.sites = sites;
        this.settings = settings;
        this.reader = new DriveReader(graph, false);
        this.files = new FileWriter(graph, memory, settings.conflict(), this::remark);
        this.grants = new Grants(graph, this::remark);
    }

    /**
     * Where the items of one resource go.
     *
     * @param drive the drive
     * @param folders ids by path, that of the root and of the folder that everything goes into among them
     * @param sameTenant whether the drive that they come from is one of this tenant
     */
    private record Place(DriveCalls drive, Map<List<String>, String> folders, boolean sameTenant) {}

    @Override
    public String describe() {
        return "drives"
                + settings.toOwner().map(owner -> " of user " + owner).orElse("")
                + settings.intoFolder().map(folder -> ", folder " + folder).orElse("");
    }

    @Override
    public Placement put(RestoreItem item) {
        Place place = place(item.resource());
        String kind = item.item().kind().name();
        if (item.item().kind().container()) {
            return putFolder(place, item);
        }
        if (!kind.equals(DriveEntry.FILE.name())) {
            throw new TargetException(
                    ErrorCode.TARGET_REFUSED,
                    "'" + item.item().name() + "' is a " + kind + ", which a drive cannot take",
                    "Restore it to a directory");
        }
        FileWriter.Written written = files.put(place.drive, folder(place, item.path()), item);
        if (written.placement() != Placement.SKIPPED) {
            grant(place, written.id(), item);
        }
        return written.placement();
    }

    private Placement putFolder(Place place, RestoreItem item) {
        List<String> path = new ArrayList<>(item.path());
        path.add(item.item().name());
        synchronized (place) {
            if (place.folders.containsKey(path)) {
                return Placement.ALREADY_THERE;
            }
            Made made =
                    make(place.drive, folder(place, item.path()), item.item().name(), dates(item));
            place.folders.put(path, made.id);
            if (!made.fresh) {
                return Placement.ALREADY_THERE;
            }
            grant(place, made.id, item);
            return Placement.RESTORED;
        }
    }

    /** Containers come first; one that is missing all the same is made on the way. */
    private String folder(Place place, List<String> path) {
        synchronized (place) {
            String known = place.folders.get(path);
            if (known != null) {
                return known;
            }
            String parent = folder(place, path.subList(0, path.size() - 1));
            String id = make(place.drive, parent, path.get(path.size() - 1), Optional.empty()).id;
            place.folders.put(List.copyOf(path), id);
            return id;
        }
    }

    /** A folder, and whether it was made just now. */
    private record Made(String id, boolean fresh) {}

    private Made make(DriveCalls drive, String parent, String name, Optional<ObjectNode> dates) {
        ObjectNode body = Json.object();
        body.put("name", name);
        body.putObject("folder");
        body.put("@microsoft.graph.conflictBehavior", "fail");
        dates.ifPresent(info -> body.set("fileSystemInfo", info));
        try {
            return new Made(id(graph.object(drive.createFolder(parent).json(body))), true);
        } catch (FailureException e) {
            if (e.failure().category() != FailureCategory.CONFLICT) {
                throw e;
            }
        }
        ObjectNode there = graph.object(drive.child(parent, name));
        if (!there.has("folder") && !there.has("package")) {
            throw new TargetException(
                    ErrorCode.TARGET_REFUSED,
                    "a file named '" + name + "' stands where a folder belongs",
                    "Rename that file, or restore into another folder");
        }
        return new Made(id(there), false);
    }

    static String id(ObjectNode item) {
        return Json.text(item, "id").orElseThrow(() -> DriveReader.malformed("an item without an id"));
    }

    static Optional<ObjectNode> dates(RestoreItem item) {
        JsonNode info = metadata(item).path("fileSystemInfo");
        ObjectNode dates = Json.object();
        for (String each : List.of("createdDateTime", "lastModifiedDateTime")) {
            Json.text(info, each).ifPresent(time -> dates.put(each, time));
        }
        if (dates.isEmpty()) {
            item.item().modified().ifPresent(time -> dates.put("lastModifiedDateTime", time.toString()));
        }
        return dates.isEmpty() ? Optional.empty() : Optional.of(dates);
    }

    static JsonNode metadata(RestoreItem item) {
        byte[] bytes = item.item().metadata().bytes();
        try {
            // Items of other sources have metadata of other forms.
            return bytes.length == 0 || bytes[0] != '{' ? Json.object() : Json.read(bytes);
        } catch (IOException e) {
            return Json.object();
        }
    }

    private void grant(Place place, String id, RestoreItem item) {
        JsonNode all = metadata(item).path(DriveEntry.PERMISSIONS);
        if (all.isEmpty() || settings.permissions() == RestoreSettings.Permissions.NONE) {
            return;
        }
        boolean keep = settings.permissions() == RestoreSettings.Permissions.KEEP && place.sameTenant;
        grants.give(place.drive, id, item.item().name(), all, keep);
    }

    private synchronized Place place(ResourceId resource) {
        Place known = places.get(resource);
        if (known == null) {
            known = open(resource);
            places.put(resource, known);
        }
        return known;
    }

    private Place open(ResourceId resource) {
        DriveCalls source = DriveWorkload.drive(resource);
        boolean there = graph.find(source.root()).isPresent();
        DriveCalls drive = settings.toOwner()
                .map(owner -> sites.ofUser(owner)
                        .map(found -> new DriveCalls(found.id()))
                        .orElseThrow(() -> absent("user " + owner + " has no OneDrive")))
                .orElse(source);
        if (!there && settings.toOwner().isEmpty()) {
            throw absent("drive " + source.drive() + " does not exist any more");
        }
        String at = reader.root(drive);
        for (String name : settings.intoFolder().orElse("").split("/")) {
            if (!name.isEmpty()) {
                at = make(drive, at, name, Optional.empty()).id;
            }
        }
        Map<List<String>, String> folders = new HashMap<>();
        folders.put(List.of(), at);
        return new Place(drive, folders, there);
    }

    private static TargetException absent(String what) {
        return new TargetException(
                ErrorCode.TARGET_REFUSED, what, "Restore to a user who has a OneDrive, or to a directory");
    }

    private synchronized void remark(String line) {
        if (remarks.size() < MOST_REMARKS) {
            remarks.add(line);
        }
    }

    @Override
    public synchronized List<String> remarks() {
        return List.copyOf(remarks);
    }

    @Override
    public void finish() {
        // every item is complete when it was put
    }

    @Override
    public void close() {
        // upload sessions that were begun end by themselves
    }
}
