// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.StoreException;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import io.holdfast.store.ByteRange;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.Protection;
import io.holdfast.store.PutMode;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import io.holdfast.store.StoreCapabilities;
import io.holdfast.store.StoreRequests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A store in a folder: on a local disk, an NFS or an SMB mount.
 *
 * <p>Safe for use by several threads and, with other instances on the same folder, by several processes and machines. A put costs
 * one sync of the file and one of its folder. Where the file system has hard links, conditional creates are atomic; where it refuses
 * them (SMB), the store says that it has none and publishes by rename; some SMB clients rename over an object by deleting it first, so that
 * one that is overwritten can be missing for a moment. Retention is kept as WORM filers understand it (access time and
 * read-only bits); where no such filer enforces it, it binds only those who use this store. Folders are made with mode 0700 and
 * files with 0600 where the file system has modes.
 */
public final class PosixObjectStore implements ObjectStore {
    private final StoreRoot root;
    private final TimeSource time;
    private final FailureReport failures;
    private final TempFiles temps;
    private final FolderSync folderSync;
    private final Publication publication;
    private final AbilityProbe probe;
    private final AtomicBoolean swept = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    // Written by any thread that finds it empty; all find the same.
    private volatile Optional<Abilities> abilities = Optional.empty();

    private PosixObjectStore(StoreRoot root, TimeSource time, Randomness randomness) {
        this.root = root;
        this.time = time;
        this.failures = new FailureReport(root);
        this.temps = new TempFiles(root, time, randomness);
        this.folderSync = new FolderSync();
        this.publication = new Publication(root, failures, folderSync, temps);
        this.probe = new AbilityProbe(temps, time);
    }

    /**
     * A store in a folder that exists.
     *
     * @param folder the folder
     * @return the store
     * @throws StoreException with {@code STORE_PLACE_MISSING} if there is no such folder
     */
    public static PosixObjectStore at(Path folder) {
        return builder(folder).open();
    }

    /**
     * A store in a folder that is created, with its parents, if it does not exist.
     *
     * @param folder the folder
     * @return the store
     * @throws StoreException with {@code STORE_PLACE_MISSING} if a file is in the way
     */
    public static PosixObjectStore createAt(Path folder) {
        return builder(folder).createFolder().open();
    }

    /**
     * Starts to put a store together.
     *
     * @param folder the folder
     * @return a builder
     */
    public static Builder builder(Path folder) {
        return new Builder(folder);
    }

    @Override
    public String describe() {
        return "posix:" + root.path();
    }

    /**
     * What the file system can do. The first call tries it on a file of its own; a file system that cannot be written to now is
     * assumed to have links and to keep times, since a put will tell.
     */
    @Override
    public StoreCapabilities capabilities() {
        requireOpen();
        Abilities known = abilities.orElseGet(this::probeAbilities);
        return StoreCapabilities.basic().withConditionalCreate(known.links()).withRetention(known.keepsAccessTime());
    }

    private Abilities probeAbilities() {
        Optional<Abilities> found = probe.run();
        abilities = found;
        return found.orElseGet(() -> new Abilities(true, StoreRoot.hasPosixPermissions(root.path())));
    }

