// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.exchange.Exchange;
import io.holdfast.exchange.HttpBody;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.graph.OwnRight;
import io.holdfast.m365.internal.workload.UploadState;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.Part;
import io.holdfast.source.ResumeHints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Uploads by sessions: a file appears when its last range is there, and an attempt goes on where the one before broke off, be it of this run or of one that
 * died. Safe for use by several threads.
 */
final class Uploads {
    /** Ranges are multiples of 320 KiB and under 60 MiB; 5 to 10 MiB are recommended. */
    static final int RANGE = 16 * 320 * 1024;

    private final GraphClient graph;
    private final MemoryBudget memory;

    Uploads(GraphClient graph, MemoryBudget memory) {
        this.graph = graph;
        this.memory = memory;
    }

    /**
     * Where a file goes.
     *
     * @param drive the drive
     * @param parent the id of the folder
     * @param name the file's name
     * @param hints of the item: addresses of sessions, which are keys
     */
    record Goal(DriveCalls drive, String parent, String name, ResumeHints hints) {
        Goal named(String other) {
            return new Goal(drive, parent, other, hints);
        }

        private String session(Part part, String behaviour) {
            return String.join("\n", drive.drive(), parent, name, behaviour, UploadState.identity(part));
        }
    }

    /** Uploads a content; each call is one attempt. */
    ObjectNode upload(Goal goal, Part part, Optional<ObjectNode> dates, String behaviour) {
        String key = goal.session(part, behaviour);
        Optional<URI> broken = goal.hints.find(key).map(URI::create);
        Optional<Long> position = broken.flatMap(session -> position(goal.drive, session, part.length()));
        URI session = position.isPresent() ? broken.get() : begin(goal, dates, behaviour);
        goal.hints.keep(key, session.toString());
        ObjectNode made = send(goal.drive, session, part, position.orElse(0L));
        goal.hints.drop(key);
        return made;
    }

    private URI begin(Goal goal, Optional<ObjectNode> dates, String behaviour) {
        ObjectNode body = Json.object();
        ObjectNode item = body.putObject("item");
        item.put("@microsoft.graph.conflictBehavior", behaviour);
        item.put("name", goal.name);
        dates.ifPresent(info -> item.set("fileSystemInfo", info));
        return UploadState.address(
                graph.object(goal.drive.createSession(goal.parent, goal.name).json(body)));
    }

    /** How far a session came; empty if there is none any more that can be gone on with. */
    private Optional<Long> position(DriveCalls drive, URI session, long length) {
        try (Exchange answer =
                graph.sendUnauthorized(drive.session("GET", "drive.upload.state", 0), session, Map.of())) {
            return UploadState.position(GraphClient.object(answer), length);
        } catch (FailureException e) {
            if (UploadState.survives(e.failure())) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private ObjectNode send(DriveCalls drive, URI session, Part part, long from) {
        try (InputStream in = part.open(0);
                MemoryBudget.Reservation held = memory.reserve(RANGE)) {
            in.skipNBytes(from);
            long at = from;
            // No more than was reserved: a budget smaller than a range gives smaller ones, of the unit that is
            // demanded.
            int unit = 320 * 1024;
            int range = (int) Math.max(unit, held.bytes() / unit * unit);
            while (true) {
                byte[] bytes = in.readNBytes((int) Math.min(range, part.length() - at));
                Optional<ObjectNode> made = range(drive, session, bytes, at, part.length());
                at += bytes.length;
                if (made.isPresent()) {
                    return made.get();
                }
                if (at >= part.length() || bytes.length == 0) {
                    throw new FailureException(
                            Failure.of(FailureCategory.CONTENT_MISMATCH, "upload-incomplete"),
                            "the service wants more than the " + at + " bytes of the file",
                            null);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException(
                    Failure.of(FailureCategory.TRANSIENT, "interrupted"), "interrupted while it waited", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one range; gives the item with the last one. */
    private Optional<ObjectNode> range(DriveCalls drive, URI session, byte[] bytes, long at, long length) {
        GraphCall call = drive.session("PUT", "drive.upload.range", 0)
                .sending(new GraphCall.Body("application/octet-stream", HttpBody.of(bytes)));
        String which = "bytes " + at + "-" + (at + bytes.length - 1) + "/" + length;
        try (Exchange answer =
                OwnRight.orAskForAnother(() -> graph.sendUnauthorized(call, session, Map.of("Content-Range", which)))) {
            boolean more = answer.status() == 202;
            ObjectNode body = GraphClient.object(answer);
            return more ? Optional.empty() : Optional.of(body);
        }
    }
}
