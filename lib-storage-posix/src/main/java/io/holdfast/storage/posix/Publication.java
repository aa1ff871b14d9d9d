// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.Protection;
import io.holdfast.store.PutResult;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Makes a written and synced file appear under an object's name, at once and durably.
 *
 * <p>The order is what makes it crash-proof: content synced, name linked, folder synced, and only then success. A file that is
 * created under its final name would be visible torn.
 */
final class Publication {
    private final StoreRoot root;
    private final FailureReport failures;
    private final FolderSync folderSync;
    private final FolderTree folders;
    private final TempFiles temps;

    Publication(StoreRoot root, FailureReport failures, FolderSync folderSync, TempFiles temps) {
        this.root = root;
        this.failures = failures;
        this.folderSync = folderSync;
        this.folders = new FolderTree(root, folderSync);
        this.temps = temps;
    }

    /** What publishes a file under a name: a link or a rename. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    PutResult create(ObjectName name, ObjectBody body, Path target, Protection protection) {
        if (Files.exists(target)) {
            return refuse(target);
        }
        Path temp = write(name, body, target);
        try {
            if (!link(temp, target)) {
                return refuse(target);
            }
        } finally {
            temps.discard(temp);
        }
        finish(target, protection);
        return PutResult.WRITTEN;
    }

    void replace(ObjectName name, ObjectBody body, Path target, Protection protection) {
        Path temp = write(name, body, target);
        try {
            inFolder(target, () -> Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE));
        } catch (IOException e) {
            if (Files.isDirectory(target)) {
                throw folderInTheWay(target);
            }
            if (Files.notExists(temp)) {
                throw failures.unclear("writing object '" + name + "'", target, e);
            }
            throw failures.describe("writing object '" + name + "'", target, e);
        } finally {
            temps.discard(temp);
        }
        finish(target, protection);
    }

    private Path write(ObjectName name, ObjectBody body, Path target) {
        try {
            return temps.write(name, body);
        } catch (IOException e) {
            throw failures.describe("writing object '" + name + "' of " + body.length() + " bytes", target, e);
        }
    }

    /** Links the file to its name; false if another file has the name. */
    private boolean link(Path temp, Path target) {
        try {
            inFolder(target, () -> Files.createLink(target, temp));
            return true;
        } catch (IOException e) {
            // NFS repeats requests: a link that was made may be answered with "exists" or a time-out. Whose file is it?
            return isOurs(temp, target, e);
        }
    }

    private boolean isOurs(Path temp, Path target, IOException failure) {
        try {
            if (Files.isSameFile(temp, target)) {
                return true;
            }
        } catch (NoSuchFileException e) {
            throw failures.describe("linking", target, failure);
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw failures.unclear("linking", target, failure);
        }
        return false;
    }

    /** Runs a step in an object's folder, which is made if need be; once more if somebody has removed it since. */
    private void inFolder(Path target, Step step) throws IOException {
        Path folder = Objects.requireNonNull(target.getParent());
        ensure(folder);
        try {
            step.run();
        } catch (NoSuchFileException e) {
            root.requirePresent();
            folders.forget(folder);
            ensure(folder);
            step.run();
        } catch (IOException e) {
            requireNoFileInTheWay(folder, e);
            throw e;
        }
    }

    private void ensure(Path folder) {
        try {
            folders.ensure(folder);
        } catch (IOException e) {
            requireNoFileInTheWay(folder, e);
            throw failures.describe("making a folder", folder, e);
        }
    }

    private void requireNoFileInTheWay(Path folder, IOException e) {
        for (Path each = folder; each != null && !each.equals(root.path()); each = each.getParent()) {
            if (Files.isRegularFile(each)) {
                throw new StoreException(
                        ErrorCode.STORE_UNSUPPORTED,
                        each + " is a file, and an object below it was to be written",
                        "Put the object under a name that is not below another object's name",
                        e);
            }
        }
    }

    /** Says that a name is taken; what stands there may have been linked a moment ago, so it is made to last first. */
    private PutResult refuse(Path target) {
        if (Files.isDirectory(target)) {
            throw folderInTheWay(target);
        }
        syncFolderOf(target, "making the object that stands there last");
        return PutResult.REFUSED;
    }

    private static StoreException folderInTheWay(Path target) {
        return new StoreException(
                ErrorCode.STORE_UNSUPPORTED,
                target + " is a folder, and an object of that name was to be written",
                "Put the object under a name that no other object's name continues");
    }

    private void finish(Path target, Protection protection) {
        if (!protection.isNone()) {
            protect(target, protection);
        }
        syncFolderOf(target, "making the object last");
    }

    /** Protects a file under its final name: a filer allows neither link nor rename once it has committed a file. */
    void protect(Path file, Protection protection) {
        if (protection.retainUntil().isEmpty()) {
            return;
        }
        try {
            WriteOnce.protect(file, protection.retainUntil().get());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw failures.unclear(
                    "protecting until " + protection.retainUntil().get(), file, e);
        }
    }

    void syncFolderOf(Path file, String action) {
        try {
            folderSync.sync(Objects.requireNonNull(file.getParent()));
        } catch (IOException e) {
            throw failures.unclear(action, file, e);
        }
    }
}
