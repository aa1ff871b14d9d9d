// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobStorageException;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.StoreException;
import io.holdfast.store.AnswerStream;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads blobs, or given versions of them. */
final class AzureReads {
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final BlobContainerClient client;
    private final AzureSettings settings;
    private final AzureFailures failures;

    AzureReads(BlobContainerClient client, AzureSettings settings, AzureFailures failures) {
        this.client = client;
        this.settings = settings;
        this.failures = failures;
    }

    /** A blob as it stands under its name, or a version of it. */
    static BlobClient blob(BlobContainerClient client, String blob, @Nullable String version) {
        return version == null || version.isEmpty()
                ? client.getBlobClient(blob)
                : client.getBlobVersionClient(blob, version);
    }

    /** Asks about the blob that stands under a name; empty if there is none. */
    Optional<BlobProperties> head(ObjectName name) {
        try {
            return Optional.of(client.getBlobClient(settings.blob(name)).getProperties());
        } catch (RuntimeException e) {
            RuntimeException described = failures.describe("looking at", name.value(), e, AzureFailures.Effect.NONE);
            if (described instanceof ObjectMissingException) {
                return Optional.empty();
            }
            throw described;
        }
    }

    /**
     * Reads a blob or a version of it, or a range of either; the service knows no ranges from the end.
     *
     * @param version the version; empty for what stands under the name
     * @param etag the tag that it must have; empty for any
     * @param range a range from the start
     */
    InputStream get(ObjectName name, String version, String etag, ByteRange range) {
        boolean whole = range.equals(ByteRange.all());
        BlobClient blob = blob(client, settings.blob(name), version);
        try {
            HttpResponse answer =
                    blob.getHttpPipeline().sendSync(request(blob, etag, whole ? null : range), Context.NONE);
            if (answer.getStatusCode() == RANGE_NOT_SATISFIABLE) {
                answer.close();
                return outside(name, range);
            }
            requireBytes(answer, whole);
            long length = length(answer);
            if (length == 0 && !whole) {
                // Azurite's way to say so of a range that begins where the blob ends.
                answer.close();
                return outside(name, range);
            }
            InputStream bytes = answer.getBodyAsBinaryData().toStream();
            return new AnswerStream(name, bytes, length, () -> abort(bytes));
        } catch (RuntimeException e) {
            throw failures.describe("reading", name.value(), e, AzureFailures.Effect.NONE);
        }
    }

    /** Made by hand: the SDK either pushes bytes or asks for them in pieces, and we want one request and to pull. */
    private static HttpRequest request(BlobClient blob, String etag, @Nullable ByteRange range) {
        HttpRequest request = new HttpRequest(HttpMethod.GET, blob.getBlobUrl())
                // Not sent with a GET, but signed.
                .setHeader(HttpHeaderName.CONTENT_LENGTH, "0")
                .setHeader(HttpHeaderName.fromString("x-ms-version"), AzureClients.VERSION.getVersion());
        if (range != null) {
            long last = range.offset() + range.length() - 1;
            String end = last < range.offset() ? "" : String.valueOf(last);
            request.setHeader(HttpHeaderName.RANGE, "bytes=" + range.offset() + "-" + end);
        }
        if (!etag.isEmpty()) {
            request.setHeader(HttpHeaderName.IF_MATCH, AzurePuts.quoted(etag));
        }
        return request;
    }

    private void requireBytes(HttpResponse answer, boolean whole) {
        int status = answer.getStatusCode();
        if (status == 206 || status == 200 && whole) {
            return;
        }
        if (status == 200) {
            answer.close();
            throw failures.unsupported(
                    "answers with the whole object where a range was asked for", "Use a service that knows ranges");
        }
        String body = answer.getBodyAsBinaryData().toString();
        throw new BlobStorageException("Status code " + status + ", " + body, answer, null);
    }

    /** The JDK's client drops a connection whose bytes nobody wants any longer. */
    private static void abort(InputStream bytes) {
        try {
            bytes.close();
        } catch (IOException e) {
            // Nothing more was wanted of it.
        }
    }

    private static long length(HttpResponse answer) {
        return Long.parseLong(answer.getHeaderValue(HttpHeaderName.CONTENT_LENGTH));
    }

    /** Only an empty object has no byte at its start. */
    private static InputStream outside(ObjectName name, ByteRange range) {
        if (range.offset() == 0) {
            return new ByteArrayInputStream(new byte[0]);
        }
        throw new StoreException(
                ErrorCode.STORE_SHORT_READ,
                "object '" + name + "' ends before byte " + range.offset() + ", from which it was asked for",
                "Run verify: the object is shorter than what refers to it says");
    }

    /** A range that is counted from the end as one from the start, for a known length. */
    static ByteRange fromStart(ObjectName name, ByteRange range, long length) {
        if (!range.fromEnd()) {
            return range;
        }
        ByteRange.Extent extent = range.within(name, length);
        return extent.length() == 0 ? ByteRange.all() : ByteRange.of(extent.offset(), extent.length());
    }
}
