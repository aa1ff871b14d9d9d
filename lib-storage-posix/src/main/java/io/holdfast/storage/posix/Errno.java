// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the causes of I/O failures apart that the JDK gives no types for.
 *
 * <p>The JDK keeps the error number to itself and passes on the text of the C library, which is English unless the process runs in
 * another language. So a text that is not known here decides nothing; {@link FailureReport} then asks the file system.
 */
final class Errno {
    private static final Set<String> NO_ROOM =
            Set.of("No space left on device", "Disk quota exceeded", "Quota exceeded", "File too large");
    private static final Set<String> UNSUPPORTED = Set.of(
            "Invalid argument",
            "Operation not supported",
            "Function not implemented",
            "Inappropriate ioctl for device");
    private static final String READ_ONLY = "Read-only file system";
    private static final String NOT_PERMITTED = "Operation not permitted";
    private static final String NOT_FOLDER = "Not a directory";
    private static final String FAULT = "Input/output error";

    private Errno() {}

    static boolean isNoRoom(Throwable e) {
        return NO_ROOM.contains(text(e));
    }

    /** Whether the failure is a full disk in the language of this process, as a device that is always full says it. */
    static boolean isNoRoomInAnyLanguage(IOException e) {
        Path alwaysFull = Path.of("/dev/full");
        if (!Files.isWritable(alwaysFull)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(alwaysFull, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1));
            return false;
        } catch (IOException full) {
            return text(full).equals(text(e));
        }
    }

    static boolean isReadOnly(Throwable e) {
        return e instanceof ReadOnlyFileSystemException || READ_ONLY.equals(text(e));
    }

    static boolean isPermission(Throwable e) {
        return e instanceof AccessDeniedException || NOT_PERMITTED.equals(text(e));
    }

    static boolean isUnsupported(IOException e) {
        return UNSUPPORTED.contains(text(e));
    }

    /** Whether a part of the path that should be a folder is a file. */
    static boolean isNotFolder(IOException e) {
        return e instanceof NotDirectoryException || NOT_FOLDER.equals(text(e));
    }

    /** Whether the failure says nothing about what the file system can do in general. */
    static boolean isPassing(IOException e) {
        return isNoRoom(e) || isReadOnly(e) || FAULT.equals(text(e));
    }

    static String text(Throwable e) {
        @Nullable String text = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return text == null ? e.getClass().getSimpleName() : text;
    }
}
