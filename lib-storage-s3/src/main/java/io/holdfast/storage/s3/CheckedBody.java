// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.StoreRequests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * A stretch of a body as the SDK reads it, as often as it likes; for one put at a time.
 *
 * <p>The last byte is given only when the body is known to have its length: a service that has not had all announced bytes stores nothing. What the
 * body throws is kept, since the SDK hides it in an error of its own.
 */
final class CheckedBody implements ContentStreamProvider, AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final ObjectName name;
    private final ObjectBody body;
    private final long from;
    private final long length;
    private final List<Checked> opened = new ArrayList<>();
    private @Nullable RuntimeException failure;

    CheckedBody(ObjectName name, ObjectBody body) {
        this(name, body, 0, body.length());
    }

    CheckedBody(ObjectName name, ObjectBody body, long from, long length) {
        this.name = name;
        this.body = body;
        this.from = from;
        this.length = length;
    }

    long length() {
        return length;
    }

    @Override
    public InputStream newStream() {
        Checked in = new Checked(body.open());
        opened.add(in);
        try {
            in.skip();
            return in;
        } catch (IOException e) {
            throw failed(new UncheckedIOException("reading the body of object '" + name + "'", e));
        }
    }

    /** The MD5 of the stretch in base64, as the header {@code Content-MD5} wants it. */
    String md5() {
        try (InputStream in = newStream()) {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            byte[] buffer = new byte[(int) Math.max(1, Math.min(length, BUFFER))];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("reading the body of object '" + name + "'", e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has MD5", impossible);
        }
    }

    /** Closes all streams that were opened of the body: the SDK leaves them open. */
    @Override
    public void close() {
        for (Checked each : opened) {
            try {
                each.close();
            } catch (IOException e) {
                // All that was wanted of it has been read, or its failure is on its way already.
            }
        }
    }

    /** Throws what the body threw, if it did. */
    void throwIfFailed() {
        if (failure != null) {
            throw failure;
        }
    }

    private RuntimeException failed(RuntimeException e) {
        failure = e;
        return e;
    }

    private final class Checked extends InputStream {
        private final InputStream in;
        private long given;
        private boolean closed;

        Checked(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int wanted) {
            if (wanted == 0) {
                return 0;
            }
            try {
                if (given == length) {
                    requireEnd();
                    return -1;
                }
                int n = in.read(bytes, offset, (int) Math.min(wanted, length - given));
                if (n < 0) {
                    StoreRequests.requireLength(name, body.length(), from + given);
                }
                given += n;
                if (given == length) {
                    requireEnd();
                }
                return n;
            } catch (IOException e) {
                throw failed(new UncheckedIOException("reading the body of object '" + name + "'", e));
            } catch (RuntimeException e) {
                throw failed(e);
            }
        }

        /** At the end of the whole body nothing may follow. */
        private void requireEnd() throws IOException {
            if (from + given == body.length() && in.read() >= 0) {
                StoreRequests.requireLength(name, body.length(), body.length() + 1);
            }
        }

        void skip() throws IOException {
            in.skipNBytes(from);
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                in.close();
            }
        }
    }
}
