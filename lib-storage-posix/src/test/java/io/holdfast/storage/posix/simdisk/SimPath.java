// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix.simdisk;

import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path on a simulated disk. */
record SimPath(SimFileSystem files, boolean absolute, List<String> names) implements Path {

    static SimPath parse(SimFileSystem files, String text) {
        List<String> names = new ArrayList<>();
        for (String each : text.split("/", -1)) {
            if (!each.isEmpty()) {
                names.add(each);
            }
        }
        return new SimPath(files, text.startsWith("/"), List.copyOf(names));
    }

    private SimPath of(boolean isAbsolute, List<String> parts) {
        return new SimPath(files, isAbsolute, List.copyOf(parts));
    }

    @Override
    public SimFileSystem getFileSystem() {
        return files;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public @Nullable Path getRoot() {
        return absolute ? of(true, List.of()) : null;
    }

    @Override
    public @Nullable Path getFileName() {
        return names.isEmpty() ? null : of(false, names.subList(names.size() - 1, names.size()));
    }

    @Override
    public @Nullable Path getParent() {
        return names.isEmpty() ? null : of(absolute, names.subList(0, names.size() - 1));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return of(false, List.of(names.get(index)));
    }

    @Override
    public Path subpath(int from, int to) {
        return of(false, names.subList(from, to));
    }

    @Override
    public boolean startsWith(Path other) {
        List<String> theirs = ((SimPath) other).names;
        return theirs.size() <= names.size() && names.subList(0, theirs.size()).equals(theirs);
    }

    @Override
    public boolean endsWith(Path other) {
        List<String> theirs = ((SimPath) other).names;
        return theirs.size() <= names.size()
                && names.subList(names.size() - theirs.size(), names.size()).equals(theirs);
    }

    @Override
    public Path normalize() {
        return this;
    }

    @Override
    public Path resolve(Path other) {
        SimPath theirs = (SimPath) other;
        if (theirs.absolute) {
            return theirs;
        }
        List<String> all = new ArrayList<>(names);
        all.addAll(theirs.names);
        return of(absolute, all);
    }

    @Override
    public Path relativize(Path other) {
        return of(false, ((SimPath) other).names.subList(names.size(), other.getNameCount()));
    }

    @Override
    public URI toUri() {
        return URI.create("simdisk:" + this);
    }

    @Override
    public Path toAbsolutePath() {
        return of(true, names);
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return toAbsolutePath();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("a simulated disk watches nothing");
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return (absolute ? "/" : "") + String.join("/", names);
    }
}
