// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.crypto.KeyProvider;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.format.Descriptor;
import io.holdfast.internal.seal.DataKeyRing;
import io.holdfast.internal.seal.OpenedSlot;
import io.holdfast.internal.seal.RepositoryKeys;
import java.util.Optional;

/**
 * Opens a repository that is there; never makes one (FORMAT.md, "Opening").
 *
 * <p>The newest descriptor is read plain, a slot is opened, and only then is the descriptor proven. Needs permission to read only.
 */
public final class RepositoryOpening {
    private final RepositorySite site;

    /**
     * Prepares an opening.
     *
     * @param site where
     */
    public RepositoryOpening(RepositorySite site) {
        this.site = site;
    }

    /**
     * Opens the repository.
     *
     * @param provider who opens one of its slots
     * @return the repository, which the caller closes
     * @throws RepositoryException with {@code REPOSITORY_MISSING}, {@code REPOSITORY_REPLACED}, {@code REPOSITORY_FEATURE_UNKNOWN}, or
     *     {@code REPOSITORY_DAMAGED}
     * @throws io.holdfast.error.KeyException with {@code KEY_REFUSED} if no slot opens
     */
    public UnlockedRepository open(KeyProvider provider) {
        Descriptors.Found found = Descriptors.newest(site.store()).orElseThrow(this::missing);
        Descriptor descriptor = found.descriptor();
        Descriptors.requireKnown(descriptor, site.encryptor().suite());
        requireWitnessed(descriptor);
        try (OpenedSlot slot = KeySlots.open(site, descriptor, provider)) {
            RepositoryKeys keys = KeySlots.keys(site, descriptor, slot);
            try {
                Descriptors.requireProven(found, keys);
                DataKeyRing ring = ring(descriptor, slot, keys);
                site.witness().remember(identity(descriptor));
                return new UnlockedRepository(
                        site.store(),
                        site.runtime(),
                        descriptor,
                        found.id(),
                        keys,
                        ring,
                        slot.slot().name());
            } catch (RuntimeException unusable) {
                keys.close();
                throw unusable;
            }
        }
    }

    /** A creation that died after the descriptor is finished by whoever opens the repository first; later a missing ring is a loss. */
    private DataKeyRing ring(Descriptor descriptor, OpenedSlot slot, RepositoryKeys keys) {
        KeyRings rings = new KeyRings(site.store(), keys, CreateOnce.conditional(site.store()));
        if (!rings.exist()) {
            boolean fresh = descriptor.commitMode() == Descriptor.CommitMode.CONDITIONAL
                    && StoredBytes.below(site.store(), ObjectNames.SNAPSHOTS).isEmpty()
                    && StoredBytes.below(site.store(), ObjectNames.PROGRESS).isEmpty();
            if (!fresh) {
                throw KeyRings.missing();
            }
            try (DataKeyRing first = DataKeyRing.first(site.runtime().randomness())) {
                rings.create(slot, first);
            }
        }
        return rings.open(slot);
    }

    private void requireWitnessed(Descriptor descriptor) {
        Optional<Witness.Identity> known = site.witness().repository();
        if (known.isPresent() && !known.get().equals(identity(descriptor))) {
            throw replaced(
                    site, "the repository " + known.get().id() + " was there, now it is " + descriptor.repository());
        }
    }

    private static Witness.Identity identity(Descriptor descriptor) {
        return new Witness.Identity(descriptor.repository(), descriptor.keyFingerprint());
    }

    private RepositoryException missing() {
        return site.witness()
                .repository()
                .map(known -> replaced(site, "the repository " + known.id() + " is no longer there"))
                .orElseGet(() -> new RepositoryException(
                        ErrorCode.REPOSITORY_MISSING,
                        "there is no repository in " + site.store().describe(),
                        "Check the place, or create a repository there"));
    }

    static RepositoryException replaced(RepositorySite site, String what) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_REPLACED,
                "in " + site.store().describe() + " " + what,
                "Check that the right disk is mounted and the place is right. If it was replaced on purpose: "
                        + site.witness().howToForget());
    }
}
