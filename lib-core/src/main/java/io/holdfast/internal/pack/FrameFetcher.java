// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import io.holdfast.internal.format.PackRef;
import io.holdfast.store.ByteRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames and keeps their plaintexts, several neighbours with one request where reading goes on in order.
 *
 * <p>Safe for use by several threads; one that wants a frame that another is fetching waits for it. In a pack that is read from front to back, each
 * request reaches twice as far as the one before, up to 2 MiB.
 */
final class FrameFetcher {
    private static final int SMALLEST_AHEAD_BYTES = 256 << 10;
    private static final int LARGEST_AHEAD_BYTES = 2 << 20;
    /** What may be left out between two frames that still count as neighbours. */
    private static final int GAP_BYTES = 128 << 10;

    private static final int TRAILS = 256;

    private final BlobScope scope;
    private final FrameCodec codec;
    private final PackDirectories directories;
    private final WeighedCache<Address, byte[]> cache;
    private final WeighedCache<PackRef, Trail> trails = new WeighedCache<>(TRAILS, 1, trail -> 1);
    private final ConcurrentHashMap<Address, CompletableFuture<@Nullable Void>> underway = new ConcurrentHashMap<>();
    private final LongAdder requests = new LongAdder();

    /** Where a frame lies. */
    record Address(PackRef pack, long start) {}

    /** How far a pack was read, and how many bytes the last request reached. */
    private record Trail(long next, int reach) {}

    FrameFetcher(BlobScope scope, PackDirectories directories, long cacheBytes) {
        this.scope = scope;
        this.codec = new FrameCodec(scope);
        this.directories = directories;
        this.cache = new WeighedCache<>(cacheBytes, 1, plain -> plain.length + 96);
    }

    /** The plaintext of the frame that holds a blob; not to be changed. */
    byte[] plaintext(BlobLocation location) {
        Address address = new Address(location.pack(), location.frameStart());
        byte[] plain = cache.get(address);
        if (plain != null) {
            return plain;
        }
        CompletableFuture<@Nullable Void> other = underway.get(address);
        if (other != null) {
            other.join();
            plain = cache.get(address);
        }
        return plain != null
                ? plain
                : Objects.requireNonNull(
                        fetch(location.pack(), inOrder(location)).get(address));
    }

    /** The frame of a location, and those behind it that are likely to be wanted next. */
    private List<FrameEntry> inOrder(BlobLocation location) {
        PackRef pack = location.pack();
        PackDirectory directory = directory(pack);
        FrameEntry first = directory
                .frameAt(location.frameStart())
                .filter(frame -> frame.storedLength() == location.frameStoredLength())
                .orElseThrow(() -> PackFormat.damaged(
                        pack.objectName(), "its directory names no frame at " + location.frameStart()));
        Trail trail = trails.get(pack);
        boolean goesOn = trail != null && first.start() >= trail.next() && first.start() - trail.next() <= GAP_BYTES;
        int reach = goesOn && trail != null
                ? Math.min(LARGEST_AHEAD_BYTES, Math.max(SMALLEST_AHEAD_BYTES, 2 * trail.reach()))
                : 0;
        List<FrameEntry> frames = new ArrayList<>();
        frames.add(first);
        long end = first.end();
        int next = indexOf(directory, first) + 1;
        while (next < directory.frames().size()) {
            FrameEntry frame = directory.frames().get(next++);
            if (frame.end() - first.start() > reach || cache.has(new Address(pack, frame.start()))) {
                break;
            }
            frames.add(frame);
            end = frame.end();
        }
        trails.put(pack, new Trail(end, reach));
        return frames;
    }

    private static int indexOf(PackDirectory directory, FrameEntry frame) {
        int low = 0;
        int high = directory.frames().size() - 1;
        while (low < high) {
            int middle = low + high >>> 1;
            if (directory.frames().get(middle).start() < frame.start()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Fetches frames ahead of their use, neighbours together. */
    void fetchAhead(List<BlobLocation> locations, int largestRequestBytes) {
        Map<PackRef, TreeMap<Long, FrameEntry>> wanted = new LinkedHashMap<>();
        for (BlobLocation location : locations) {
            if (!cache.has(new Address(location.pack(), location.frameStart()))) {
                directory(location.pack())
                        .frameAt(location.frameStart())
                        .ifPresent(frame -> wanted.computeIfAbsent(location.pack(), pack -> new TreeMap<>())
                                .put(frame.start(), frame));
            }
        }
        wanted.forEach((pack, frames) -> {
            for (List<FrameEntry> neighbours : cut(frames.values(), largestRequestBytes)) {
                fetch(pack, neighbours);
            }
        });
    }

    private static List<List<FrameEntry>> cut(Collection<FrameEntry> ascending, int largestRequestBytes) {
        List<List<FrameEntry>> groups = new ArrayList<>();
        List<FrameEntry> group = new ArrayList<>();
        for (FrameEntry frame : ascending) {
            if (!group.isEmpty()) {
                FrameEntry last = group.get(group.size() - 1);
                boolean near = frame.start() - last.end() <= GAP_BYTES;
                if (!near || frame.end() - group.get(0).start() > largestRequestBytes) {
                    groups.add(group);
                    group = new ArrayList<>();
                }
            }
            group.add(frame);
        }
        groups.add(group);
        return groups;
    }

    /**
     * Fetches ascending frames of one pack with one request and opens them. Only the first must open; damage in one of the others is left to
     * whoever asks for it.
     */
    private Map<Address, byte[]> fetch(PackRef pack, List<FrameEntry> frames) {
        CompletableFuture<@Nullable Void> mine = new CompletableFuture<>();
        List<Address> announced = new ArrayList<>();
        for (FrameEntry frame : frames) {
            Address address = new Address(pack, frame.start());
            if (underway.putIfAbsent(address, mine) == null) {
                announced.add(address);
            }
        }
        try {
            return fetchAndOpen(pack, frames);
        } finally {
            announced.forEach(address -> underway.remove(address, mine));
            mine.complete(null);
        }
    }

    private Map<Address, byte[]> fetchAndOpen(PackRef pack, List<FrameEntry> frames) {
        long from = frames.get(0).start();
        int length = Math.toIntExact(frames.get(frames.size() - 1).end() - from);
        requests.increment();
        byte[] stored = directories.fetch(pack, ByteRange.of(from, length));
        long epoch = directory(pack).epoch();
        Map<Address, byte[]> opened = new HashMap<>();
        for (FrameEntry frame : frames) {
            int at = (int) (frame.start() - from);
            try {
                if (at + frame.storedLength() > stored.length) {
                    throw new SealBrokenException("the pack ends before it");
                }
                byte[] plain = codec.open(frame, epoch, new Slice(stored, at, frame.storedLength()));
                Address address = new Address(pack, frame.start());
                opened.put(address, plain);
                cache.put(address, plain);
            } catch (SealBrokenException broken) {
                if (opened.isEmpty()) {
                    throw PackFormat.damaged(
                            pack.objectName(),
                            "frame at " + frame.start() + " does not open: " + broken.getMessage(),
                            broken);
                }
            }
        }
        return opened;
    }

    private PackDirectory directory(PackRef pack) {
        PackDirectory directory = directories.get(pack);
        if (!directory.scope().equals(scope.name())) {
            throw PackFormat.damaged(pack.objectName(), "it is of another dedup scope than the index says");
        }
        return directory;
    }

    /** How many requests for frames were made. */
    long requests() {
        return requests.sum();
    }
}
