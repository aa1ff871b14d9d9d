// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

import io.holdfast.error.HoldfastException;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks the folders below a prefix and holds one open folder per level, never a folder's content.
 *
 * <p>Files and folders whose names no object can bear are passed over. After a failure the walk cannot go on, and each call says so.
 */
final class PosixListing implements ObjectListing {
    private final StoreRoot root;
    private final FailureReport failures;
    private final String prefix;
    private final ArrayDeque<OpenFolder> open = new ArrayDeque<>();
    private @Nullable ObjectStat next;
    private @Nullable HoldfastException failure;
    private boolean ended;

    PosixListing(StoreRoot root, FailureReport failures, String prefix) {
        this.root = root;
        this.failures = failures;
        this.prefix = prefix;
        String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        boolean possible = folder.isEmpty() || ObjectName.isValid(folder.substring(0, folder.length() - 1));
        if (possible) {
            enter(folder, folder.isEmpty() ? root.path() : root.path().resolve(folder));
        }
    }

    private record OpenFolder(String name, Path path, DirectoryStream<Path> stream, Iterator<Path> entries) {
        @SuppressWarnings("StreamResourceLeak") // leave() closes it
        static OpenFolder of(String name, Path path) throws IOException {
            DirectoryStream<Path> stream = Files.newDirectoryStream(path);
            return new OpenFolder(name, path, stream, stream.iterator());
        }
    }

    @Override
    public boolean hasNext() {
        if (failure != null) {
            throw failure;
        }
        if (next == null && !ended) {
            try {
                next = advance();
            } catch (HoldfastException e) {
                failure = e;
                throw e;
            }
        }
        return next != null;
    }

    @Override
    public ObjectStat next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the listing of '" + prefix + "' has ended");
        }
        ObjectStat current = next;
        next = null;
        return Objects.requireNonNull(current);
    }

    private @Nullable ObjectStat advance() {
        for (OpenFolder folder = open.peek(); folder != null; folder = open.peek()) {
            Optional<Path> entry = nextEntry(folder);
            if (entry.isEmpty()) {
                leave();
                continue;
            }
            Optional<ObjectStat> found = look(folder.name(), entry.get());
            if (found.isPresent()) {
                return found.get();
            }
        }
        ended = true;
        root.requirePresent();
        return null;
    }

    private Optional<Path> nextEntry(OpenFolder folder) {
        try {
            return folder.entries().hasNext() ? Optional.of(folder.entries().next()) : Optional.empty();
        } catch (DirectoryIteratorException e) {
            throw failures.describe("listing", folder.path(), Objects.requireNonNull(e.getCause()));
        }
    }

    /** The object that an entry is, if it is one; enters it if it is a folder. */
    private Optional<ObjectStat> look(String folder, Path entry) {
        String name = folder + entry.getFileName();
        if (!name.startsWith(prefix) && !prefix.startsWith(name + "/") || !ObjectName.isValid(name)) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes attributes = WriteOnce.attributes(entry);
            if (attributes.isDirectory()) {
                enter(name + "/", entry);
            } else if (attributes.isRegularFile() && name.startsWith(prefix)) {
                return Optional.of(PosixObjectStore.stat(new ObjectName(name), attributes));
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failures.describe("listing", entry, e);
        }
    }

    private void enter(String name, Path path) {
        try {
            open.push(OpenFolder.of(name, path));
        } catch (NoSuchFileException | NotDirectoryException e) {
            root.requirePresent();
        } catch (IOException e) {
            throw failures.describe("listing", path, e);
        }
    }

    private void leave() {
        try {
            open.pop().stream().close();
        } catch (IOException e) {
            // All of its entries have been read.
        }
    }

    @Override
    public void close() {
        ended = true;
        next = null;
        while (!open.isEmpty()) {
            leave();
        }
    }
}
