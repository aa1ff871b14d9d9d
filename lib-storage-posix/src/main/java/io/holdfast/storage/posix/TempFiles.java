// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.StoreRequests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;

/** The files that are being written, which no listing shows and no object name can reach. */
final class TempFiles {
    /** A plus sign is in no object name, so nothing in this folder can be taken for an object. */
    static final String FOLDER = "+tmp";

    private static final Duration STALE_AGE = Duration.ofDays(1);
    private static final int BUFFER = 256 * 1024;

    private final StoreRoot root;
    private final TimeSource time;
    private final Randomness randomness;

    TempFiles(StoreRoot root, TimeSource time, Randomness randomness) {
        this.root = root;
        this.time = time;
        this.randomness = randomness;
    }

    private Path folder() {
        return root.path().resolve(FOLDER);
    }

    /** A fresh name in the folder of temporary files. */
    Path newName() {
        return folder().resolve(HexFormat.of().formatHex(randomness.bytes(12)));
    }

    /** Writes a body into a fresh file and syncs it; removes the file if that fails. */
    Path write(ObjectName name, ObjectBody body) throws IOException {
        Path temp = newName();
        try (FileChannel channel = create(temp)) {
            copy(name, body, channel);
            channel.force(true);
            return temp;
        } catch (IOException | RuntimeException e) {
            discard(temp);
            throw e;
        }
    }

    /** Creates an empty file, and the folder of temporary files if the store has none yet. */
    FileChannel create(Path temp) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        try {
            return FileChannel.open(temp, options, StoreRoot.fileAttributes(temp));
        } catch (NoSuchFileException e) {
            root.requirePresent();
            createFolder();
            return FileChannel.open(temp, options, StoreRoot.fileAttributes(temp));
        }
    }

    private void createFolder() throws IOException {
        try {
            Files.createDirectory(folder(), StoreRoot.folderAttributes(folder()));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder())) {
                throw e;
            }
        }
    }

    private static void copy(ObjectName name, ObjectBody body, FileChannel channel) throws IOException {
        long announced = body.length();
        byte[] buffer = new byte[(int) Math.max(1, Math.min(announced, BUFFER))];
        long given = 0;
        try (InputStream in = body.open()) {
            for (int n = read(name, in, buffer); n >= 0; n = read(name, in, buffer)) {
                given += n;
                if (given > announced) {
                    break;
                }
                writeFully(channel, ByteBuffer.wrap(buffer, 0, n));
            }
        }
        StoreRequests.requireLength(name, announced, given);
    }

    /** Keeps failures of the body apart from those of the store. */
    private static int read(ObjectName name, InputStream in, byte[] buffer) {
        try {
            return in.read(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the body of object '" + name + "'", e);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Removes a temporary file as far as possible; what stays is swept a day later. */
    void discard(Path temp) {
        try {
            Files.deleteIfExists(temp);
        } catch (IOException e) {
            // The failure that led here, or the success, matters more than a file that nobody can see.
        }
    }

    /** Removes what runs that died left behind, by age, since the files of living runs look the same. */
    void sweep() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder())) {
            Iterator<Path> found = files.iterator();
            if (!found.hasNext()) {
                return;
            }
            FileTime limit = FileTime.from(presentByAllClocks().minus(STALE_AGE));
            while (found.hasNext()) {
                Path file = found.next();
                if (Files.getLastModifiedTime(file).compareTo(limit) < 0) {
                    discard(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Sweeping is a courtesy: a store that refuses it will say why at the put that follows.
        }
    }

    /** The earlier of our clock and the file server's: one that is ahead must not make fresh files of other writers look old. */
    private Instant presentByAllClocks() throws IOException {
        Path fresh = newName();
        try (FileChannel created = create(fresh)) {
            Objects.requireNonNull(created);
            Instant theirs = Files.getLastModifiedTime(fresh).toInstant();
            Instant ours = time.now();
            return theirs.isBefore(ours) ? theirs : ours;
        } finally {
            discard(fresh);
        }
    }
}
