// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import io.holdfast.store.Protection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Retention as WORM filers understand it (NetApp SnapLock, Dell SmartLock): the access time is set to the retention date, then the
 * write permission is removed. On other file systems the same marks are kept and honoured by this store alone.
 */
final class WriteOnce {
    private WriteOnce() {}

    /** Rounded up: filers keep whole seconds, and a protection must not end early. */
    static FileTime wholeSeconds(Instant instant) {
        Instant cut = instant.truncatedTo(ChronoUnit.SECONDS);
        return FileTime.from(cut.equals(instant) ? cut : cut.plusSeconds(1));
    }

    /** Protects a file until an instant, or longer if it is protected for longer already; reads back what the file system kept. */
    static void protect(Path file, Instant until) throws IOException {
        FileTime date = wholeSeconds(until);
        Protection before = read(attributes(file));
        if (before.retainUntil().filter(old -> !old.isBefore(date.toInstant())).isPresent()) {
            return;
        }
        Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(null, date, null);
        if (before.isNone()) {
            Files.getFileAttributeView(file, PosixFileAttributeView.class)
                    .setPermissions(PosixFilePermissions.fromString("r--------"));
        }
        Protection after = read(attributes(file));
        if (after.retainUntil().filter(kept -> !kept.isBefore(date.toInstant())).isEmpty()) {
            throw new StoreException(
                    ErrorCode.STORE_UNSUPPORTED,
                    "protecting " + file + " until " + until + ": the file system kept " + after,
                    "Choose an earlier date, or a file system that keeps access times and permissions");
        }
    }

    /** The attributes with permissions where there are any. */
    static BasicFileAttributes attributes(Path file) throws IOException {
        return StoreRoot.hasPosixPermissions(file)
                ? Files.readAttributes(file, PosixFileAttributes.class)
                : Files.readAttributes(file, BasicFileAttributes.class);
    }

    static Protection read(BasicFileAttributes attributes) {
        if (attributes instanceof PosixFileAttributes posix
                && !posix.permissions().contains(PosixFilePermission.OWNER_WRITE)) {
            return new Protection(Optional.of(posix.lastAccessTime().toInstant()), false);
        }
        return Protection.none();
    }
}
