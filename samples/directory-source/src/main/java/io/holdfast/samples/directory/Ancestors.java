// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Knows for one batch of items whether the folders that lead to them are still folders; for one thread.
 *
 * <p>Where a folder became a link to another, what lies behind it is not the item that was backed up, and may lie outside of the tree.
 */
final class Ancestors {
    private final Path root;
    private final Map<String, Boolean> known = new HashMap<>();

    Ancestors(Path root) {
        this.root = root;
    }

    boolean areFolders(String key) throws IOException {
        int slash = key.lastIndexOf('/');
        return slash < 0 || isFolder(key.substring(0, slash));
    }

    private boolean isFolder(String key) throws IOException {
        Boolean before = known.get(key);
        if (before != null) {
            return before;
        }
        boolean now = areFolders(key) && isFolderItself(key);
        known.put(key, now);
        return now;
    }

    private boolean isFolderItself(String key) throws IOException {
        try {
            return FileState.of(Items.path(root, key)).isFolder();
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
