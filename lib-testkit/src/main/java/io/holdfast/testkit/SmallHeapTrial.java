// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Puts and gets one large object and lists many names in a process of its own whose heap is small. Stateless. */
public final class SmallHeapTrial {
    private SmallHeapTrial() {}

    /**
     * Runs a program with a heap of 256 MB and the class path of this one.
     *
     * @param program a class with a {@code main} that calls {@link #run}
     * @param length the length of the object in bytes, its first argument
     * @param names the number of names that are listed, its second argument
     * @return what it printed
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the thread is interrupted while it runs
     * @throws AssertionError if it failed, with what it printed
     */
    public static String start(Class<?> program, long length, int names) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        String.valueOf(length),
                        String.valueOf(names))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("the program in a small heap failed: " + output);
        }
        return output;
    }

    /**
     * Puts zeros, gets them and lists everything.
     *
     * @param store the store
     * @param length how many zeros
     * @return such as {@code got 10 listed 3}
     * @throws IOException if the object cannot be read
     */
    public static String run(ObjectStore store, long length) throws IOException {
        ObjectName name = new ObjectName("runs/aa/large");
        store.put(name, zeros(length), PutOptions.overwrite());
        long got;
        try (InputStream in = store.get(name, ByteRange.all())) {
            got = in.transferTo(OutputStream.nullOutputStream());
        }
        int listed = 0;
        try (ObjectListing listing = store.list("")) {
            while (listing.hasNext()) {
                listing.next();
                listed++;
            }
        }
        return "got " + got + " listed " + listed;
    }

    /**
     * Puts objects of one byte, for a server that makes up nothing.
     *
     * @param store the store
     * @param names how many
     */
    public static void fill(ObjectStore store, int names) {
        IntStream.range(0, names)
                .parallel()
                .forEach(i -> store.put(
                        new ObjectName("data/" + i % 256 + "/" + i),
                        ObjectBody.of(new byte[1]),
                        PutOptions.overwrite()));
    }

    private static ObjectBody zeros(long length) {
        return new ObjectBody() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream open() {
                return new Zeros(length);
            }
        };
    }

    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long length) {
            this.left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int n = (int) Math.min(length, left);
            Arrays.fill(bytes, offset, offset + n, (byte) 0);
            left -= n;
            return n;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.min(Math.max(0, count), left);
            left -= skipped;
            return skipped;
        }
    }
}
