// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Writes and reads runs in memory for tests. */
final class Runs {
    static final TestBlockSealers SEALERS = new TestBlockSealers();

    private Runs() {}

    record Written(byte[] bytes, RunSummary summary) {
        RunReader open(RunKind kind) {
            return Runs.open(bytes, kind);
        }
    }

    static Written write(RunSettings settings, Iterable<? extends EntryView> entries) {
        return write(settings, entries, new byte[0]);
    }

    static Written write(RunSettings settings, Iterable<? extends EntryView> entries, byte[] extra) {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (RunWriter writer = new RunWriter(stored::write, SEALERS, settings)) {
            for (EntryView entry : entries) {
                writer.add(entry);
            }
            RunSummary summary = writer.finish(extra);
            return new Written(stored.toByteArray(), summary);
        }
    }

    static RunReader open(byte[] bytes, RunKind kind) {
        return RunReader.open(RunBytes.of("test", bytes), SEALERS, kind, new BlockCache(1 << 20));
    }

    static List<RunEntry> drain(RunCursor cursor) {
        List<RunEntry> entries = new ArrayList<>();
        while (cursor.advance()) {
            entries.add(cursor.copy());
        }
        return entries;
    }

    static RunCursor cursor(Iterable<RunEntry> entries) {
        return new ListCursor(entries.iterator());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class ListCursor implements RunCursor {
        private final Iterator<RunEntry> entries;
        private RunEntry current = RunEntry.removal(new byte[1], 0);

        ListCursor(Iterator<RunEntry> entries) {
            this.entries = entries;
        }

        @Override
        public boolean advance() {
            if (!entries.hasNext()) {
                return false;
            }
            current = entries.next();
            return true;
        }

        @Override
        public byte[] keyBytes() {
            return current.key();
        }

        @Override
        public int keyOffset() {
            return 0;
        }

        @Override
        public int keyLength() {
            return current.key().length;
        }

        @Override
        public long number() {
            return current.number();
        }

        @Override
        public boolean tombstone() {
            return current.tombstone();
        }

        @Override
        public byte[] valueBytes() {
            return current.value();
        }

        @Override
        public int valueOffset() {
            return 0;
        }

        @Override
        public int valueLength() {
            return current.value().length;
        }
    }
}
