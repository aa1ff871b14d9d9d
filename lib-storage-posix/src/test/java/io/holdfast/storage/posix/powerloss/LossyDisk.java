// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix.powerloss;

import io.holdfast.testkit.SeededRandomness;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A mount of the file system {@code lossyfs}, which passes all through and notes what was synced. */
final class LossyDisk implements AutoCloseable {
    private final Path live;
    private final Path meta;
    private final Path mount;
    private final Process server;
    private final Object device;

    private LossyDisk(Path live, Path meta, Path mount, Process server) throws IOException {
        this.live = live;
        this.meta = meta;
        this.mount = mount;
        this.server = server;
        this.device = device(mount);
    }

    /**
     * Mounts a tree, all of which counts as durable.
     *
     * @param program the file system: {@code lossyfs LIVE META MOUNTPOINT}
     * @param live the tree
     * @param home where its notes and its mount point go; on the same file system as the tree, and empty
     */
    static LossyDisk mount(Path program, Path live, Path home) throws IOException, InterruptedException {
        Path meta = Files.createDirectories(home.resolve("meta"));
        Path mount = Files.createDirectories(home.resolve("mnt"));
        Object unmounted = device(mount);
        Process server = new ProcessBuilder(
                        program.toString(),
                        live.toString(),
                        meta.toString(),
                        mount.toString(),
                        "-f",
                        "-o",
                        "max_threads=8")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("lossyfs.log").toFile())
                .start();
        while (device(mount).equals(unmounted)) {
            if (server.waitFor(5, TimeUnit.MILLISECONDS)) {
                throw new IOException("lossyfs did not start: " + Files.readString(home.resolve("lossyfs.log")));
            }
        }
        LossyDisk disk = new LossyDisk(live, meta, mount, server);
        disk.syncAll();
        return disk;
    }

    private static Object device(Path folder) throws IOException {
        return Files.getAttribute(folder, "unix:dev");
    }

    private void syncAll() throws IOException {
        try (Stream<Path> tree = Files.walk(mount)) {
            for (Path each : tree.toList()) {
                try (FileChannel channel = FileChannel.open(each, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        }
    }

    Path top() {
        return mount;
    }

    /** The power goes: whoever uses the mount gets errors from now on. */
    void losePower() throws IOException, InterruptedException {
        // Otherwise the writer wrote beside the mount, and the loss of that would say nothing of the store.
        if (!device(mount).equals(device)) {
            throw new IllegalStateException("lossyfs ended before the power went; see its log in " + mount.getParent());
        }
        unmount();
    }

    private void unmount() throws IOException, InterruptedException {
        server.destroyForcibly().waitFor();
        new ProcessBuilder("fusermount3", "-uz", mount.toString()).start().waitFor();
    }

    /** What is there when the power comes back. */
    Path survivors(Path out, SeededRandomness chance, boolean honest) throws IOException {
        new Survivors(live, meta, chance, honest).rebuildIn(out);
        return out;
    }

    @Override
    public void close() throws IOException {
        try {
            unmount();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
