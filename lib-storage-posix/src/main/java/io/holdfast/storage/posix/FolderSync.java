// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes the entries of folders durable, where the file system has a way to ask for it. */
final class FolderSync {
    // Written by any thread, always to the same value: a file system that cannot sync folders never learns it.
    private volatile boolean refused;

    void sync(Path folder) throws IOException {
        if (refused) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            // Windows opens no folders as files; its file systems journal the entries themselves.
            if (StoreRoot.hasPosixPermissions(folder)) {
                throw e;
            }
            refused = true;
        } catch (IOException e) {
            if (!Errno.isUnsupported(e)) {
                throw e;
            }
            refused = true;
        }
    }
}
