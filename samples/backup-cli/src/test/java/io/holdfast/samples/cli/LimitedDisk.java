// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A disk for a store that is small, or takes nothing: a file system in memory where this process may mount one, else a store that says
 * what such a disk makes it say. For one thread.
 */
final class LimitedDisk implements AutoCloseable {
    private final Path place;
    private final boolean mounted;
    private final AtomicLong room;
    private volatile boolean readOnly;

    private LimitedDisk(Path place, boolean mounted, long bytes) {
        this.place = place;
        this.mounted = mounted;
        this.room = new AtomicLong(bytes);
    }

    static LimitedDisk at(Path place, int megabytes) throws IOException {
        Files.createDirectories(place);
        boolean mounted = command("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", place.toString());
        return new LimitedDisk(place, mounted, megabytes * 1_000_000L);
    }

    void enlarge(int megabytes) throws IOException {
        room.set(megabytes * 1_000_000L);
        remount("size=" + megabytes + "m");
    }

    void writable(boolean yes) throws IOException {
        readOnly = !yes;
        remount(yes ? "rw" : "ro");
    }

    private void remount(String option) throws IOException {
        if (mounted && !command("mount", "-o", "remount," + option, place.toString())) {
            throw new IOException("cannot remount " + place + " with " + option);
        }
    }

    private static boolean command(String... words) throws IOException {
        try {
            Process process = new ProcessBuilder(List.of(words))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Where the disk is only imagined, the store has to be asked to behave. */
    ObjectStore limit(ObjectStore store) {
        if (mounted) {
            return store;
        }
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("put")) {
                        requireTaken((ObjectBody) args[1]);
                    }
                    try {
                        return method.invoke(store, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void requireTaken(ObjectBody body) {
        if (readOnly) {
            throw new StoreException(ErrorCode.STORE_READ_ONLY, place + " is read-only", "Make it writable");
        }
        if (room.addAndGet(-body.length()) < 0) {
            throw new StoreException(ErrorCode.STORE_FULL, place + " is full", "Make room");
        }
    }

    @Override
    public void close() throws IOException {
        if (mounted && !command("umount", place.toString())) {
            throw new IOException("cannot unmount " + place);
        }
    }
}
