// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.TargetException;
import io.holdfast.exchange.HttpBody;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.Part;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings.Conflict;
import io.holdfast.source.RestoreTarget.Placement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Writes files with their versions: the oldest first, each as a new version of the one before. Safe for use by several threads. */
final class FileWriter {
    /** Larger ones go by an upload session, which can be gone on with. */
    private static final long SMALL = 4L << 20;
    /** Types that SharePoint writes properties into, so that they come back with another length and hash. */
    private static final Set<String> REWRITTEN =
            Set.of("docx", "docm", "dotx", "xlsx", "xlsm", "pptx", "pptm", "pdf", "html", "htm", "aspx", "jpg", "jpeg");

    private final GraphClient graph;
    private final Conflict conflict;
    private final Consumer<String> remarks;
    private final Uploads uploads;

    FileWriter(GraphClient graph, MemoryBudget memory, Conflict conflict, Consumer<String> remarks) {
        this.graph = graph;
        this.conflict = conflict;
        this.remarks = remarks;
        this.uploads = new Uploads(graph, memory);
    }

    /**
     * What became of a file.
     *
     * @param placement what happened
     * @param id the file that stands there now
     */
    record Written(Placement placement, String id) {}

    /** One content to be written. */
    private record Step(Part part, Optional<ObjectNode> dates) {}

    Written put(DriveCalls drive, String parent, RestoreItem item) {
        List<Step> steps = steps(item);
        Step last = steps.get(steps.size() - 1);
        String name = item.item().name();
        Uploads.Goal goal = new Uploads.Goal(drive, parent, name, item.hints());
        Optional<ObjectNode> there = graph.find(drive.child(parent, name));
        if (there.isEmpty()) {
            return new Written(Placement.RESTORED, write(goal, steps, false));
        }
        if (isContent(there.get(), last.part)) {
            return finished(drive, there.get(), item, last);
        }
        int done = written(there.get(), steps);
        if (done > 0) {
            return new Written(Placement.RESTORED, write(goal, steps.subList(done, steps.size()), true));
        }
        switch (conflict) {
            case SKIP:
                return new Written(Placement.SKIPPED, DriveTarget.id(there.get()));
            case REPLACE:
                return new Written(
                        Placement.RESTORED, write(goal, steps.subList(steps.size() - 1, steps.size()), true));
            case KEEP_BOTH:
                return beside(goal.named(marked(name, item.tag())), steps);
        }
        throw new IllegalStateException("unknown policy " + conflict);
    }

    /** Under a name that only this restore gives; whatever has it is ours. */
    private Written beside(Uploads.Goal goal, List<Step> steps) {
        Optional<ObjectNode> there = graph.find(goal.drive().child(goal.parent(), goal.name()));
        if (there.isEmpty()) {
            return new Written(Placement.RESTORED, write(goal, steps, false));
        }
        int done = written(there.get(), steps);
        if (done == 0 || done == steps.size()) {
            // With other bytes than any that were written it is one that the service rewrote.
            return new Written(Placement.ALREADY_THERE, DriveTarget.id(there.get()));
        }
        return new Written(Placement.RESTORED, write(goal, steps.subList(done, steps.size()), true));
    }

    /** The file is there with the right content; unless it is the one that was backed up, its dates are seen to. */
    private Written finished(DriveCalls drive, ObjectNode there, RestoreItem item, Step last) {
        String id = DriveTarget.id(there);
        boolean original = id.equals(item.item().key().value());
        if (!original && last.dates.isPresent() && !hasDates(there, last.dates.get())) {
            update(drive, id, last.dates.get());
        }
        return new Written(Placement.ALREADY_THERE, id);
    }

    private static boolean hasDates(ObjectNode there, ObjectNode dates) {
        for (String each : List.of("createdDateTime", "lastModifiedDateTime")) {
            if (dates.has(each)
                    && !Json.time(there.path("fileSystemInfo"), each).equals(Json.time(dates, each))) {
                return false;
            }
        }
        return true;
    }

