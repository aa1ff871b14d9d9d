// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Trouble;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.util.Locale;

/** Translates what the file system says into the words of the SPI. */
final class FileTroubles {
    private FileTroubles() {}

    /** Why a file cannot be read now; it is tried again by the ledger's schedule. */
    static Trouble trouble(IOException failed) {
        if (failed instanceof AccessDeniedException) {
            return new Trouble("permission-denied", "EACCES", false);
        }
        if (failed instanceof FileSystemLoopException) {
            return new Trouble("too-many-links", "ELOOP", false);
        }
        return new Trouble("read-error", reason(failed), false);
    }

    /** A failed attempt for the engine's retrier. */
    static FailureException failure(IOException failed) {
        FailureCategory category = failed instanceof AccessDeniedException
                ? FailureCategory.PERMISSION_MISSING
                : isFull(failed) ? FailureCategory.TARGET_FULL : FailureCategory.TRANSIENT;
        return new FailureException(Failure.of(category, reason(failed)), String.valueOf(failed.getMessage()), failed);
    }

    static boolean isFull(IOException failed) {
        String text = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota exceeded");
    }

    /** The reason without the path, since paths belong to the item and not to the cause. */
    private static String reason(IOException failed) {
        if (failed instanceof FileSystemException known && known.getReason() != null) {
            return known.getReason();
        }
        return failed.getClass().getSimpleName();
    }
}
