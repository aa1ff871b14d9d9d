// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.StoreException;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.run.MappedRunBytes;
import io.holdfast.internal.run.RunBytes;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings index runs near: into files of a cache directory, as stored bytes and memory-mapped, or without a directory into memory if they are
 * short.
 *
 * <p>Safe for use by several threads and several processes. What is fetched is held against its name, which is its hash; what is found in the
 * directory is not, because each block is checked by its seal when it is read. The directory may be deleted at any time between sessions.
 */
public final class IndexRunFiles {
    private static final int IN_MEMORY_BYTES = 8 << 20;

    private static final String SUFFIX = ".run";

    private final ObjectStore store;
    private final Optional<Path> directory;
    private final long inMemoryBytes;

    /**
     * The runs of a store.
     *
     * @param store where they stand
     * @param directory where files are kept, made if it is missing; empty for none
     */
    public IndexRunFiles(ObjectStore store, Optional<Path> directory) {
        this(store, directory, IN_MEMORY_BYTES);
    }

    IndexRunFiles(ObjectStore store, Optional<Path> directory, long inMemoryBytes) {
        this.store = store;
        this.directory = directory;
        this.inMemoryBytes = inMemoryBytes;
    }

    /**
     * The bytes of a run.
     *
     * @param run which
     * @return its stored bytes
     * @throws ObjectMissingException if neither cache nor store has it
     * @throws io.holdfast.error.RepositoryException if what the store has is not what the name says
     */
    RunBytes open(IndexRunName run) {
        if (directory.isEmpty()) {
            return withoutFile(run);
        }
        try {
            Path file = file(directory.get(), run);
            if (!Files.exists(file)) {
                fetch(run, file);
            }
            return MappedRunBytes.map(file);
        } catch (IOException e) {
            throw cacheTrouble(directory.get(), e);
        }
    }

    /** Removes the files of all other runs of a scope; who has one mapped keeps it until he lets go. */
    void keepOnly(String scope, Set<IndexRunName> current) {
        Path folder = directory.map(path -> path.resolve(scope)).orElse(null);
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        Set<String> kept = current.stream().map(run -> run.hex() + SUFFIX).collect(Collectors.toSet());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                if (!kept.contains(String.valueOf(file.getFileName()))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw cacheTrouble(folder, e);
        }
    }

    /** Removes the file of a run whose bytes turned out to be damaged. */
    void discard(IndexRunName run) {
        if (directory.isPresent()) {
            try {
                Files.deleteIfExists(file(directory.get(), run));
            } catch (IOException e) {
                throw cacheTrouble(directory.get(), e);
            }
        }
    }

    private static Path file(Path directory, IndexRunName run) {
        return directory.resolve(run.scope()).resolve(run.hex() + SUFFIX);
    }

    private RunBytes withoutFile(IndexRunName run) {
        ObjectName name = new ObjectName(run.objectName());
        long length = store.stat(name)
                .map(ObjectStat::length)
                .orElseThrow(() -> new ObjectMissingException(name.value(), null));
        StoredRunBytes remote = new StoredRunBytes(store, name, length);
        if (length > inMemoryBytes) {
            return remote;
        }
        byte[] bytes = remote.read(0, (int) length);
        requireHash(run, Sha256.start().digest(bytes));
        return RunBytes.of(name.value(), bytes);
    }

    private void fetch(IndexRunName run, Path file) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = Files.createTempFile(folder, run.hex(), ".part");
        try {
            MessageDigest digest = Sha256.start();
            try (InputStream in = store.get(new ObjectName(run.objectName()), ByteRange.all());
                    OutputStream out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
                in.transferTo(out);
            }
            requireHash(run, digest.digest());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void requireHash(IndexRunName run, byte[] sha256) {
        if (!Arrays.equals(run.sha256(), sha256)) {
            throw PackFormat.damagedRun(run.objectName(), "its bytes do not have the hash that it is named by");
        }
    }

    private static StoreException cacheTrouble(Path directory, IOException e) {
        return new StoreException(
                ErrorCode.STORE_UNAVAILABLE,
                "cache '" + directory + "' of index runs cannot be used: " + e,
                "Check the permissions and the disk of the cache, or run without one",
                e);
    }

    /** A run that is read where it stands. */
    private record StoredRunBytes(ObjectStore store, ObjectName object, long length) implements RunBytes {
        @Override
        public String name() {
            return object.value();
        }

        @Override
        public byte[] read(long offset, int wanted) {
            Objects.checkFromIndexSize(offset, wanted, length);
            if (wanted == 0) {
                return new byte[0];
            }
            try (InputStream in = store.get(object, ByteRange.of(offset, wanted))) {
                byte[] bytes = in.readNBytes(wanted);
                if (bytes.length != wanted) {
                    throw PackFormat.damagedRun(object.value(), "it is shorter than it was");
                }
                return bytes;
            } catch (IOException e) {
                throw new UncheckedIOException("reading '" + object + "'", e);
            }
        }

        @Override
        public int readAheadBytes() {
            return 4 << 20;
        }
    }
}
