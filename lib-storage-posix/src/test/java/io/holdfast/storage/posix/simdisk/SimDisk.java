// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix.simdisk;

import io.holdfast.runtime.TimeSource;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SimulatedCrash;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A disk in memory: what was synced survives a power loss, and of the rest whatever chance leaves, as strict POSIX allows.
 *
 * <p>Safe for use by several threads, one call at a time. Calls that change something are counted from 1 and can be made to fail, or to
 * be the one at which the power goes.
 */
public final class SimDisk {
    private final TimeSource time;
    private final Node root;
    private final AtomicLong numbers;
    private final SimFileSystem files;
    private final Map<DiskCall, String> faults = new HashMap<>();
    private long calls;
    private long powerLossAt = Long.MAX_VALUE;
    private long entered;
    private long actionAt;
    private Runnable action = () -> {};
    private boolean syncsLie;
    private boolean readOnly;

    /**
     * An empty disk.
     *
     * @param time the clock for the times of files
     */
    public SimDisk(TimeSource time) {
        this(time, new Node(1, true, time.now()), new AtomicLong(1));
    }

    private SimDisk(TimeSource time, Node root, AtomicLong numbers) {
        this.time = time;
        this.root = root;
        this.numbers = numbers;
        this.files = new SimFileSystem(this);
    }

    /**
     * The folder at the top.
     *
     * @return its path
     */
    public Path top() {
        return files.getPath("/");
    }

    /**
     * How many calls changed something or made a change last.
     *
     * @return the number
     */
    public synchronized long calls() {
        return calls;
    }

    /**
     * Lets the power go before a call; that call and all later ones throw {@link SimulatedCrash}.
     *
     * @param call the number of the call, counted from 1
     */
    public synchronized void losePowerAt(long call) {
        powerLossAt = call;
    }

    /**
     * Does something in the middle of one of the next calls of whatever kind, reading ones included.
     *
     * @param call the number of the call, counted from 1 for the next one
     * @param step what to do, once
     */
    public synchronized void during(long call, Runnable step) {
        actionAt = entered + call;
        action = step;
    }

    /** Lets syncs do nothing from now on, as disks do that lie about their cache. */
    public synchronized void letSyncsLie() {
        syncsLie = true;
    }

    /**
     * Lets calls of a kind fail from now on.
     *
     * @param call which kind
     * @param reason the text of the C library, such as {@code No space left on device}
     */
    public synchronized void fail(DiskCall call, String reason) {
        faults.put(call, reason);
    }

    /** Ends all failures. */
    public synchronized void heal() {
        faults.clear();
        readOnly = false;
    }

    /** Lets every call that changes something fail, as on a file system that is mounted read-only. */
    public synchronized void makeReadOnly() {
        readOnly = true;
    }

    synchronized boolean isReadOnly() {
        return readOnly;
    }

    /**
     * The disk that the next start of the machine finds.
     *
     * @param chance decides what survives of what was never synced
     * @return another disk
     */
    public synchronized SimDisk afterPowerLoss(SeededRandomness chance) {
        return new SimDisk(time, root.survivor(chance, Node.nothingDone()), numbers);
    }

    TimeSource time() {
        return time;
    }

    synchronized Node newNode(boolean folder) {
        return new Node(numbers.incrementAndGet(), folder, time.now());
    }

    /** Counts a call; fails it if that was ordered. */
    synchronized void enter(DiskCall call, SimPath path) throws IOException {
        if (calls >= powerLossAt) {
            throw new SimulatedCrash(powerLossAt);
        }
        if (++entered == actionAt) {
            action.run();
        }
        boolean changes = call != DiskCall.READ && call != DiskCall.LIST;
        if (changes && ++calls >= powerLossAt) {
            throw new SimulatedCrash(powerLossAt);
        }
        if (readOnly && changes && call != DiskCall.SYNC && call != DiskCall.SYNC_FOLDER) {
            throw new FileSystemException(path.toString(), null, "Read-only file system");
        }
        String reason = faults.get(call);
        if (reason != null) {
            throw new FileSystemException(path.toString(), null, reason);
        }
    }

    synchronized void sync(Node node) {
        if (!syncsLie) {
            node.sync();
        }
    }

    synchronized Node find(SimPath path) throws IOException {
        Node at = root;
        for (String name : path.names()) {
            if (!at.folder) {
                throw new FileSystemException(path.toString(), null, "Not a directory");
            }
            Node next = at.entries.get(name);
            if (next == null) {
                throw new NoSuchFileException(path.toString());
            }
            at = next;
        }
        return at;
    }

    synchronized Node findFolder(SimPath path) throws IOException {
        Node node = find(path);
        if (!node.folder) {
            throw new NotDirectoryException(path.toString());
        }
        return node;
    }
}
