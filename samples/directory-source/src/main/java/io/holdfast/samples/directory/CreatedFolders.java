// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreSettings.Conflict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The folders of a restore: which of them it created, in a file that outlives a crash, and what modes and times they get at the end.
 *
 * <p>Safe for use by several threads. Folders that stood there before keep their modes and times, unless conflicts are to be replaced.
 */
final class CreatedFolders {
    private final Path base;
    private final Path journal;
    private final int granted;
    private final boolean all;
    private final Set<String> created;
    private final FileChannel out;
    private final List<Folder> folders = new ArrayList<>();
    /** When the base changed last before the journal was put into it. */
    private final Instant before;

    private CreatedFolders(
            Path base, Path journal, int granted, boolean all, Set<String> created, FileChannel out, Instant before) {
        this.base = base;
        this.journal = journal;
        this.granted = granted;
        this.all = all;
        this.created = created;
        this.out = out;
        this.before = before;
    }

    /** What is left of read and write for all when this process makes a file: its mask has been applied to the journal. */
    int grantedToFiles() {
        return granted;
    }

    static CreatedFolders open(Path base, RestoreSettings settings) throws IOException {
        Instant time = FileState.of(base.toRealPath()).modified();
        Path journal = base.resolve(".holdfast-restore-" + settings.restoreId());
        Set<String> before = new HashSet<>();
        boolean there = Files.isRegularFile(journal, LinkOption.NOFOLLOW_LINKS);
        if (there) {
            before.addAll(Files.readAllLines(journal, StandardCharsets.US_ASCII));
        }
        FileChannel out = FileChannel.open(
                journal, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS));
        int granted = there ? 0 : FileState.of(journal).mode() & 0666;
        return new CreatedFolders(base, journal, granted, settings.conflict() == Conflict.REPLACE, before, out, time);
    }

    /** Notes that this restore is about to create a folder. */
    synchronized void add(String key) throws IOException {
        if (created.add(key)) {
            out.write(ByteBuffer.wrap((key + "\n").getBytes(StandardCharsets.US_ASCII)));
        }
    }

    synchronized boolean has(String key) {
        return created.contains(key);
    }

    synchronized void remember(String key, FileMetadata metadata, Optional<Instant> modified) {
        if (all || created.contains(key)) {
            folders.add(new Folder(key, metadata, modified));
        }
    }

    /** Gives modes and times, what is deeper before what holds it, the root at last. */
    synchronized void finish(FileWriter writer) throws IOException {
        close();
        Files.deleteIfExists(journal);
        FileWriter.time(base, Optional.of(before));
        folders.sort(Comparator.comparingInt(Folder::depth).reversed());
        for (Folder folder : folders) {
            writer.attributes(Items.path(base, folder.key), folder.metadata, folder.modified);
        }
    }

    synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw FileTroubles.failure(e);
        }
    }

    /** A folder and what it gets. */
    private record Folder(String key, FileMetadata metadata, Optional<Instant> modified) {
        int depth() {
            return key.equals(Items.ROOT)
                    ? 0
                    : 1 + (int) key.chars().filter(c -> c == '/').count();
        }
    }
}
