// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.run.EntryView;
import io.holdfast.internal.run.RunKind;
import io.holdfast.internal.run.RunSettings;
import io.holdfast.internal.run.RunSummary;
import io.holdfast.internal.run.RunWriter;
import io.holdfast.internal.seal.RepositoryKeys;
import java.io.ByteArrayOutputStream;

/** A run that is written into memory; for one thread. Close it, finished or not. */
final class RunInMemory implements AutoCloseable {
    private final RunKind kind;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final RunWriter writer;
    private long entries;

    RunInMemory(RunKind kind, RepositoryKeys keys) {
        this.kind = kind;
        this.writer = new RunWriter(out::write, keys, RunSettings.of(kind));
    }

    void add(EntryView entry) {
        writer.add(entry);
        entries++;
    }

    boolean isEmpty() {
        return entries == 0;
    }

    long writtenBytes() {
        return writer.writtenBytes();
    }

    Written finish() {
        RunSummary summary = writer.finish();
        return new Written(kind, out.toByteArray(), summary);
    }

    @Override
    public void close() {
        writer.close();
    }

    /** A finished run. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
    record Written(RunKind kind, byte[] bytes, RunSummary summary) {
        RunRef at(String object, long offset) {
            return RunShelf.refOf(kind, summary, object, offset);
        }
    }
}
