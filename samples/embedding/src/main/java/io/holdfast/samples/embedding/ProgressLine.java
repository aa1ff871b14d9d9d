// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.embedding;

import io.holdfast.observe.SessionEvent;
import io.holdfast.observe.SessionListener;
import java.io.PrintStream;
import java.util.function.LongConsumer;

/** Draws what a session does. Events come one at a time and in order; what happens here never slows the session for long. */
final class ProgressLine implements SessionListener {
    private final PrintStream out;
    private final LongConsumer itemsSoFar;

    ProgressLine(PrintStream out, LongConsumer itemsSoFar) {
        this.out = out;
        this.itemsSoFar = itemsSoFar;
    }

    @Override
    public void onEvent(SessionEvent event) {
        if (event instanceof SessionEvent.SessionStarted started) {
            out.println(started.resumed() ? "   goes on where the last session stopped" : "   begins");
        } else if (event instanceof SessionEvent.Progress progress) {
            long bars = Math.min(40, progress.items() / 10);
            out.printf("   [%-40s] %d items%n", "#".repeat((int) bars), progress.items());
            itemsSoFar.accept(progress.items());
        } else if (event instanceof SessionEvent.Waiting waiting) {
            out.println("   waits for " + waiting.delay() + ": " + waiting.reason());
        } else if (event instanceof SessionEvent.ItemTrouble trouble) {
            out.println("   not stored: " + trouble.item() + ", " + trouble.cause());
        } else if (event instanceof SessionEvent.Committed committed) {
            // With this a host notices later if somebody sets the whole repository back.
            out.println("   witness to keep: " + committed.witness());
        }
        // Kinds of events are added in minor releases: what is not known here is passed over.
    }
}
