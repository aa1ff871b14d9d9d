// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.notes;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The journal of an application that keeps notes; in other connectors this is the client of a web service. For several threads. */
record Journal(Path file) {
    /** A longer line is not kept in memory, and so is read as one that is broken. */
    private static final int LONGEST_LINE = 1 << 20;

    Reader read() throws IOException {
        return new Reader(Files.newByteChannel(file));
    }

    void forEach(Consumer<Line> consumer) throws IOException {
        try (Reader reader = read()) {
            for (Line line = reader.next(); line != null; line = reader.next()) {
                consumer.accept(line);
            }
        }
    }

    /** Appends a line durably. What a crash left of an earlier one is ended first, so that it spoils nothing but itself. */
    synchronized void append(Map<String, String> fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = out.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            if (size > 0 && out.read(last, size - 1) == 1 && last.get(0) != '\n') {
                bytes.write('\n');
            }
            bytes.writeBytes(Line.json(fields));
            bytes.write('\n');
            ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
            while (all.hasRemaining()) {
                size += out.write(all, size);
            }
            out.force(true);
        }
    }

    /** Reads lines in order; one that is not yet ended is not given. For one thread. */
    static final class Reader implements AutoCloseable {
        private final SeekableByteChannel channel;
        private InputStream in;
        private long position;

        private Reader(SeekableByteChannel channel) {
            this.channel = channel;
            this.in = new BufferedInputStream(Channels.newInputStream(channel));
        }

        /** Names the life of the journal: places in one mean nothing in another. */
        String life() throws IOException {
            Line first = next();
            return first == null ? "" : first.get("journal");
        }

        /** Goes on at a place that a line ended at; false if the journal is not as long. */
        boolean seek(long place) throws IOException {
            if (place > channel.size()) {
                return false;
            }
            channel.position(place);
            in = new BufferedInputStream(Channels.newInputStream(channel));
            position = place;
            return true;
        }

        /** Where the next line begins. */
        long position() {
            return position;
        }

        @Nullable
        Line next() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            long start = position;
            long at = start;
            for (int b = in.read(); b >= 0; b = in.read()) {
                at++;
                if (b == '\n') {
                    position = at;
                    return Line.parse(start, at, bytes.toByteArray(), Math.min(bytes.size(), LONGEST_LINE));
                }
                if (at - start <= LONGEST_LINE) {
                    bytes.write(b);
                }
            }
            return null;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