    @Override
    public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
        requireOpen();
        if (swept.compareAndSet(false, true)) {
            temps.sweep();
        }
        StoreRequests.requireAble(this, name, options);
        Path target = root.resolve(name);
        if (options.mode() instanceof PutMode.CreateOnly) {
            return publication.create(name, body, target, options.protection());
        }
        requireUnprotected(target);
        publication.replace(name, body, target, options.protection());
        return PutResult.WRITTEN;
    }

    private void requireUnprotected(Path target) {
        Optional<BasicFileAttributes> there = look(target);
        Protection protection = there.map(WriteOnce::read).orElse(Protection.none());
        if (protection.isActiveAt(time.now())) {
            throw new StoreException(
                    ErrorCode.STORE_RETAINED,
                    target + " is protected: " + protection,
                    "Write under another name, or wait until the protection has ended");
        }
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        requireOpen();
        Path file = root.resolve(name);
        if (look(file).isEmpty()) {
            throw new ObjectMissingException(name.value(), null);
        }
        try {
            return open(name, file, range);
        } catch (NoSuchFileException e) {
            root.requirePresent();
            throw new ObjectMissingException(name.value(), e);
        } catch (IOException e) {
            throw failures.describe("reading object '" + name + "'", file, e);
        }
    }

    private InputStream open(ObjectName name, Path file, ByteRange range) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            // The length of the file that is open: the name may have been given to another one since.
            return new RangeStream(failures, file, channel, range.within(name, channel.size()));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        requireOpen();
        return look(root.resolve(name)).map(attributes -> stat(name, attributes));
    }

    static ObjectStat stat(ObjectName name, BasicFileAttributes attributes) {
        return new ObjectStat(
                name,
                attributes.size(),
                attributes.lastModifiedTime().toInstant(),
                Optional.empty(),
                WriteOnce.read(attributes));
    }

    /** The attributes of a file, or empty if the store, which is there, has no such file. */
    private Optional<BasicFileAttributes> look(Path file) {
        try {
            return Optional.of(WriteOnce.attributes(file)).filter(BasicFileAttributes::isRegularFile);
        } catch (NoSuchFileException e) {
            root.requirePresent();
            return Optional.empty();
        } catch (IOException e) {
            if (Errno.isNotFolder(e)) {
                return Optional.empty();
            }
            throw failures.describe("looking at", file, e);
        }
    }

    @Override
    public ObjectListing list(String prefix) {
        requireOpen();
        return new PosixListing(root, failures, prefix);
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        requireOpen();
        Path file = root.resolve(name);
        Optional<BasicFileAttributes> there = look(file);
        if (there.isEmpty()) {
            return DeleteResult.ABSENT;
        }
        Protection protection = WriteOnce.read(there.get());
        if (protection.isActiveAt(time.now())) {
            return DeleteResult.RETAINED;
        }
        return unlink(file, protection);
    }

    private DeleteResult unlink(Path file, Protection protection) {
        try {
            Files.delete(file);
        } catch (NoSuchFileException e) {
            root.requirePresent();
            return DeleteResult.ABSENT;
        } catch (IOException e) {
            // A filer goes by its own clock: a file with a date that it refuses to delete is still protected there.
            if (!protection.isNone() && (Errno.isPermission(e) || Errno.isReadOnly(e))) {
                return DeleteResult.RETAINED;
            }
            throw failures.describe("deleting", file, e);
        }
        publication.syncFolderOf(file, "making the deletion last");
        return DeleteResult.DELETED;
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        requireOpen();
        StoreRequests.requireAble(this, name, protection);
        Path file = root.resolve(name);
        if (look(file).isEmpty()) {
            throw new ObjectMissingException(name.value(), null);
        }
        publication.protect(file, protection);
    }

    @Override
    public void close() {
        closed.set(true);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("store " + describe() + " is closed");
        }
    }

    /** Puts a store together; for one thread. */
    public static final class Builder {
        private final Path folder;
        private TimeSource time = TimeSource.system();
        private Randomness randomness = Randomness.secure();
        private boolean create;

        private Builder(Path folder) {
            this.folder = Objects.requireNonNull(folder, "folder");
        }

        /**
         * Creates the folder and its parents if they do not exist.
         *
         * @return this builder
         */
        public Builder createFolder() {
            this.create = true;
            return this;
        }

        /**
         * Sets the clock that retention and the age of left-over temporary files go by.
         *
         * @param source the clock
         * @return this builder
         */
        public Builder time(TimeSource source) {
            this.time = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Sets where the names of temporary files come from; two writers of one store must not share a seed.
         *
         * @param source the randomness
         * @return this builder
         */
        public Builder randomness(Randomness source) {
            this.randomness = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Opens the store.
         *
         * @return the store
         * @throws StoreException with {@code STORE_PLACE_MISSING} if there is no such folder
         */
        public PosixObjectStore open() {
            return new PosixObjectStore(create ? StoreRoot.create(folder) : StoreRoot.open(folder), time, randomness);
        }
    }
}
