// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.simulators.http.EndlessServer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bucket that discards what is put, makes up what is read, and lists as many keys as it was told. */
final class EndlessS3 implements AutoCloseable {
    private static final int PAGE = 1000;
    private static final Pattern TOKEN = Pattern.compile("continuation-token=(\\d+)");
    private static final String XMLNS = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

    private final EndlessServer server;
    private final int keys;

    EndlessS3(long objectBytes, int keys) {
        this.keys = keys;
        this.server = new EndlessServer(objectBytes, this::document);
    }

    /** How many bytes of objects came. */
    long received() {
        return server.received();
    }

    S3ObjectStoreBuilder store() {
        return new S3Server(server.uri(""), S3Credentials.of("access", "secret")).store("bucket");
    }

    private Optional<String> document(String method, String query) {
        if (method.equals("POST")) {
            return Optional.of(
                    query.startsWith("uploads")
                            ? "<InitiateMultipartUploadResult" + XMLNS
                                    + "><UploadId>1</UploadId></InitiateMultipartUploadResult>"
                            : "<CompleteMultipartUploadResult" + XMLNS
                                    + "><ETag>1</ETag></CompleteMultipartUploadResult>");
        }
        if (query.startsWith("versioning")) {
            return Optional.of("<VersioningConfiguration" + XMLNS + "/>");
        }
        return query.contains("list-type=2") ? Optional.of(page(query)) : Optional.empty();
    }

    private String page(String query) {
        Matcher token = TOKEN.matcher(query);
        int from = token.find() ? Integer.parseInt(token.group(1)) : 0;
        int to = Math.min(keys, from + PAGE);
        StringBuilder xml = new StringBuilder("<ListBucketResult").append(XMLNS).append(">");
        for (int i = from; i < to; i++) {
            xml.append("<Contents><Key>data/")
                    .append(i)
                    .append(
                            "</Key><LastModified>2030-01-01T00:00:00.000Z</LastModified><ETag>1</ETag><Size>1</Size></Contents>");
        }
        xml.append("<IsTruncated>").append(to < keys).append("</IsTruncated>");
        if (to < keys) {
            xml.append("<NextContinuationToken>").append(to).append("</NextContinuationToken>");
        }
        return xml.append("</ListBucketResult>").toString();
    }

    @Override
    public void close() {
        server.close();
    }
}
