// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.TargetException;
import io.holdfast.model.ItemKind;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes items of a directory source back below a folder; safe for use by several threads.
 *
 * <p>A file appears under its name only when it is whole, with mode and time. Nothing is written through a link, and nothing outside of
 * the folder. Folders are writable by this user alone until {@link #finish} gives them their modes and times, deepest first.
 */
final class DirectoryTarget implements RestoreTarget {
    private static final int PUTS_IN_A_ROW = 1_000;

    private final Path base;
    private final RestoreSettings settings;
    /** Folders that are known to be real ones; what stands in a fresh one was put there by this restore. */
    private final Set<String> folders = ConcurrentHashMap.newKeySet();

    private final Set<String> fresh = ConcurrentHashMap.newKeySet();
    private @Nullable Begun begun;

    private DirectoryTarget(Path base, RestoreSettings settings) {
        this.base = base;
        this.settings = settings;
    }

    static DirectoryTarget open(Path folder, RestoreSettings settings) {
        Path absolute = folder.toAbsolutePath();
        Path base =
                settings.intoFolder().map(absolute::resolve).orElse(absolute).normalize();
        if (!base.startsWith(absolute.normalize())) {
            throw refused("folder '" + settings.intoFolder().orElse("") + "' leads out of '" + absolute + "'", null);
        }
        return new DirectoryTarget(base, settings);
    }

    /** What is needed from the first item on. */
    private record Begun(CreatedFolders created, FileWriter writer) {}

    /** Makes the base folder and the journal with the first item: a rehearsal has none, and leaves no trace. */
    private synchronized Begun begin() throws IOException {
        Begun there = begun;
        if (there == null) {
            boolean isNew = Files.notExists(base);
            Files.createDirectories(base);
            CreatedFolders created = CreatedFolders.open(base, settings);
            FileState state = FileState.of(base.toRealPath());
            FileWriter writer = new FileWriter(state, created.grantedToFiles(), settings.conflict());
            if (isNew) {
                created.add(Items.ROOT);
            }
            there = new Begun(created, writer);
            begun = there;
        }
        return there;
    }

    private CreatedFolders created() throws IOException {
        return begin().created();
    }

    private FileWriter writer() throws IOException {
        return begin().writer();
    }

    private synchronized Optional<Begun> begun() {
        return Optional.ofNullable(begun);
    }

    @Override
    public String describe() {
        return "folder '" + base + "'";
    }

    @Override
    public Placement put(RestoreItem item) {
        String key = item.item().key().value();
        if (!key.equals(Items.ROOT) && !RawNames.leadsDown(key)) {
            throw refused("item '" + key + "' has a key that is no path below a folder", null);
        }
        Path path = Items.path(base, key);
        try {
            begin();
            FileMetadata metadata = FileMetadata.decode(item.item().metadata().bytes());
            ItemKind kind = item.item().kind();
            if (kind.equals(Items.FOLDER)) {
                return putFolder(key, path, metadata, item);
            }
            requireFolder(parent(key));
            if (kind.equals(Items.FILE)) {
                return writer().file(path, item, metadata, fresh.contains(parent(key)));
            }
            if (kind.equals(Items.LINK)) {
                return writer().link(path, item, metadata);
            }
            throw refused("item '" + key + "' is a '" + kind + "', which a folder cannot take", null);
        } catch (IllegalArgumentException e) {
            throw refused("item '" + key + "' was not backed up from a folder: " + e.getMessage(), e);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    private Placement putFolder(String key, Path path, FileMetadata metadata, RestoreItem item) throws IOException {
        if (!key.equals(Items.ROOT)) {
            requireFolder(parent(key));
        }
        boolean made = makeFolder(key, path);
        created().remember(key, metadata, item.item().modified());
        return made ? Placement.RESTORED : Placement.ALREADY_THERE;
    }

    /** Makes a folder if there is none; one that is there must be a folder and no link to one. */
    private boolean makeFolder(String key, Path path) throws IOException {
        if (!folders.add(key)) {
            return false;
        }
        @Nullable FileState there = state(path);
        if (there == null) {
            created().add(key);
            Files.createDirectory(path, Permissions.attribute(0700));
            fresh.add(key);
            return true;
        }
        if (!there.isFolder() && !key.equals(Items.ROOT)) {
            folders.remove(key);
            throw refused("'" + path + "' stands where a folder belongs", null);
        }
        if (created().has(key)) {
            writer().makeUsable(path, there);
        }
        return false;
    }

    private void requireFolder(String key) throws IOException {
        if (folders.contains(key)) {
            return;
        }
        if (!key.equals(Items.ROOT)) {
            requireFolder(parent(key));
        }
        makeFolder(key, Items.path(base, key));
    }

    static @Nullable FileState state(Path path) throws IOException {
        try {
            return FileState.of(path);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static String parent(String key) {
        int slash = key.lastIndexOf('/');
        return slash < 0 ? Items.ROOT : key.substring(0, slash);
    }

    @Override
    public int putsInARow() {
        return PUTS_IN_A_ROW;
    }

    @Override
    public void finish() {
        try {
            Optional<Begun> some = begun();
            if (some.isPresent()) {
                some.get().created().finish(some.get().writer());
            }
        } catch (IOException e) {
            throw failed(base, e);
        }
    }

    @Override
    public void close() {
        begun().ifPresent(some -> some.created().close());
    }

    static TargetException refused(String what, @Nullable Throwable cause) {
        return new TargetException(
                ErrorCode.TARGET_REFUSED, what, "Move away what is in the way, or restore to another folder", cause);
    }

    private static RuntimeException failed(Path path, IOException e) {
        if (e instanceof AccessDeniedException) {
            return new TargetException(
                    ErrorCode.TARGET_REFUSED,
                    "'" + path + "' may not be written by this user",
                    "Grant the right to write there, or restore to another folder",
                    e);
        }
        if (FileTroubles.isFull(e)) {
            return new TargetException(
                    ErrorCode.TARGET_REFUSED,
                    "there is no room left for '" + path + "'",
                    "Make room, then run the same restore again",
                    e);
        }
        return FileTroubles.failure(e);
    }
}
