// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Turns SIGINT and SIGTERM into an orderly end: the session at work is asked to stop, and the process ends with 130 when it has.
 *
 * <p>Safe for use by several threads. The JVM answers both signals by running shutdown hooks, and would end with a code of its own.
 */
final class Interruption {
    private static final long PATIENCE_SECONDS = 600;

    private final AtomicReference<@Nullable Runnable> stop = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Runnable idle;
    private volatile int code = ExitCode.INTERRUPTED;

    private Interruption(Runnable idle) {
        this.idle = idle;
    }

    /** Takes no signals, for work inside of another process. */
    static Interruption none() {
        return new Interruption(() -> {});
    }

    /**
     * Listens to signals.
     *
     * @param idle what to do about a signal that comes when no work has begun that could be stopped
     */
    static Interruption install(Runnable idle) {
        Interruption interruption = new Interruption(idle);
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::signalled, "backup-cli-interruption"));
        return interruption;
    }

    /** Says how the work that now begins is stopped. */
    void onSignal(Runnable stopping) {
        stop.set(stopping);
    }

    /**
     * Says that all work and output is over, and that the process exits next.
     *
     * @param exitCode what it exits with
     */
    void ended(int exitCode) {
        code = exitCode;
        ended.countDown();
    }

    /** Does what a signal does, but does not wait; false if nothing is at work. */
    boolean stop() {
        Runnable stopping = stop.get();
        if (stopping == null) {
            return false;
        }
        stopping.run();
        return true;
    }

    private void signalled() {
        if (ended.getCount() == 0) {
            return;
        }
        if (stop()) {
            try {
                boolean inTime = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                Runtime.getRuntime().halt(inTime ? code : ExitCode.INTERRUPTED);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        idle.run();
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
}
