// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import io.holdfast.store.ObjectName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folder of a store, and the knowledge of whether it is still the one that was opened. */
final class StoreRoot {
    private static final FileAttribute<?>[] NONE = {};

    private final Path path;
    private final @Nullable Object identity;

    private StoreRoot(Path path, @Nullable Object identity) {
        this.path = path;
        this.identity = identity;
    }

    static StoreRoot open(Path given) {
        Path path = given.toAbsolutePath();
        // Opening it first makes an automounter mount it, so that the identity is that of the mounted folder.
        try (DirectoryStream<Path> opened = Files.newDirectoryStream(path)) {
            Objects.requireNonNull(opened);
            return new StoreRoot(path, identityOf(path));
        } catch (NoSuchFileException e) {
            throw missing(path, "does not exist", e);
        } catch (NotDirectoryException e) {
            throw missing(path, "is not a folder", e);
        } catch (IOException e) {
            throw new FailureReport(path).describe("opening the store", path, e);
        }
    }

    static StoreRoot create(Path given) {
        Path path = given.toAbsolutePath();
        try {
            createWithParents(path);
        } catch (FileAlreadyExistsException e) {
            throw missing(path, "cannot be a folder, because " + e.getFile() + " is a file", e);
        } catch (IOException e) {
            throw new FailureReport(path).describe("creating the store", path, e);
        }
        return open(path);
    }

    private static void createWithParents(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            createWithParents(parent);
        }
        try {
            Files.createDirectory(folder, folderAttributes(folder));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        if (parent != null) {
            new FolderSync().sync(parent);
        }
    }

    Path path() {
        return path;
    }

    Path resolve(ObjectName name) {
        return path.resolve(name.value());
    }

    /**
     * Refuses to go on if the store is no longer where it was: an unmounted disk leaves an empty folder behind, which must not be taken
     * for a store without objects, nor be written to.
     */
    void requirePresent() {
        try {
            if (!Objects.equals(identityOf(path), identity)) {
                throw missing(path, "is no longer the folder that was opened; a disk was unmounted or replaced", null);
            }
        } catch (NoSuchFileException e) {
            throw missing(path, "has vanished", e);
        } catch (IOException e) {
            throw new FailureReport(path).describe("looking for the store", path, e);
        }
    }

    private static @Nullable Object identityOf(Path folder) throws IOException {
        return Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
    }

    private static StoreException missing(Path path, String what, @Nullable IOException cause) {
        return new StoreException(
                ErrorCode.STORE_PLACE_MISSING,
                "the store's folder " + path + " " + what,
                "Mount or create the folder, or correct the path",
                cause);
    }

    static boolean hasPosixPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    static FileAttribute<?>[] folderAttributes(Path path) {
        return attributes(path, "rwx------");
    }

    static FileAttribute<?>[] fileAttributes(Path path) {
        return attributes(path, "rw-------");
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        if (!hasPosixPermissions(path)) {
            return NONE;
        }
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)};
    }
}
