// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Part;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings.Conflict;
import io.holdfast.source.RestoreTarget.Placement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Writes single files, links and attributes; without state of its own, for several threads. */
final class FileWriter {
    private static final int BUFFER = 1 << 16;
    private static final Set<StandardOpenOption> NEW_FILE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final int OWNER_ONLY = 0600;

    private final int uid;
    private final int gid;
    private final int granted;
    private final Conflict conflict;

    /**
     * Writes as whoever made the base folder can: what belongs to somebody else takes a chown, which only root may.
     *
     * @param base the folder in which everything lies
     * @param granted permissions that a file in a new folder surely gets when it is made with them, whatever the process's mask
     */
    FileWriter(FileState base, int granted, Conflict conflict) {
        this.uid = base.uid();
        this.gid = base.gid();
        this.granted = granted | OWNER_ONLY;
        this.conflict = conflict;
    }

    Placement file(Path path, RestoreItem item, FileMetadata metadata, boolean freshFolder) throws IOException {
        Part part = content(item);
        Optional<Path> place = freshFolder ? Optional.of(path) : place(path, item, there -> isThis(there, part, item));
        if (place.isEmpty()) {
            return isThis(path, part, item) || isThis(beside(path, item), part, item)
                    ? Placement.ALREADY_THERE
                    : Placement.SKIPPED;
        }
        Path temporary = temporary(path, item);
        // Made with its permissions at once where that can be relied on; a file of somebody else's is opened up only to
        // its owner.
        boolean asGranted = freshFolder && isOwn(metadata) && (metadata.permissions() & ~granted) == 0;
        int permissions = asGranted ? metadata.permissions() | OWNER_ONLY : OWNER_ONLY;
        try {
            write(temporary, part, permissions);
            attributes(temporary, metadata, permissions, item.item().modified());
            Files.move(temporary, place.get(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        return Placement.RESTORED;
    }

    Placement link(Path path, RestoreItem item, FileMetadata metadata) throws IOException {
        Path target = RawNames.target(
                metadata.target().orElseThrow(() -> new IllegalArgumentException("a link without a target")));
        Optional<Path> place = place(path, item, there -> leadsTo(there, target));
        if (place.isEmpty()) {
            return leadsTo(path, target) || leadsTo(beside(path, item), target)
                    ? Placement.ALREADY_THERE
                    : Placement.SKIPPED;
        }
        Path temporary = temporary(path, item);
        try {
            Files.deleteIfExists(temporary);
            Files.createSymbolicLink(temporary, target);
            chown(temporary, metadata);
            time(temporary, item.item().modified());
            Files.move(temporary, place.get(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        return Placement.RESTORED;
    }

    /** Where to write; empty if what is there stays. */
    private Optional<Path> place(Path path, RestoreItem item, Same same) throws IOException {
        FileState there = DirectoryTarget.state(path);
        if (there == null) {
            return Optional.of(path);
        }
        if (same.test(path)) {
            return Optional.empty();
        }
        return switch (conflict) {
            case SKIP -> Optional.empty();
            case REPLACE -> {
                if (there.isFolder()) {
                    throw DirectoryTarget.refused("folder '" + path + "' stands where a file belongs", null);
                }
                yield Optional.of(path);
            }
            case KEEP_BOTH -> {
                Path beside = beside(path, item);
                yield same.test(beside) ? Optional.empty() : Optional.of(beside);
            }
        };
    }

    private static Path beside(Path path, RestoreItem item) {
        return path.resolveSibling(path.getFileName() + " ~" + item.tag().substring(0, 6));
    }

    /** The same in a rerun, so that what a crash left is found and overwritten. */
    private static Path temporary(Path path, RestoreItem item) {
        return path.resolveSibling(".holdfast-" + item.tag());
    }

    private static Part content(RestoreItem item) {
        return item.parts().stream()
                .filter(part -> part.name().equals("content"))
                .findFirst()
                .orElseThrow(
                        () -> DirectoryTarget.refused("item '" + item.item().key() + "' has no stored content", null));
    }

    private static void write(Path temporary, Part part, int permissions) throws IOException {
        try {
            copy(temporary, part, permissions);
        } catch (FileAlreadyExistsException leftover) {
            Files.delete(temporary);
            copy(temporary, part, permissions);
        }
    }

    private static void copy(Path temporary, Part part, int permissions) throws IOException {
        long written = 0;
        try (FileChannel out = FileChannel.open(temporary, NEW_FILE, Permissions.attribute(permissions));
                InputStream in = part.open(0)) {
            byte[] buffer = new byte[(int) Math.min(Math.max(part.length(), 1), BUFFER)];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                while (bytes.hasRemaining()) {
                    written += out.write(bytes);
                }
            }
        }
        if (part.length() >= 0 && written != part.length()) {
            throw new FailureException(
                    Failure.of(FailureCategory.CONTENT_MISMATCH, ""),
                    "wrote " + written + " bytes of " + part.length(),
                    null);
        }
    }

    /** Gives a folder owner, mode and time. */
    void attributes(Path path, FileMetadata metadata, Optional<Instant> modified) throws IOException {
        attributes(path, metadata, -1, modified);
    }

    /** Gives owner, mode and time, in the order in which one does not undo the other. */
    private void attributes(Path path, FileMetadata metadata, int present, Optional<Instant> modified)
            throws IOException {
        chown(path, metadata);
        if (metadata.permissions() != present) {
            Files.setAttribute(path, "unix:mode", metadata.permissions());
        }
        time(path, modified);
    }

    /** Lets this user write into a folder that an earlier run of the same restore had completed. */
    void makeUsable(Path folder, FileState there) throws IOException {
        if ((there.mode() & 0700) != 0700) {
            Files.setAttribute(folder, "unix:mode", there.mode() & 07777 | 0700);
        }
    }

    private boolean isOwn(FileMetadata metadata) {
        return metadata.uid() == uid && metadata.gid() == gid;
    }

    private void chown(Path path, FileMetadata metadata) {
        if (isOwn(metadata)) {
            return;
        }
        try {
            Files.setAttribute(path, "unix:uid", metadata.uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", metadata.gid(), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException notRoot) {
            // Only root gives files away; for everybody else the capability table says that owners are lost.
        }
    }

    static void time(Path path, Optional<Instant> modified) throws IOException {
        if (modified.isEmpty()) {
            return;
        }
        // Before 1970 the JDK passes negative nanoseconds, which the kernel refuses.
        FileTime time = FileTime.from(
                modified.get().isBefore(Instant.EPOCH)
                        ? modified.get().truncatedTo(ChronoUnit.SECONDS)
                        : modified.get());
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        // The time of access is not kept; giving one spares the JDK the question for the present one.
        view.setTimes(time, time, null);
    }

    private static boolean isThis(Path path, Part part, RestoreItem item) throws IOException {
        FileState there = DirectoryTarget.state(path);
        if (there == null || !there.isFile() || there.size() != part.length()) {
            return false;
        }
        boolean sameTime = item.item().modified().map(there.modified()::equals).orElse(true);
        Optional<byte[]> hash = part.sha256();
        return sameTime && hash.isPresent() && Arrays.equals(hash.get(), sha256(path));
    }

    private static boolean leadsTo(Path path, Path target) throws IOException {
        FileState there = DirectoryTarget.state(path);
        return there != null && there.isLink() && Files.readSymbolicLink(path).equals(target);
    }

    private static byte[] sha256(Path path) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return digest.digest();
    }

    /** Whether what stands somewhere is the item already. */
    @FunctionalInterface
    private interface Same {
        boolean test(Path path) throws IOException;
    }
}
