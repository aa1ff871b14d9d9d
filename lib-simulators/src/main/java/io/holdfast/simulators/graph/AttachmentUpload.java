// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An attachment that is uploaded in ranges, one after the other; guarded by the tenant. */
final class AttachmentUpload implements Function<PeerRequest, Reply> {
    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");
    private static final int MOST = 4 << 20;

    private final Workbench bench;
    private final Call call;
    private final Owner owner;
    private final Map<String, Object> item;
    private final long size;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private boolean isOver;

    /** What it is attached to. */
    interface Owner {
        GraphMailbox mailbox();

        /** Attaches it, and says where it is, below the path of the mailbox's owner. */
        String store(GraphAttachment file);
    }

    AttachmentUpload(Workbench bench, Call call, Owner owner, Map<String, Object> item, long size) {
        this.bench = bench;
        this.call = call;
        this.owner = owner;
        this.item = item;
        this.size = size;
    }

    @Override
    public Reply apply(PeerRequest request) {
        if (isOver) {
            throw new GraphError(404, "ErrorItemNotFound", "The upload session was not found.");
        }
        return switch (request.method()) {
            case "PUT" -> put(request);
            case "GET" -> status();
            case "DELETE" -> {
                isOver = true;
                yield Reply.of(204);
            }
            default -> throw new GraphError(405, "ErrorInvalidRequest", "An upload session knows PUT, GET and DELETE.");
        };
    }

    private Reply put(PeerRequest request) {
        Matcher range = RANGE.matcher(request.fields().first("content-range").orElse(""));
        if (!range.matches()) {
            throw new GraphError(400, "ErrorInvalidRequest", "The header field Content-Range is missing or malformed.");
        }
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        boolean fits =
                last - first + 1 == request.body().length && last < size && Long.parseLong(range.group(3)) == size;
        if (!fits) {
            throw new GraphError(
                    400,
                    "ErrorInvalidRequest",
                    "Content-Range does not fit the content or the size that was announced.");
        }
        if (request.body().length > MOST) {
            throw new GraphError(413, "maxFragmentLengthExceeded", "A range has at most 4 MB.");
        }
        if (first != content.size()) {
            throw new GraphError(416, "invalidRange", "The next range has to start at " + content.size() + ".");
        }
        bench.turnstile()
                .write(Desk.key(Service.OUTLOOK, call, owner.mailbox().owner().id()), request.body().length);
        content.writeBytes(request.body());
        return content.size() < size ? status() : finish();
    }

    private Reply status() {
        return Call.reply(
                200,
                Json.object(
                        "expirationDateTime",
                                GraphTenant.stamp(bench.transfers().expiry()),
                        "nextExpectedRanges", List.of(String.valueOf(content.size()))));
    }

    private Reply finish() {
        isOver = true;
        String contentType = Json.text(item, "contentType");
        GraphAttachment file = GraphAttachment.file(
                Json.text(item, "name"),
                contentType.isEmpty() ? "application/octet-stream" : contentType,
                content.toByteArray());
        Optional<String> inline = Boolean.TRUE.equals(item.get("isInline"))
                ? Optional.of(Json.text(item, "contentId"))
                : Optional.empty();
        String place = owner.store(inline.isPresent() ? file.inline(inline.get()) : file);
        String user = owner.mailbox().owner().id();
        // The last answer has no body; the id is to be taken from this address.
        return Reply.of(201).with("Location", call.origins().transfer() + "/api/v2.0/Users('" + user + "')/" + place);
    }
}
