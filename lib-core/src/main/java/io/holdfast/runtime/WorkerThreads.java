// SPDX-License-Identifier: Apache-2.0
package io.holdfast.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the worker threads: virtual ones where the running JVM has them, daemon platform threads otherwise. */
final class WorkerThreads {
    private WorkerThreads() {}

    static ExecutorService start(int parallelism) {
        try {
            // Looked up, since Java 17 is the baseline and has no such method. Names stay holdfast-* through the
            // builder.
            return virtual();
        } catch (ReflectiveOperationException e) {
            return platform();
        }
    }

    private static ExecutorService virtual() throws ReflectiveOperationException {
        Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
        Class<?> builderType = Class.forName("java.lang.Thread$Builder");
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            Object builder = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual))
                    .invoke();
            MethodHandle name = lookup.findVirtual(
                    builderType, "name", MethodType.methodType(builderType, String.class, long.class));
            MethodHandle factory =
                    lookup.findVirtual(builderType, "factory", MethodType.methodType(ThreadFactory.class));
            ThreadFactory threads = (ThreadFactory) factory.invoke(name.invoke(builder, "holdfast-", 1L));
            MethodHandle perTask = lookup.findStatic(
                    Executors.class,
                    "newThreadPerTaskExecutor",
                    MethodType.methodType(ExecutorService.class, ThreadFactory.class));
            return (ExecutorService) perTask.invoke(threads);
        } catch (ReflectiveOperationException e) {
            throw e;
        } catch (Throwable e) {
            throw new ReflectiveOperationException(e);
        }
    }

    /** Daemon threads, as many as there are tasks; an idle one ends after a minute. */
    static ExecutorService platform() {
        AtomicInteger count = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "holdfast-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