    private static List<Step> steps(RestoreItem item) {
        List<Step> versions = new ArrayList<>();
        Optional<Part> content = Optional.empty();
        for (Part part : item.parts()) {
            if (part.name().equals("content")) {
                content = Optional.of(part);
            } else if (VersionName.isOne(part.name())) {
                Optional<ObjectNode> dates = VersionName.parse(part.name())
                        .modified()
                        .map(time -> Json.object().put("lastModifiedDateTime", time.toString()));
                versions.add(new Step(part, dates));
            }
        }
        // Ids of versions are numbers, and 10.0 comes behind 9.0.
        versions.sort(Comparator.comparing(
                step -> number(VersionName.parse(step.part.name()).id())));
        content.ifPresent(part -> versions.add(new Step(part, DriveTarget.dates(item))));
        if (versions.isEmpty()) {
            throw new TargetException(
                    ErrorCode.TARGET_REFUSED,
                    "the content of '" + item.item().name() + "' was never stored",
                    "Restore it from another snapshot");
        }
        return versions;
    }

    private static BigDecimal number(String version) {
        try {
            return new BigDecimal(version);
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }

    /** How many steps were done before: as many as lead to the content that is there. */
    private static int written(ObjectNode there, List<Step> steps) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (isContent(there, steps.get(i).part)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static boolean isContent(ObjectNode there, Part part) {
        if (!there.has("file") || there.path("size").asLong(-1) != part.length()) {
            return false;
        }
        Optional<String> hash = Json.text(there.path("file").path("hashes"), QuickXorHash.NAME);
        return hash.isEmpty() ? part.length() == 0 : hash.get().equals(hash(part));
    }

    private static String hash(Part part) {
        MessageDigest digest = new QuickXorHash();
        byte[] block = new byte[1 << 16];
        try (InputStream in = part.open(0)) {
            for (int got = in.read(block); got >= 0; got = in.read(block)) {
                digest.update(block, 0, got);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    private String write(Uploads.Goal goal, List<Step> steps, boolean exists) {
        boolean over = exists;
        String id = "";
        for (Step step : steps) {
            String behaviour = over ? "replace" : "fail";
            ObjectNode made = step.part.length() <= SMALL
                    ? small(goal, step, behaviour)
                    : uploads.upload(goal, step.part, step.dates, behaviour);
            id = DriveTarget.id(made);
            over = true;
            compare(goal.name(), made, step.part);
        }
        return id;
    }

    private ObjectNode small(Uploads.Goal goal, Step step, String behaviour) {
        ObjectNode made = graph.object(goal.drive()
                .upload(goal.parent(), goal.name(), behaviour)
                .sending(new GraphCall.Body("application/octet-stream", body(step.part))));
        return step.dates.isPresent() ? update(goal.drive(), DriveTarget.id(made), step.dates.get()) : made;
    }

    /** Read from the repository for each attempt, and never held. */
    private static HttpBody body(Part part) {
        return new HttpBody() {
            @Override
            public long length() {
                return part.length();
            }

            @Override
            public InputStream open() throws IOException {
                return part.open(0);
            }
        };
    }

    private ObjectNode update(DriveCalls drive, String id, ObjectNode dates) {
        ObjectNode body = Json.object();
        body.set("fileSystemInfo", dates);
        return graph.object(drive.update(id).json(body));
    }

    /** What the service made of the bytes. */
    private void compare(String name, ObjectNode made, Part part) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (made.path("size").asLong(part.length()) != part.length() && !REWRITTEN.contains(ending)) {
            remarks.accept("'" + name + "' was given " + part.length() + " bytes and has "
                    + made.path("size").asLong() + " now: the service changed it");
        }
    }

    private static String marked(String name, String tag) {
        int dot = name.lastIndexOf('.');
        String mark = " ~" + tag.substring(0, Math.min(8, tag.length()));
        return dot <= 0 ? name + mark : name.substring(0, dot) + mark + name.substring(dot);
    }
}
