// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.crypto.KeyProvider;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.error.StoreException;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.Descriptor;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.seal.DataKeyRing;
import io.holdfast.internal.seal.KeySlot;
import io.holdfast.internal.seal.OpenedSlot;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.repository.StoreProof;
import io.holdfast.repository.StoreProof.Ability;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectStore;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a repository where there is none (FORMAT.md, "Creation").
 *
 * <p>First the slot, then the descriptor, which is taken by creating only if absent and names the slot's key: of two creations one wins, and
 * the other removes its slot. A creation that dies leaves at most slots that no descriptor names, which the next one ignores.
 *
 * <p>Where the store cannot create only if absent, the slot is the claim: who finds another slot beside the own takes the own one
 * away and gives up. There a creation that died has to be cleared away by hand.
 */
public final class RepositoryCreation {
    private final RepositorySite site;

    /**
     * Prepares a creation.
     *
     * @param site where
     */
    public RepositoryCreation(RepositorySite site) {
        this.site = site;
    }

    /**
     * Creates a repository.
     *
     * @param provider who shall open its first slot
     * @param parameters how content is cut and compressed
     * @return the repository, which the caller closes
     * @throws RepositoryException with {@code REPOSITORY_EXISTS}, {@code REPOSITORY_PLACE_OCCUPIED}, or {@code REPOSITORY_REPLACED} if this machine
     *     remembers a repository at this place
     * @throws StoreException with {@code STORE_UNSUPPORTED} if no repository can be on the store, or its locks do not hold
     */
    public UnlockedRepository create(KeyProvider provider, Descriptor.Parameters parameters) {
        requireFreePlace();
        StoreProof proof = prove();
        UnlockedRepository created = create(provider, parameters, proof.proves(Ability.CONDITIONAL_CREATE));
        site.witness().noteProof(proof);
        return created;
    }

    /** Who asks for a lock wants one that holds; all else that a store lacks is made up for. */
    private StoreProof prove() {
        StoreProof proof = new CapabilityProof(site.store(), site.runtime()).prove();
        if (proof.of(Ability.RETENTION) == StoreProof.Verdict.REFUTED) {
            throw new StoreException(
                    ErrorCode.STORE_UNSUPPORTED,
                    "store " + site.store().describe()
                            + " takes dates that protect objects and does not keep to them: what was protected could be deleted",
                    "Use a service whose locks hold, or do without the lock");
        }
        return proof;
    }

    private UnlockedRepository create(KeyProvider provider, Descriptor.Parameters parameters, boolean conditional) {
        byte[] id = site.runtime().randomness().bytes(Descriptor.ID_BYTES);
        byte[] key = provider.dictatedKey()
                .orElseGet(() -> site.runtime().randomness().bytes(RepositoryKeys.KEY_BYTES));
        try (OpenedSlot slot = KeySlot.create(
                provider, key, id, site.encryptor(), site.runtime().randomness())) {
            RepositoryKeys keys =
                    new RepositoryKeys(key, id, site.encryptor(), site.runtime().randomness());
            Descriptor descriptor = new Descriptor(
                    1,
                    Descriptor.FORMAT_VERSION,
                    List.of(),
                    id,
                    keys.fingerprint(),
                    site.encryptor().suite(),
                    conditional ? Descriptor.CommitMode.CONDITIONAL : Descriptor.CommitMode.FORK,
                    parameters,
                    new byte[0],
                    site.runtime().time().now());
            return conditional ? createConditionally(slot, keys, descriptor) : createByClaim(slot, keys, descriptor);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private UnlockedRepository createConditionally(OpenedSlot slot, RepositoryKeys keys, Descriptor descriptor) {
        ObjectStore store = site.store();
        CreateOnce creates = CreateOnce.conditional(store);
        KeySlots.put(store, slot.slot(), true);
        byte[] config = Descriptors.encode(descriptor, keys);
        if (creates.create(ObjectNames.descriptor(1), config) == CreateOnce.Outcome.TAKEN) {
            store.delete(ObjectNames.slot(slot.slot().name()));
            keys.close();
            throw exists("another session created a repository in " + store.describe() + " meanwhile");
        }
        KeyRings rings = new KeyRings(store, keys, creates);
        try (DataKeyRing first = DataKeyRing.first(site.runtime().randomness())) {
            rings.create(slot, first);
        }
        return unlocked(slot, keys, descriptor, config, rings);
    }

    /** The slot is the claim, so of two that put theirs and then look, at least one sees the other. */
    private UnlockedRepository createByClaim(OpenedSlot slot, RepositoryKeys keys, Descriptor descriptor) {
        ObjectStore store = site.store();
        String own = slot.slot().name();
        KeySlots.put(store, slot.slot(), false);
        List<String> others =
                KeySlots.ids(store).stream().filter(id -> !id.equals(own)).toList();
        boolean done = store.stat(ObjectNames.descriptor(1)).isPresent();
        if (done || !others.isEmpty()) {
            store.delete(ObjectNames.slot(own));
            keys.close();
            throw done
                    ? exists("there is a repository in " + store.describe() + " already")
                    : occupied("another creation in " + store.describe() + " was begun: key slot "
                            + String.join(", ", others));
        }
        CreateOnce creates = CreateOnce.unconditional(store);
        KeyRings rings = new KeyRings(store, keys, creates);
        try (DataKeyRing first = DataKeyRing.first(site.runtime().randomness())) {
            rings.create(slot, first);
        }
        byte[] config = Descriptors.encode(descriptor, keys);
        creates.create(ObjectNames.descriptor(1), config);
        return unlocked(slot, keys, descriptor, config, rings);
    }

    private UnlockedRepository unlocked(
            OpenedSlot slot, RepositoryKeys keys, Descriptor descriptor, byte[] config, KeyRings rings) {
        site.witness().remember(new Witness.Identity(descriptor.repository(), descriptor.keyFingerprint()));
        return new UnlockedRepository(
                site.store(),
                site.runtime(),
                descriptor,
                new RecordId(1, Sha256.of(config)),
                keys,
                rings.open(slot),
                slot.slot().name());
    }

    private void requireFreePlace() {
        ObjectStore store = site.store();
        if (!StoredBytes.below(store, ObjectNames.CONFIG).isEmpty()) {
            throw exists("there is a repository in " + store.describe() + " already");
        }
        site.witness().repository().ifPresent(known -> {
            throw RepositoryOpening.replaced(site, "the repository " + known.id() + " is no longer there");
        });
        try (ObjectListing listing = store.list("")) {
            while (listing.hasNext()) {
                String name = listing.next().name().value();
                if (!name.startsWith(ObjectNames.KEYS) && !name.startsWith(ObjectNames.PROBES)) {
                    throw occupied(store.describe() + " holds '" + name + "' and no descriptor of a repository");
                }
            }
        }
    }

    private static RepositoryException exists(String what) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_EXISTS, what, "Open it, or name an empty place for the new one");
    }

    private static RepositoryException occupied(String what) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_PLACE_OCCUPIED,
                what,
                "Name an empty place; if this is what a creation left that broke off, empty it first");
    }
}
