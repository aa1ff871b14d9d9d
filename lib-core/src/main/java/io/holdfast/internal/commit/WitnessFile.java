// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.error.RepositoryException;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.RecordId;
import io.holdfast.repository.StoreProof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A witness in one small file of a cache folder, one for each store.
 *
 * <p>Safe for use by several threads and processes: a write reads the file anew and replaces it in one step, so that two writers at worst
 * forget one record. A file that cannot be read or written is as good as none. Holds keyed names and hashes only.
 */
public final class WitnessFile implements Witness {
    private static final Logger LOG = LoggerFactory.getLogger(WitnessFile.class);
    private static final int MAX_BYTES = 16 << 20;

    private final Path file;
    private final boolean acceptsRollback;
    private final ReentrantLock lock = new ReentrantLock();

    private WitnessFile(Path file, boolean acceptsRollback) {
        this.file = file;
        this.acceptsRollback = acceptsRollback;
    }

    /**
     * The witness of a store.
     *
     * @param folder the cache folder; made when something is written
     * @param store what the store says of itself, {@link io.holdfast.store.ObjectStore#describe()}
     * @return the witness
     */
    public static WitnessFile in(Path folder, String store) {
        byte[] hash = Sha256.of(store.getBytes(StandardCharsets.UTF_8));
        return new WitnessFile(folder.resolve("witness-" + HexFormat.of().formatHex(hash, 0, 16)), false);
    }

    /**
     * The same file for an operator who accepts that the repository was set back.
     *
     * @return a witness that knows the repository but no records, and takes older ones
     */
    public WitnessFile acceptingRollback() {
        return new WitnessFile(file, true);
    }

    @Override
    public Optional<Identity> repository() {
        return load().flatMap(WitnessState::repository);
    }

    @Override
    public void remember(Identity repository) {
        lock.lock();
        try {
            Optional<WitnessState> before = load();
            boolean same = before.flatMap(WitnessState::repository)
                    .filter(repository::equals)
                    .isPresent();
            if (!same) {
                store(new WitnessState(Optional.of(repository), new TreeMap<>(), Optional.empty()));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<RecordId> newest(String lineage) {
        if (acceptsRollback) {
            return Optional.empty();
        }
        return load().flatMap(state -> Optional.ofNullable(state.newest().get(lineage)));
    }

    @Override
    public Set<String> lineages() {
        if (acceptsRollback) {
            return Set.of();
        }
        return load().map(state -> Set.copyOf(state.newest().keySet())).orElseGet(Set::of);
    }

    @Override
    public void note(String lineage, RecordId record) {
        lock.lock();
        try {
            WitnessState state = load().orElseGet(WitnessState::empty);
            RecordId before = state.newest().get(lineage);
            boolean older = before != null && before.number() > record.number();
            if (record.equals(before) || older && !acceptsRollback) {
                return;
            }
            state.newest().put(lineage, record);
            store(state);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<StoreProof> proof() {
        return load().flatMap(WitnessState::proof);
    }

    @Override
    public void noteProof(StoreProof proof) {
        lock.lock();
        try {
            WitnessState state = load().orElseGet(WitnessState::empty);
            store(new WitnessState(state.repository(), state.newest(), Optional.of(proof)));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean remembers() {
        return true;
    }

    @Override
    public boolean acceptsRollback() {
        return acceptsRollback;
    }

    @Override
    public String howToForget() {
        return "Delete the file " + file;
    }

    private Optional<WitnessState> load() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                return Optional.empty();
            }
            return Optional.of(WitnessState.decode(file.toString(), Files.readAllBytes(file)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException | RepositoryException unreadable) {
            LOG.warn("The witness {} cannot be read and is left out of account: {}", file, unreadable.getMessage());
            return Optional.empty();
        }
    }

    private void store(WitnessState state) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null) {
                throw new IOException("the witness has no folder");
            }
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, "witness-", ".tmp");
            try {
                Files.write(draft, state.encode());
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException unwritable) {
            LOG.warn(
                    "The witness {} cannot be written; a rollback would go unnoticed: {}", file, unwritable.toString());
        }
    }
}
