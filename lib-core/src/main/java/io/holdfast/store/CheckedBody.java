// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a body as the client of a service reads it, as often as it likes; for implementers of stores.
 *
 * <p>For one put at a time, whichever thread reads. The last byte is given only when the body is known to have its length: a service that has not
 * had all announced bytes stores nothing. What the body throws is kept, since clients hide it in errors of their own.
 */
public final class CheckedBody implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final ObjectName name;
    private final ObjectBody body;
    private final long from;
    private final long length;
    private final List<Checked> opened = Collections.synchronizedList(new ArrayList<>());
    // Clients may read in a thread of their own.
    private volatile @Nullable RuntimeException failure;

    /**
     * A whole body.
     *
     * @param name the object that it is for, for messages
     * @param body the body
     */
    public CheckedBody(ObjectName name, ObjectBody body) {
        this(name, body, 0, body.length());
    }

    /**
     * A stretch of a body.
     *
     * @param name the object that it is for, for messages
     * @param body the body
     * @param from the first byte, counted from 0
     * @param length how many bytes
     * @throws IndexOutOfBoundsException if the body has no such stretch
     */
    public CheckedBody(ObjectName name, ObjectBody body, long from, long length) {
        Objects.checkFromIndexSize(from, length, body.length());
        this.name = name;
        this.body = body;
        this.from = from;
        this.length = length;
    }

    /**
     * How many bytes the stretch has.
     *
     * @return the length in bytes
     */
    public long length() {
        return length;
    }

    /**
     * Reads the stretch from its start.
     *
     * @return exactly its bytes; a read fails if the body has more or fewer than it announces
     */
    public InputStream open() {
        Checked in = new Checked(body.open());
        opened.add(in);
        try {
            in.skip();
            return in;
        } catch (IOException e) {
            throw failed(new UncheckedIOException("reading the body of object '" + name + "'", e));
        }
    }

    /**
     * The MD5 of the stretch, as services want it beside the bytes.
     *
     * @return 16 bytes
     */
    public byte[] md5() {
        try (InputStream in = open()) {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            byte[] buffer = new byte[(int) Math.max(1, Math.min(length, BUFFER))];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return digest.digest();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the body of object '" + name + "'", e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has MD5", impossible);
        }
    }

    /** Closes all streams that were opened of the body: clients leave them open. */
    @Override
    public void close() {
        for (Checked each : List.copyOf(opened)) {
            try {
                each.close();
            } catch (IOException e) {
                // All that was wanted of it has been read, or its failure is on its way already.
            }
        }
    }

    /** Throws what the body threw, if it did. */
    public void throwIfFailed() {
        RuntimeException kept = failure;
        if (kept != null) {
            throw kept;
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
