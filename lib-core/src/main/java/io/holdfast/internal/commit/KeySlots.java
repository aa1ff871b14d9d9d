// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.KeyException;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.RepositoryException;
import io.holdfast.error.StoreException;
import io.holdfast.internal.format.Descriptor;
import io.holdfast.internal.seal.DataKeyRing;
import io.holdfast.internal.seal.KeySlot;
import io.holdfast.internal.seal.OpenedSlot;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.internal.seal.SealedKeyRing;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ways into a repository: lists, adds and removes key slots and rotates data keys (FORMAT.md, "Key slots").
 *
 * <p>Removing a slot revokes nothing that a copy of it opens; after a rotation it opens nothing that is sealed from then on. Safe for use by
 * several threads.
 */
public final class KeySlots {
    private static final int MAX_SLOT_BYTES = 8192;

    private final RepositorySite site;
    private final UnlockedRepository repository;

    /**
     * The slots of an open repository.
     *
     * @param site where it is
     * @param repository the repository
     */
    public KeySlots(RepositorySite site, UnlockedRepository repository) {
        this.site = site;
        this.repository = repository;
    }

    /**
     * One slot as a list shows it.
     *
     * @param id its id
     * @param provider what opens it
     * @param inUse whether the repository was opened by it
     */
    public record Listed(String id, String provider, boolean inUse) {}

    /**
     * Lists the slots.
     *
     * @return the slots in the order of their ids; those of abandoned creations are left out
     */
    public List<Listed> list() {
        return all(site.store()).stream()
                .map(slot ->
                        new Listed(slot.name(), slot.provider(), slot.name().equals(repository.slot())))
                .toList();
    }

    /**
     * Adds a slot. First the ring is sealed for it, then the slot is put: a slot that stands always opens the ring.
     *
     * @param known who opens a slot that stands
     * @param added who shall open the new one
     * @return the id of the new slot
     * @throws KeyException if the known key opens no slot
     */
    public String add(KeyProvider known, KeyProvider added) {
        try (OpenedSlot old = open(site, repository.descriptor(), known)) {
            byte[] key = old.repositoryKey();
            try (OpenedSlot fresh = KeySlot.create(
                    added,
                    key,
                    repository.descriptor().repositoryId(),
                    site.encryptor(),
                    site.runtime().randomness())) {
                changeRing(ring -> ring.withSlot(old, fresh, repository.keys()));
                put(site.store(), fresh.slot(), repository.isConditional());
                return fresh.slot().name();
            } finally {
                java.util.Arrays.fill(key, (byte) 0);
            }
        }
    }

    /**
     * Removes a slot, and then its part of the ring.
     *
     * @param id the slot
     * @throws KeyException with {@code KEY_SLOT} if there is none of that id, or it is the last
     */
    public void remove(String id) {
        List<String> ids = all(site.store()).stream().map(KeySlot::name).toList();
        if (!ids.contains(id)) {
            throw new KeyException(
                    ErrorCode.KEY_SLOT, "there is no key slot " + id, "Name one of " + String.join(", ", ids));
        }
        if (ids.size() == 1) {
            throw new KeyException(
                    ErrorCode.KEY_SLOT,
                    "key slot " + id + " is the last one; without it nobody could open the repository",
                    "Add another slot first");
        }
        if (site.store().delete(ObjectNames.slot(id)) == DeleteResult.RETAINED) {
            throw new StoreException(
                    ErrorCode.STORE_RETAINED,
                    "key slot " + id + " is protected and stays",
                    "Remove it after its protection has ended");
        }
        changeRing(ring -> ring.slots().size() > 1 && ring.slots().contains(id) ? ring.withoutSlot(id) : ring);
    }

    /**
     * Starts a new epoch of data keys, sealed for the slots that the given keys open. Sessions that run go on under the old epoch.
     *
     * @param providers who open the slots that shall read what is sealed from now on, at least one
     * @return the new epoch
     * @throws KeyException if one of them opens no slot
     */
    public int rotate(List<KeyProvider> providers) {
        List<OpenedSlot> slots = new ArrayList<>();
        try {
            for (KeyProvider provider : providers) {
                slots.add(open(site, repository.descriptor(), provider));
            }
            SealedKeyRing sealed = changeRing(newest -> {
                try (DataKeyRing ring = openAny(newest, slots);
                        DataKeyRing longer = ring.rotated(site.runtime().randomness())) {
                    return SealedKeyRing.seal(longer, slots, repository.keys());
                }
            });
            try (DataKeyRing longer = openAny(sealed, slots)) {
                repository.ring().adopt(longer);
                return longer.newest();
            } catch (SealBrokenException broken) {
                throw new IllegalStateException("a ring does not open that was sealed just now", broken);
            }
        } finally {
            slots.forEach(OpenedSlot::close);
        }
    }

