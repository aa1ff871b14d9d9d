// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.exchange.Exchange;
import io.holdfast.exchange.HttpBody;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.graph.OwnRight;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Uploads by sessions: a file appears when its last range is there, and an attempt goes on where the one before broke off. Safe for use by several
 * threads.
 */
final class Uploads {
    /** Ranges are multiples of 320 KiB and under 60 MiB; 5 to 10 MiB are recommended. */
    static final int RANGE = 16 * 320 * 1024;

    private final GraphClient graph;
    private final MemoryBudget memory;
    /** Sessions that broke off, by what they upload; their addresses are keys, and stay here. */
    private final Map<String, URI> begun = new ConcurrentHashMap<>();

    Uploads(GraphClient graph, MemoryBudget memory) {
        this.graph = graph;
        this.memory = memory;
    }

    /** Uploads a content; each call is one attempt. */
    ObjectNode upload(
            DriveCalls drive, String parent, String name, Part part, Optional<ObjectNode> dates, String behaviour) {
        String key = String.join("\n", drive.drive(), parent, name, identity(part));
        URI broken = begun.get(key);
        Optional<Long> position = broken == null ? Optional.empty() : position(drive, broken);
        URI session = broken == null || position.isEmpty() ? begin(drive, parent, name, dates, behaviour) : broken;
        begun.put(key, session);
        ObjectNode made = send(drive, session, part, position.orElse(0L));
        begun.remove(key);
        return made;
    }

    /** Of the bytes, and not of the name alone: two files of one name must not go on in each other's session. */
    private static String identity(Part part) {
        String hash = part.sha256().map(HexFormat.of()::formatHex).orElse("");
        return part.name() + "\n" + part.length() + "\n" + hash;
    }

    private URI begin(DriveCalls drive, String parent, String name, Optional<ObjectNode> dates, String behaviour) {
        ObjectNode body = Json.object();
        ObjectNode item = body.putObject("item");
        item.put("@microsoft.graph.conflictBehavior", behaviour);
        item.put("name", name);
        dates.ifPresent(info -> item.set("fileSystemInfo", info));
        ObjectNode answer = graph.object(drive.createSession(parent, name).json(body));
        return Json.text(answer, "uploadUrl")
                .map(URI::create)
                .orElseThrow(() -> DriveReader.malformed("an upload session without an address"));
    }

    /** How far a session came; empty if there is none any more. */
    private Optional<Long> position(DriveCalls drive, URI session) {
        try (Exchange answer =
                graph.sendUnauthorized(drive.session("GET", "drive.upload.state", 0), session, Map.of())) {
            return next(GraphClient.object(answer));
        } catch (FailureException e) {
            if (OwnRight.isOver(e.failure())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<Long> next(ObjectNode state) {
        JsonNode first = state.path("nextExpectedRanges").path(0);
        if (!first.isTextual()) {
            return Optional.empty();
        }
        String range = first.asText();
        int dash = range.indexOf('-');
        try {
            return Optional.of(Long.parseLong(dash < 0 ? range : range.substring(0, dash)));
        } catch (NumberFormatException e) {
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
