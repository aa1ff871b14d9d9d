// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.runtime.TimeSource;
import io.holdfast.store.CountingObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** Adds up what is read and written in the stores of one command, shows it, and carries the wish to stop to them; thread-safe. */
final class StoreWatch {
    private final Progress progress;
    private final TimeSource time;
    private final long begun;
    private final List<CountingObjectStore> stores = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;

    StoreWatch(Progress progress, TimeSource time) {
        this.progress = progress;
        this.time = time;
        this.begun = time.nanos();
    }

    void add(CountingObjectStore store) {
        stores.add(store);
    }

    /** Ends the work at its next call of a store. */
    void stop() {
        stopping = true;
    }

    void called() {
        if (stopping) {
            throw new StoppedException();
        }
        progress.show(Duration.ofNanos(time.nanos() - begun), this::line);
    }

    private String line(Duration elapsed) {
        long reads = 0;
        long read = 0;
        long written = 0;
        for (CountingObjectStore store : stores) {
            reads += store.counts().gets();
            read += store.counts().bytesRead();
            written += store.counts().bytesWritten();
        }
        return String.format(
                Locale.ROOT,
                "%,d reads, %s read, %s written, %s/s, %s",
                reads,
                Progress.size(read),
                Progress.size(written),
                Progress.size(Progress.perSecond(read, elapsed)),
                Progress.seconds(elapsed));
    }
}
