// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.source.Fetched;
import io.holdfast.source.Part;
import io.holdfast.source.Pull;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A source of notes whose contents are made while they are read: noise of any length, which nobody holds. What is read is told, and what is read
 * again is not. Safe for use by several threads.
 */
final class NoiseSource implements SourceConnector {
    private final InMemorySource notes = InMemorySource.create("noise");
    private final ResourceId box = notes.addResource("noise:box", "box");
    private final ItemKey folder = notes.addFolder(box, "folder");
    private final ConcurrentHashMap<String, Long> furthest = new ConcurrentHashMap<>();
    private final LongConsumer firstRead;
    private final SeededRandomness breaks;
    private final double breakRate;

    /**
     * A source without notes.
     *
     * @param firstRead takes how many bytes were read for the first time
     * @param breaks where readings break off
     * @param breakRate how many of them do, 0.0 to 1.0
     */
    NoiseSource(LongConsumer firstRead, SeededRandomness breaks, double breakRate) {
        this.firstRead = firstRead;
        this.breaks = breaks;
        this.breakRate = breakRate;
    }

    /** Adds a note of some length, in bytes. */
    void add(long length) {
        notes.add(
                box,
                folder,
                "note",
                ByteBuffer.allocate(Long.BYTES).putLong(length).array());
    }

    @Override
    public SourceId id() {
        return notes.id();
    }

    @Override
    public TenantId tenant() {
        return notes.tenant();
    }

    @Override
    public Source open(SourceContext context) {
        return new ForwardingSource(notes.open(context)) {
            @Override
            public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
                return new Noisy(inner.fetch(resource, items));
            }
        };
    }

    private final class Noisy implements Pull<Fetched> {
        private final Pull<Fetched> fetched;

        Noisy(Pull<Fetched> fetched) {
            this.fetched = fetched;
        }

        @Override
        public @Nullable Fetched next() {
            Fetched next = fetched.next();
            return next instanceof Fetched.Found found
                    ? new Fetched.Found(
                            found.ref(), found.item(), List.of(noise(found.ref().key())))
                    : next;
        }

        @Override
        public void close() {
            fetched.close();
        }
    }

    private Part noise(ItemKey note) {
        byte[] length = notes.content(box, note, "content").orElseThrow();
        return new NoisePart(note.value(), ByteBuffer.wrap(length).getLong());
    }

    private final class NoisePart implements Part {
        private final String note;
        private final long length;

        NoisePart(String note, long length) {
            this.note = note;
            this.length = length;
        }

        @Override
        public String name() {
            return "content";
        }

        @Override
        public Form form() {
            return Form.FILE;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public InputStream open(long offset) {
            return new NoiseStream(note, length, breaks.happens(breakRate) ? breaks.nextLong(length) : length);
        }
    }

    private final class NoiseStream extends InputStream {
        private final String note;
        private final long length;
        private final long breaksAt;
        private final SplittableRandom noise;
        private long at;

        NoiseStream(String note, long length, long breaksAt) {
            this.note = note;
            this.length = length;
            this.breaksAt = breaksAt;
            this.noise = new SplittableRandom(note.hashCode());
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            if (len == 0 || at == length) {
                return len == 0 ? 0 : -1;
            }
            if (at == breaksAt) {
                throw new IOException("the connection was reset");
            }
            int n = (int) Math.min(Math.min(len, 64 << 10), breaksAt - at);
            for (int i = 0; i < n; i++) {
                b[off + i] = (byte) noise.nextInt();
            }
            at += n;
            tell();
            return n;
        }

        private void tell() {
            long before = furthest.getOrDefault(note, 0L);
            if (at > before) {
                furthest.put(note, at);
                firstRead.accept(at - before);
            }
        }
    }
}
