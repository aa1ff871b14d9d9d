// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import io.holdfast.simulators.http.EndlessServer;
import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.SmallHeapTrial;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program that {@link SmallHeapTest} starts. */
final class SmallHeap {
    private static final int PAGE = 5_000;
    private static final Pattern MARKER = Pattern.compile("marker=(\\d+)");

    private SmallHeap() {}

    /** Takes the length of the object in bytes and the number of keys; prints what came. */
    public static void main(String[] args) throws IOException {
        long length = Long.parseLong(args[0]);
        int keys = Integer.parseInt(args[1]);
        try (EndlessServer service = new EndlessServer(length, (method, query) -> document(query, keys));
                ObjectStore store = AzureServer.retrying(AzureServer.at(service.uri("/account"))
                        .store("container")
                        .open())) {
            String came = SmallHeapTrial.run(store, length);
            System.out.println("put " + service.received() + " " + came);
        }
    }

    private static Optional<String> document(String query, int keys) {
        if (query.contains("comp=list")) {
            return Optional.of(page(query, keys));
        }
        return query.contains("restype=container") || query.contains("comp=blocklist")
                ? Optional.of("")
                : Optional.empty();
    }

    private static String page(String query, int keys) {
        Matcher marker = MARKER.matcher(query);
        int from = marker.find() ? Integer.parseInt(marker.group(1)) : 0;
        int to = Math.min(keys, from + PAGE);
        StringBuilder xml = new StringBuilder("<EnumerationResults><Blobs>");
        for (int i = from; i < to; i++) {
            xml.append("<Blob><Name>data/")
                    .append(i)
                    .append(
                            "</Name><Properties><Last-Modified>Tue, 01 Jan 2030 00:00:00 GMT</Last-Modified><Etag>1</Etag><Content-Length>1</Content-Length></Properties></Blob>");
        }
        xml.append("</Blobs><NextMarker>").append(to < keys ? String.valueOf(to) : "");
        return xml.append("</NextMarker></EnumerationResults>").toString();
    }
}
