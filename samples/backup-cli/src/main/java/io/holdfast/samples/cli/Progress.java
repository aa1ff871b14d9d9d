// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.observe.SessionEvent;
import io.holdfast.observe.SessionListener;
import java.time.Duration;
import java.util.Locale;

/** Shows how far a session is, on standard error: on a terminal one line that changes, elsewhere a line every ten seconds. */
final class Progress implements SessionListener {
    private static final Duration ON_TERMINAL = Duration.ofMillis(250);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);

    private final Console console;
    private final boolean quiet;
    private Duration shown = Duration.ZERO;
    private String waiting = "";
    private boolean open;

    Progress(Console console, boolean quiet) {
        this.console = console;
        this.quiet = quiet;
    }

    @Override
    public void onEvent(SessionEvent event) {
        if (quiet) {
            return;
        }
        switch (event.kind()) {
            case PROGRESS -> show((SessionEvent.Progress) event);
            case WAITING -> {
                SessionEvent.Waiting wait = (SessionEvent.Waiting) event;
                waiting = ", waiting " + seconds(wait.delay()) + " for " + wait.operation() + ": " + wait.reason();
            }
            case SESSION_STARTED -> {
                if (((SessionEvent.SessionStarted) event).resumed()) {
                    console.err().println("backup-cli: continuing an interrupted session");
                }
            }
            case SESSION_ENDED -> end();
            default -> {
                // Other events are the report's matter.
            }
        }
    }

    private void show(SessionEvent.Progress progress) {
        Duration step = console.terminal() ? ON_TERMINAL : ELSEWHERE;
        if (progress.elapsed().minus(shown).compareTo(step) < 0) {
            return;
        }
        shown = progress.elapsed();
        double perSecond = progress.bytesRead() / Math.max(1e-3, shown.toMillis() / 1e3);
        String line = String.format(
                Locale.ROOT,
                "%,d items, %s read, %s stored, %s/s, %s%s",
                progress.items(),
                size(progress.bytesRead()),
                size(progress.bytesStored()),
                size((long) perSecond),
                seconds(shown),
                Console.oneLine(waiting));
        waiting = "";
        if (console.terminal()) {
            console.err().print("\r\u001b[K" + line);
            open = true;
        } else {
            console.err().println("backup-cli: " + line);
        }
        console.err().flush();
    }

    private void end() {
        if (open) {
            console.err().print("\r\u001b[K");
            console.err().flush();
            open = false;
        }
    }

    private static String seconds(Duration time) {
        return time.toSeconds() < 100 ? time.toSeconds() + " s" : time.toMinutes() + " min";
    }

    /** A size for people, with three digits at most. */
    static String size(long bytes) {
        double value = bytes;
        String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }
}
