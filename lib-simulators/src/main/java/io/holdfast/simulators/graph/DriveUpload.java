// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpBody;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An upload in ranges, from its beginning to the file. Guarded by the tenant. */
final class DriveUpload {
    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");
    private static final int UNIT = 320 * 1024;
    private static final int MOST = 60 << 20;

    private final Instant expires;
    private final Function<HttpBody, Reply> end;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean over;

    DriveUpload(Instant expires, Function<HttpBody, Reply> end) {
        this.expires = expires;
        this.end = end;
    }

    Reply answer(PeerRequest request) {
        if (over) {
            throw new GraphError(404, "uploadSessionNotFound", "The upload session was not found");
        }
        switch (request.method()) {
            case "GET":
                return state(200);
            case "DELETE":
                over = true;
                return Reply.of(204);
            case "PUT":
                return take(request);
            default:
                throw new GraphError(405, "invalidRequest", "The method is not allowed.");
        }
    }

    private Reply take(PeerRequest request) {
        Matcher range = RANGE.matcher(request.fields().first("content-range").orElse(""));
        if (!range.matches()) {
            throw new GraphError(400, "invalidRequest", "The Content-Range header is missing or malformed.");
        }
        long from = Long.parseLong(range.group(1));
        long to = Long.parseLong(range.group(2));
        long total = Long.parseLong(range.group(3));
        int length = request.body().length;
        if (from != bytes.size()) {
            throw new GraphError(
                            416,
                            "invalidRange",
                            "The uploaded fragment overlaps with data that has already been received.")
                    .withInner("fragmentOverlap");
        }
        boolean last = to == total - 1;
        if (length != to - from + 1 || length >= MOST || !last && length % UNIT != 0) {
            throw new GraphError(400, "invalidRequest", "The fragment has a wrong length.")
                    .withInner("fragmentLengthMismatch");
        }
        bytes.writeBytes(request.body());
        if (!last) {
            return state(202);
        }
        over = true;
        return end.apply(HttpBody.of(bytes.toByteArray()));
    }

    private Reply state(int status) {
        return Call.reply(
                status,
                Json.object(
                        "expirationDateTime",
                        GraphTenant.stamp(expires),
                        "nextExpectedRanges",
                        List.of(bytes.size() + "-")));
    }
}
