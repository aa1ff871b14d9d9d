// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.AttachmentUpload;
import io.holdfast.source.Part;
import io.holdfast.source.ResumeHints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Attaches to a restored event what it has not yet. */
final class AttachmentRestore {
    /** From here on an attachment has to be uploaded ("Attach large files to Outlook messages or events"). */
    private static final long LARGE = 3L << 20;

    private final GraphClient graph;
    private final CalendarCalls calls;
    private final ResumeHints hints;

    AttachmentRestore(GraphClient graph, CalendarCalls calls, ResumeHints hints) {
        this.graph = graph;
        this.calls = calls;
        this.hints = hints;
    }

    /**
     * Attaches what is missing.
     *
     * @param event the event or occurrence
     * @param wanted what was attached
     * @param fresh whether nothing can be attached yet
     * @return how many could not be attached, since they are no files
     */
    int complete(String event, List<StoredEvent.Attached> wanted, boolean fresh) {
        if (wanted.isEmpty()) {
            return 0;
        }
        List<String> there = fresh ? new ArrayList<>() : names(event);
        int left = 0;
        for (StoredEvent.Attached each : wanted) {
            String name = each.about().path("name").asText("attachment");
            boolean missing = !there.remove(name);
            if (missing && each.isFile()) {
                attach(event, name, each);
            } else if (missing) {
                left++;
            }
        }
        return left;
    }

    private List<String> names(String event) {
        List<String> names = new ArrayList<>();
        graph.each(
                calls.attachments(event).restoring(),
                each -> names.add(each.path("name").asText("attachment")));
        return names;
    }

    private void attach(String event, String name, StoredEvent.Attached attached) {
        Part content = Objects.requireNonNull(attached.part());
        if (content.length() >= LARGE) {
            upload(event, name, attached, content);
            return;
        }
        try (InputStream in = content.open(0)) {
            ObjectNode body = Json.object().put("@odata.type", "#microsoft.graph.fileAttachment");
            describe(body, name, attached.about());
            body.put("contentBytes", in.readAllBytes());
            graph.object(calls.attach(event).json(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void describe(ObjectNode body, String name, JsonNode about) {
        body.put("name", name).put("isInline", about.path("isInline").asBoolean());
        Json.text(about, "contentType").ifPresent(type -> body.put("contentType", type));
        Json.text(about, "contentId").ifPresent(id -> body.put("contentId", id));
    }

    private void upload(String event, String name, StoredEvent.Attached attached, Part content) {
        ObjectNode session = Json.object();
        ObjectNode item = session.putObject("AttachmentItem")
                .put("attachmentType", "file")
                .put("size", content.length());
        describe(item, name, attached.about());
        new AttachmentUpload(graph, calls.uploadSession(event).json(session), calls.upload(), hints)
                .send(event, content);
    }
}