    private DataKeyRing openAny(SealedKeyRing ring, List<OpenedSlot> slots) throws SealBrokenException {
        for (OpenedSlot slot : slots) {
            Optional<DataKeyRing> opened = ring.open(slot, repository.keys());
            if (opened.isPresent()) {
                return opened.get();
            }
        }
        throw new KeyException(
                ErrorCode.KEY_SLOT,
                "the newest ring of data keys was not sealed for any of the slots that were opened",
                "Give the key of a slot that was in use at the last rotation");
    }

    private SealedKeyRing changeRing(KeyRings.Change change) {
        KeyRings rings = new KeyRings(site.store(), repository.keys(), Descriptors.creates(repository));
        return NumberedAlone.run(repository, () -> rings.change(change));
    }

    /** Puts a slot under its random name, which nobody else has. */
    static void put(ObjectStore store, KeySlot slot, boolean conditional) {
        CreateOnce creates = conditional ? CreateOnce.conditional(store) : CreateOnce.unconditional(store);
        if (creates.create(ObjectNames.slot(slot.name()), slot.bytes()) == CreateOnce.Outcome.TAKEN) {
            throw new KeyException(
                    ErrorCode.KEY_SLOT,
                    "another key slot has the random id " + slot.name(),
                    "Check the source of randomness of this machine, then try again");
        }
    }

    /** The ids of all slots that stand, of whatever repository. */
    static List<String> ids(ObjectStore store) {
        return StoredBytes.below(store, ObjectNames.KEYS).stream()
                .filter(rest -> rest.indexOf('/') < 0)
                .toList();
    }

    /** All slots that can be read; one that vanishes or is damaged is none. */
    private static List<KeySlot> all(ObjectStore store) {
        return ids(store).stream()
                .map(id -> find(store, id))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<KeySlot> find(ObjectStore store, String id) {
        try {
            return Optional.of(KeySlot.parse(id, StoredBytes.read(store, ObjectNames.slot(id), MAX_SLOT_BYTES)));
        } catch (ObjectMissingException | RepositoryException unusable) {
            return Optional.empty();
        }
    }

    /**
     * Opens the first slot that a provider opens and that holds the key which the descriptor names. Slots that others left behind when they lost the
     * race to create the repository belong to another id.
     */
    static OpenedSlot open(RepositorySite site, Descriptor descriptor, KeyProvider provider) {
        int foreign = 0;
        List<String> ids = ids(site.store());
        for (String id : ids) {
            Optional<OpenedSlot> opened;
            try {
                opened = find(site.store(), id)
                        .flatMap(slot -> slot.open(provider, descriptor.repositoryId(), site.encryptor()));
            } catch (RepositoryException damagedOrForeign) {
                foreign++;
                continue;
            }
            if (opened.isPresent()) {
                if (holdsKey(site, descriptor, opened.get())) {
                    return opened.get();
                }
                opened.get().close();
                foreign++;
            }
        }
        throw new KeyException(
                ErrorCode.KEY_REFUSED,
                "wrong passphrase or key: none of " + (ids.size() - foreign) + " key slots opens with the "
                        + provider.name() + " that was given"
                        + (foreign == 0 ? "" : "; " + foreign + " more are damaged"),
                "Give the passphrase or key of this repository");
    }

    private static boolean holdsKey(RepositorySite site, Descriptor descriptor, OpenedSlot slot) {
        try (RepositoryKeys keys = keys(site, descriptor, slot)) {
            return keys.fingerprint().equals(descriptor.keyFingerprint());
        }
    }

    static RepositoryKeys keys(RepositorySite site, Descriptor descriptor, OpenedSlot slot) {
        byte[] key = slot.repositoryKey();
        try {
            return new RepositoryKeys(
                    key,
                    descriptor.repositoryId(),
                    site.encryptor(),
                    site.runtime().randomness());
        } finally {
            java.util.Arrays.fill(key, (byte) 0);
        }
    }
}
