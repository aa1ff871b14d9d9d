// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.TargetException;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.source.Part;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings.Conflict;
import io.holdfast.source.RestoreTarget.Placement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The files and folders below the folder of a restore; safe for use by several threads. */
final class FolderFiles {
    private final Path base;
    private final Conflict conflict;
    /** Folders that are known to be real ones and no links. */
    private final Set<Path> folders = ConcurrentHashMap.newKeySet();
    /** Hashes of the places that this restore has given away, so that two items of one name do not share one. */
    private final Set<Long> taken = new HashSet<>();

    FolderFiles(Path base, Conflict conflict) {
        this.base = base;
        this.conflict = conflict;
    }

    /** What is written into a file. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    static Content bytesOf(Part part) {
        return out -> {
            try (InputStream in = part.open(0)) {
                in.transferTo(out);
            }
        };
    }

    static Content bytesOf(byte[] bytes) {
        return out -> out.write(bytes);
    }

    /** Makes a folder by its names; one that is there must be a folder and no link to one. */
    Path folder(List<String> names) throws IOException {
        Path folder = base;
        for (String name : names) {
            folder = folder.resolve(name);
            if (folders.contains(folder)) {
                continue;
            }
            if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(folder);
            } else if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new TargetException(
                        ErrorCode.TARGET_REFUSED,
                        "'" + folder + "' stands where a folder belongs",
                        "Move it away, or restore to another folder");
            }
            folders.add(folder);
        }
        return folder;
    }

    /** Writes one file, unless it is there already or something else stands in the way. */
    Placement put(Path folder, String name, RestoreItem item, Content content) throws IOException {
        String mark = FileNames.digits(item.item().key().value(), 6);
        Path plain = folder.resolve(name);
        Path marked = folder.resolve(FileNames.withMark(name, mark, ""));
        // Of this restore alone: a restore of another state may have put a neighbour of the first mark there.
        Path own = folder.resolve(FileNames.withMark(name, item.tag().substring(0, 8), ""));
        Path temporary = folder.resolve(".holdfast-" + item.tag() + "-" + FileNames.digits(name, 6));
        try {
            byte[] hash = write(temporary, content);
            Optional<Instant> modified = item.item().modified();
            if (modified.isPresent()) {
                Files.setLastModifiedTime(temporary, FileTime.from(modified.get()));
            }
            if (isThere(marked, temporary, hash)
                    || isThere(own, temporary, hash)
                    || isThere(plain, temporary, hash) && take(plain)) {
                return Placement.ALREADY_THERE;
            }
            Path free = take(plain) ? plain : marked;
            Optional<Path> place = place(free, marked, own);
            if (place.isEmpty()) {
                return Placement.SKIPPED;
            }
            Files.move(temporary, place.get(), StandardCopyOption.ATOMIC_MOVE);
            return Placement.RESTORED;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private Optional<Path> place(Path free, Path marked, Path own) {
        if (isFree(free)) {
            return Optional.of(free);
        }
        return switch (conflict) {
            case SKIP -> Optional.empty();
            case KEEP_BOTH -> Stream.of(marked, own).filter(FolderFiles::isFree).findFirst();
            case REPLACE -> {
                if (Files.isDirectory(free, LinkOption.NOFOLLOW_LINKS)) {
                    throw new TargetException(
                            ErrorCode.TARGET_REFUSED,
                            "folder '" + free + "' stands where a file belongs",
                            "Move it away, or restore to another folder");
                }
                yield Optional.of(free);
            }
        };
    }

    private static boolean isFree(Path place) {
        return Files.notExists(place, LinkOption.NOFOLLOW_LINKS);
    }

    private boolean take(Path place) {
        String folded = FileNames.folded(place.toString());
        long hash = 1125899906842597L;
        for (int i = 0; i < folded.length(); i++) {
            hash = 31 * hash + folded.charAt(i);
        }
        synchronized (taken) {
            return taken.add(hash);
        }
    }

    private static byte[] write(Path temporary, Content content) throws IOException {
        Files.deleteIfExists(temporary);
        try (DigestOutputStream out = new DigestOutputStream(
                Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                Sha256.start())) {
            content.writeTo(out);
            return out.getMessageDigest().digest();
        }
    }

    private static boolean isThere(Path place, Path written, byte[] hash) throws IOException {
        if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS) || Files.size(place) != Files.size(written)) {
            return false;
        }
        try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), Sha256.start())) {
            Files.copy(place, out);
            return Arrays.equals(hash, out.getMessageDigest().digest());
        }
    }
}
