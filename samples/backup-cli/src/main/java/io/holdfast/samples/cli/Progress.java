// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.observe.SessionEvent;
import io.holdfast.observe.SessionListener;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/** Shows how far a session is, on standard error: on a terminal one line that changes, elsewhere a line every ten seconds. */
final class Progress implements SessionListener, AutoCloseable {
    private static final Duration ON_TERMINAL = Duration.ofMillis(250);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);

    private final Console console;
    private final boolean quiet;
    private Duration shown = Duration.ZERO;
    private String waiting = "";
    private boolean open;
    private long expected;

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
            case PROGRESS ->
                show(((SessionEvent.Progress) event).elapsed(), elapsed -> line((SessionEvent.Progress) event));
            case WAITING -> {
                SessionEvent.Waiting wait = (SessionEvent.Waiting) event;
                waiting = ", waiting " + seconds(wait.delay()) + " for " + wait.operation() + ": " + wait.reason();
            }
            case SESSION_STARTED -> {
                if (((SessionEvent.SessionStarted) event).resumed()) {
                    console.err().println("backup-cli: continuing an interrupted session");
                }
            }
            case SESSION_ENDED -> close();
            default -> {
                // Other events are the report's matter.
            }
        }
    }

    /** Shows a line if one is due after some time of work. */
    synchronized void show(Duration elapsed, Function<Duration, String> line) {
        Duration step = console.terminal() ? ON_TERMINAL : ELSEWHERE;
        if (quiet || elapsed.minus(shown).compareTo(step) < 0) {
            return;
        }
        shown = elapsed;
        if (console.terminal()) {
            console.err().print("\r\u001b[K" + line.apply(elapsed));
            open = true;
        } else {
            console.err().println("backup-cli: " + line.apply(elapsed));
        }
        console.err().flush();
    }

    /** Says how many bytes there are to read altogether, 0 if nobody knows: then the time that is left can be told. */
    Progress outOf(long bytes) {
        expected = bytes;
        return this;
    }

    private String left(long bytes, Duration elapsed) {
        if (expected == 0 || bytes == 0) {
            return "";
        }
        double share = Math.min(1, (double) bytes / expected);
        long millis = (long) (elapsed.toMillis() * (1 - share) / share);
        return String.format(Locale.ROOT, ", %.0f %%, %s left", 100 * share, seconds(Duration.ofMillis(millis)));
    }

    private String line(SessionEvent.Progress progress) {
        String line = String.format(
                Locale.ROOT,
                "%,d items, %s read, %s stored, %s/s, %s%s%s",
                progress.items(),
                size(progress.bytesRead()),
                size(progress.bytesStored()),
                size(perSecond(progress.bytesRead(), progress.elapsed())),
                seconds(progress.elapsed()),
                left(progress.bytesRead(), progress.elapsed()),
                Console.oneLine(waiting));
        waiting = "";
        return line;
    }

    /** Takes the line away that stands on a terminal. */
    @Override
    public synchronized void close() {
        if (open) {
            console.err().print("\r\u001b[K");
            console.err().flush();
            open = false;
        }
    }

    static long perSecond(long bytes, Duration elapsed) {
        return (long) (bytes / Math.max(1e-3, elapsed.toMillis() / 1e3));
    }

    static String seconds(Duration time) {
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
