// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folders of a store that are known to exist durably, so that a put into a known folder costs no call for it.
 *
 * <p>A folder that is found existing may be another process's work of a moment ago, not synced yet; an object put into it would
 * vanish with it at a power loss. So the first look into a parent syncs it once, for all folders found in it.
 */
final class FolderTree {
    private final StoreRoot root;
    private final FolderSync folderSync;
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();
    private final Set<Path> adopted = ConcurrentHashMap.newKeySet();

    FolderTree(StoreRoot root, FolderSync folderSync) {
        this.root = root;
        this.folderSync = folderSync;
    }

    /** Makes sure that a folder below the root exists and will exist after a power loss. */
    void ensure(Path folder) throws IOException {
        if (folder.equals(root.path()) || durable.contains(folder)) {
            return;
        }
        Path parent = Objects.requireNonNull(folder.getParent());
        ensure(parent);
        adopt(parent);
        if (durable.contains(folder)) {
            return;
        }
        create(folder);
        folderSync.sync(parent);
        durable.add(folder);
    }

    private void adopt(Path parent) throws IOException {
        if (adopted.contains(parent)) {
            return;
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
            entries.forEach(found::add);
        } catch (DirectoryIteratorException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        folderSync.sync(parent);
        durable.addAll(found);
        adopted.add(parent);
    }

    private static void create(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, StoreRoot.folderAttributes(folder));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /** Forgets a folder that was found missing, and all above it. */
    void forget(Path folder) {
        for (Path each = folder; each != null && !each.equals(root.path()); each = each.getParent()) {
            durable.remove(each);
            adopted.remove(each);
        }
        adopted.remove(root.path());
    }
}
