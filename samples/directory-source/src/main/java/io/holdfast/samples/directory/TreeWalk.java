// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.source.Change;
import io.holdfast.source.Trouble;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A walk over a tree in an order that is the same each time: a folder, then what it holds in the order of encoded names, depth first.
 *
 * <p>For one thread. Holds the names of the folders that lead to where it is, and nothing else of the tree; it can begin after any key.
 */
final class TreeWalk {
    private final Path root;
    private final Deque<Level> levels = new ArrayDeque<>();
    private String position;
    private boolean begun;

    /** A walk over everything. */
    TreeWalk(Path root) {
        this.root = root;
        this.position = "";
    }

    /** A walk over what comes after a key, whether that still exists or not. */
    static TreeWalk after(Path root, String key) throws IOException {
        TreeWalk walk = new TreeWalk(root);
        walk.begun = true;
        walk.position = key;
        walk.push("", root);
        if (key.equals(Items.ROOT)) {
            return walk;
        }
        String prefix = "";
        for (String name : key.split("/", -1)) {
            Level level = walk.levels.peek();
            if (level == null || !level.key.equals(prefix)) {
                break;
            }
            level.skipTo(name);
            prefix = prefix.isEmpty() ? name : prefix + "/" + name;
            Path path = Items.path(root, prefix);
            if (isFolder(path)) {
                walk.pushIfReadable(prefix, path);
            }
        }
        return walk;
    }

    /** The key of the last change, or empty before the first. */
    String position() {
        return position;
    }

    /** The next change, or null at the end of the tree. */
    @Nullable
    Change next() throws IOException {
        if (!begun) {
            begun = true;
            position = Items.ROOT;
            push("", root);
            return new Change.Upsert(Items.item(Items.ROOT, root, FileState.of(root)), List.of());
        }
        for (Level top = levels.peek(); top != null; top = levels.peek()) {
            if (top.next == top.names.length) {
                levels.pop();
                continue;
            }
            String name = top.names[top.next++];
            position = top.prefix + name;
            Change change = visit(top, name, position);
            if (change != null) {
                return change;
            }
        }
        return null;
    }

    private @Nullable Change visit(Level level, String name, String key) {
        if (key.length() > ItemKey.MAX_LENGTH) {
            return tooLong(key);
        }
        Path path = RawNames.resolve(level.path, name);
        ItemKind kind = Items.FILE;
        try {
            FileState state = FileState.of(path);
            kind = Items.kind(state);
            if (state.isFolder()) {
                push(key, path);
            } else if (!state.isFile() && !state.isLink()) {
                return new Change.Unreadable(
                        new ItemKey(key), kind, new Trouble("special-file", state.special(), true));
            }
            if (state.isLink()) {
                return new Change.Upsert(Items.item(key, path, state), List.of());
            }
            return new Change.Upsert(
                    Items.item(key, level.containers, state, state.tags(), Optional.empty()), List.of());
        } catch (NoSuchFileException | NotDirectoryException vanished) {
            return null;
        } catch (IOException e) {
            return new Change.Unreadable(new ItemKey(key), kind, FileTroubles.trouble(e));
        }
    }

    /** Neither the SPI nor the operating system takes such a path; it stands in the ledger under a shortened key. */
    private static Change tooLong(String key) {
        String shortened = key.substring(0, ItemKey.MAX_LENGTH - 16) + "~" + Integer.toHexString(key.hashCode());
        return new Change.Unreadable(
                new ItemKey(shortened), Items.FILE, new Trouble("path-too-long", "ENAMETOOLONG", false));
    }

    private void pushIfReadable(String key, Path path) {
        try {
            push(key, path);
        } catch (IOException e) {
            // It was told unreadable, or has vanished since: the walk goes on beside it.
        }
    }

    private void push(String key, Path path) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                names.add(RawNames.encodedName(entry));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        String[] sorted = names.toArray(String[]::new);
        Arrays.sort(sorted);
        levels.push(new Level(key, path, sorted));
    }

    private static boolean isFolder(Path path) {
        try {
            return FileState.of(path).isFolder();
        } catch (IOException e) {
            return false;
        }
    }

    /** A folder that is being walked. */
    private static final class Level {
        final String key;
        final String prefix;
        final Path path;
        final List<ItemKey> containers;
        final String[] names;
        int next;

        Level(String key, Path path, String[] names) {
            this.key = key;
            this.prefix = key.isEmpty() ? "" : key + "/";
            this.path = path;
            this.containers = key.isEmpty() ? List.of() : List.of(new ItemKey(key));
            this.names = names;
        }

        /** Goes on after a name. */
        void skipTo(String name) {
            int at = Arrays.binarySearch(names, name);
            next = at < 0 ? -at - 1 : at + 1;
        }
    }
}
