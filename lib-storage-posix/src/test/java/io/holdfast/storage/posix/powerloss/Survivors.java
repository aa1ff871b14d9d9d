// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix.powerloss;

import io.holdfast.testkit.SeededRandomness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Builds the tree that a machine finds after its power was lost, from what the file system was given ({@code live}) and what it was told
 * to make last ({@code meta}: {@code data/<inode>} is a file's content when it was synced, {@code dirs/<inode>} a folder's entries when
 * it was synced, {@code grave} what was unlinked since).
 *
 * <p>What was synced is there. Of everything else each thing is there or not, by chance: an entry; a file's new bytes, or a first part of
 * them, or some of their blocks with zeros between. What is in {@code live} is compared with its synced copy before any of that: a file
 * that was not written to since its sync has nothing left that could tear.
 */
final class Survivors {
    private static final int BLOCK = 4096;

    private final Path live;
    private final Path meta;
    private final SeededRandomness chance;
    private final boolean honest;
    private final Map<Long, Path> byInode = new HashMap<>();

    /** An entry of a folder, as the file system notes it. */
    private record Entry(boolean folder, long inode) {}

    /**
     * Looks at what is there.
     *
     * @param honest whether syncs count; a disk that lies about them shows that the drill notices
     */
    Survivors(Path live, Path meta, SeededRandomness chance, boolean honest) throws IOException {
        this.live = live;
        this.meta = meta;
        this.chance = chance;
        this.honest = honest;
        note(meta.resolve("grave"));
        note(live);
    }

    private void note(Path top) throws IOException {
        try (Stream<Path> tree = Files.walk(top)) {
            for (Path each : tree.toList()) {
                byInode.put(inode(each), each);
            }
        }
    }

    private static long inode(Path file) throws IOException {
        return ((Number) Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS)).longValue();
    }

    void rebuildIn(Path out) throws IOException {
        build(inode(live), out);
    }

    private void build(long folder, Path out) throws IOException {
        Files.createDirectories(out);
        for (Map.Entry<String, Entry> each : entries(folder).entrySet()) {
            Path to = out.resolve(each.getKey());
            if (each.getValue().folder()) {
                build(each.getValue().inode(), to);
            } else {
                Files.write(to, content(each.getValue().inode()));
            }
        }
    }

    private Map<String, Entry> entries(long folder) throws IOException {
        Map<String, Entry> entries = synced(folder);
        Map<String, Entry> now = now(folder);
        TreeSet<String> names = new TreeSet<>(entries.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            Entry latest = now.get(name);
            if (latest == null && chance.nextInt(2) == 0) {
                entries.remove(name);
            } else if (latest != null && !latest.equals(entries.get(name)) && chance.nextInt(2) == 0) {
                entries.put(name, latest);
            }
        }
        return entries;
    }

    private Map<String, Entry> synced(long folder) throws IOException {
        Map<String, Entry> entries = new TreeMap<>();
        Path noted = meta.resolve("dirs/" + folder);
        if (honest && Files.exists(noted)) {
            for (String line : Files.readAllLines(noted)) {
                String[] words = line.split(" ", 3);
                entries.put(words[2], new Entry(words[0].equals("d"), Long.parseLong(words[1])));
            }
        }
        return entries;
    }

    private Map<String, Entry> now(long folder) throws IOException {
        Map<String, Entry> entries = new TreeMap<>();
        Path path = byInode.get(folder);
        if (path != null) {
            try (Stream<Path> children = Files.list(path)) {
                for (Path child : children.toList()) {
                    entries.put(child.getFileName().toString(), new Entry(Files.isDirectory(child), inode(child)));
                }
            }
        }
        return entries;
    }

    private byte[] content(long file) throws IOException {
        Path copy = meta.resolve("data/" + file);
        byte[] synced = honest && Files.exists(copy) ? Files.readAllBytes(copy) : new byte[0];
        Path path = byInode.get(file);
        byte[] now = path == null ? synced : Files.readAllBytes(path);
        int same = Arrays.mismatch(synced, now);
        if (same < 0) {
            return synced;
        }
        return switch (chance.nextInt(4)) {
            case 0 -> synced;
            case 1 -> now;
            case 2 -> Arrays.copyOf(now, same + chance.nextInt(now.length - same + 1));
            default -> withHoles(now, same);
        };
    }

    private byte[] withHoles(byte[] bytes, int from) {
        byte[] torn = bytes.clone();
        for (int at = from; at < torn.length; at += BLOCK) {
            if (chance.nextInt(2) == 0) {
                Arrays.fill(torn, at, Math.min(torn.length, at + BLOCK), (byte) 0);
            }
        }
        return torn;
    }
}
