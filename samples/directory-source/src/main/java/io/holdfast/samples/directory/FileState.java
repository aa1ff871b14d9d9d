// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import io.holdfast.source.SourceItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * What one {@code lstat} call tells of a file.
 *
 * @param size bytes
 * @param modified when its content changed last
 * @param changed when its content or its attributes changed last; nobody can set it back
 * @param inode the number of the file in its file system
 * @param mode type and permissions as in {@code st_mode}
 * @param uid the owner
 * @param gid the group
 */
record FileState(long size, Instant modified, Instant changed, long inode, int mode, int uid, int gid) {
    private static final int TYPE = 0xf000;
    private static final int PIPE = 0x1000;
    private static final int CHARACTER_DEVICE = 0x2000;
    private static final int FOLDER = 0x4000;
    private static final int BLOCK_DEVICE = 0x6000;
    private static final int REGULAR = 0x8000;
    private static final int LINK = 0xa000;
    private static final int SOCKET = 0xc000;
    private static final String ATTRIBUTES = "unix:size,lastModifiedTime,ctime,ino,mode,uid,gid";

    /** Asks the file system, not following a link. */
    static FileState of(Path path) throws IOException {
        Map<String, Object> all = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        return new FileState(
                number(all, "size").longValue(),
                time(all, "lastModifiedTime"),
                time(all, "ctime"),
                number(all, "ino").longValue(),
                number(all, "mode").intValue(),
                number(all, "uid").intValue(),
                number(all, "gid").intValue());
    }

    private static Number number(Map<String, Object> all, String name) {
        return (Number) present(all, name);
    }

    private static Instant time(Map<String, Object> all, String name) {
        return ((FileTime) present(all, name)).toInstant();
    }

    private static Object present(Map<String, Object> all, String name) {
        Object value = all.get(name);
        if (value == null) {
            throw new IllegalStateException("the file system gives no attribute '" + name + "'");
        }
        return value;
    }

    boolean isFolder() {
        return (mode & TYPE) == FOLDER;
    }

    boolean isFile() {
        return (mode & TYPE) == REGULAR;
    }

    boolean isLink() {
        return (mode & TYPE) == LINK;
    }

    /** The type of a file that has no content to keep, in one word. */
    String special() {
        return switch (mode & TYPE) {
            case PIPE -> "pipe";
            case SOCKET -> "socket";
            case CHARACTER_DEVICE -> "character-device";
            case BLOCK_DEVICE -> "block-device";
            default -> "unknown-type";
        };
    }

    /**
     * Whether a file that was opened in this state has still the same content. Size and time tell: a file that was renamed over this one
     * meanwhile is not the one that is open, and the next walk sees its inode.
     */
    boolean isStillAt(Path path) throws IOException {
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return size == now.size() && modified.equals(now.lastModifiedTime().toInstant());
    }

    /**
     * The content tag hashes type, size, modification time and inode, so that a file renamed over another is noticed and a chmod reads
     * nothing; the state tag adds change time, mode and owner. A folder has no content, and its own size and inode tell nothing.
     */
    SourceItem.Tags tags() {
        if (isFolder()) {
            String tag = tag(mix(mix(mix(mode, modified.getEpochSecond()), modified.getNano()), owners()));
            return SourceItem.Tags.of(tag, tag);
        }
        long content = mix(mix(mix(mix(mode & TYPE, size), modified.getEpochSecond()), modified.getNano()), inode);
        long state = mix(mix(mix(mix(content, changed.getEpochSecond()), changed.getNano()), mode), owners());
        return SourceItem.Tags.of(tag(content), tag(state));
    }

    private long owners() {
        return (long) uid << 32 | gid & 0xffffffffL;
    }

    /** The finalizer of MurmurHash3 over a running value: well spread, and for tags nothing else is needed. */
    private static long mix(long hash, long value) {
        long h = hash * 0x9e3779b97f4a7c15L + value;
        h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }

    /** 48 bits as 8 characters: every byte counts in a manifest of millions. */
    private static String tag(long hash) {
        byte[] text = new byte[8];
        for (int i = 0; i < 8; i++) {
            int six = (int) (hash >>> 16 + 6 * i) & 63;
            text[i] = (byte)
                    (six < 26
                            ? 'A' + six
                            : six < 52 ? 'a' + six - 26 : six < 62 ? '0' + six - 52 : six == 62 ? '-' : '_');
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
