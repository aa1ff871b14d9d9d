// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import io.holdfast.source.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Contents of items: those that are there already, and those that are asked for when they are read. */
public final class Parts {
    /** What the size of an attachment counts besides its content; where it is more, a second reading settles it. */
    private static final int OVERHEAD = 256;

    private static final int OVERHEAD_PART = 50;

    private Parts() {}

    /** Begins to read; each call is one attempt. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Sends the request.
         *
         * @return the bytes, which the caller closes
         * @throws IOException if it cannot be opened
         */
        InputStream open() throws IOException;
    }

    /**
     * JSON that is there already.
     *
     * @param name the part's name
     * @param bytes its bytes, not copied
     * @return the part
     */
    public static Part json(String name, byte[] bytes) {
        return new InMemory(name, Part.Form.JSON, bytes);
    }

    /**
     * A file that is there already.
     *
     * @param name the part's name
     * @param bytes its bytes, not copied
     * @return the part
     */
    public static Part file(String name, byte[] bytes) {
        return new InMemory(name, Part.Form.FILE, bytes);
    }

    /**
     * Content that is rendered when it is read, and anew each time.
     *
     * @param name the part's name
     * @param form what its bytes are
     * @param opener asks for it
     * @return the part
     */
    public static Part lazy(String name, Part.Form form, Opener opener) {
        return new Lazy(name, form, 0, opener);
    }

    /**
     * The content of a file that is attached, of which the service tells a size that counts some hundred bytes more than the content.
     *
     * @param name the part's name
     * @param size the size as the service tells it, or less than 0 if it does not
     * @param opener asks for it
     * @return the part
     */
    public static Part attached(String name, long size, Opener opener) {
        return new Lazy(name, Part.Form.FILE, Math.max(0, size - OVERHEAD - size / OVERHEAD_PART), opener);
    }

    private record InMemory(String name, Form form, byte[] bytes) implements Part {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream open(long offset) {
            return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
        }
    }

    private record Lazy(String name, Form form, long leastLength, Opener opener) implements Part {
        @Override
        public long length() {
            return -1;
        }

        @Override
        public InputStream open(long offset) throws IOException {
            return opener.open();
        }
    }
}
