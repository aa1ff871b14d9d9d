// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Turns failures of the file system into the store's errors: one cause, one code, one remedy. */
final class FailureReport {
    private final Path root;
    private final Runnable requirePresent;

    /**
     * Reports on a store that is being opened or created.
     *
     * @param root its folder
     */
    FailureReport(Path root) {
        this(root, () -> {});
    }

    /** Reports on an open store, whose folder can have vanished since. */
    FailureReport(StoreRoot root) {
        this(root.path(), root::requirePresent);
    }

    private FailureReport(Path root, Runnable requirePresent) {
        this.root = root;
        this.requirePresent = requirePresent;
    }

    /**
     * The error for a failure before which nothing became visible.
     *
     * @throws StoreException with {@code STORE_PLACE_MISSING} instead if the folder of the store has vanished
     */
    StoreException describe(String action, Path path, IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return error(ErrorCode.STORE_UNAVAILABLE, action, path, "the thread was interrupted", "Start again", e);
        }
        if (Errno.isNoRoom(e)) {
            return full(action, path, e);
        }
        if (Errno.isReadOnly(e)) {
            return readOnly(action, path, e);
        }
        if (Errno.isPermission(e)) {
            String remedy = "Give this user access to the path, or run as its owner";
            return error(ErrorCode.STORE_PERMISSION, action, path, "permission denied", remedy, e);
        }
        return unknownText(action, path, e);
    }

    /** The error for a failure after which the change may or may not be there, or may not last. */
    StoreException unclear(String action, Path path, IOException e) {
        return error(
                ErrorCode.STORE_OUTCOME_UNKNOWN,
                action,
                path,
                Errno.text(e),
                "Read the object back, or put the very same bytes again",
                e);
    }

    private StoreException unknownText(String action, Path path, IOException e) {
        if (Errno.isNoRoomInAnyLanguage(e)) {
            return full(action, path, e);
        }
        requirePresent.run();
        FileStore disk = disk();
        if (disk != null && disk.isReadOnly()) {
            return readOnly(action, path, e);
        }
        return error(
                ErrorCode.STORE_UNAVAILABLE,
                action,
                path,
                Errno.text(e),
                "Check the disk or mount, then run the command again",
                e);
    }

    private StoreException full(String action, Path path, IOException e) {
        return error(
                ErrorCode.STORE_FULL,
                action,
                path,
                Errno.text(e) + room(),
                "Make room or raise the quota, then run the command again",
                e);
    }

    private StoreException readOnly(String action, Path path, IOException e) {
        return error(
                ErrorCode.STORE_READ_ONLY,
                action,
                path,
                "the file system is read-only",
                "Mount it for writing, then run the command again",
                e);
    }

    private String room() {
        try {
            FileStore disk = Files.getFileStore(root);
            return " (" + disk.getUsableSpace() + " of " + disk.getTotalSpace() + " bytes free)";
        } catch (IOException e) {
            return "";
        }
    }

    private @Nullable FileStore disk() {
        try {
            return Files.getFileStore(root);
        } catch (IOException e) {
            return null;
        }
    }

    private static StoreException error(
            ErrorCode code, String action, Path path, String what, String remedy, IOException e) {
        return new StoreException(code, action + ": " + path + ": " + what, remedy, e);
    }
}
