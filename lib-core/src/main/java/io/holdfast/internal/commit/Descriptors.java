// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.crypto.Slice;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.Descriptor;
import io.holdfast.internal.format.DescriptorCodec;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** The numbered descriptors of a repository: finds, proves and adds them (FORMAT.md, "Descriptors"). Stateless. */
public final class Descriptors {
    /** What this version can handle, beside the format version itself. */
    private static final Set<String> KNOWN_FEATURES = Set.of();

    private Descriptors() {}

    /**
     * A descriptor as it stands on the store.
     *
     * @param descriptor what it says; proven only after {@link #requireProven}
     * @param stored its bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they are stored; compared by nobody
    record Found(Descriptor descriptor, byte[] stored) {
        RecordId id() {
            return new RecordId(descriptor.number(), Sha256.of(stored));
        }
    }

    /** The newest descriptor; empty if there is none, which means no repository. */
    static Optional<Found> newest(ObjectStore store) {
        long top = 0;
        for (String rest : StoredBytes.below(store, ObjectNames.CONFIG)) {
            OptionalLong number = ObjectNames.number(rest);
            top = Math.max(top, number.orElse(0));
        }
        while (store.stat(ObjectNames.descriptor(top + 1)).isPresent()) {
            top++;
        }
        return top == 0 ? Optional.empty() : Optional.of(read(store, top));
    }

    private static Found read(ObjectStore store, long number) {
        ObjectName name = ObjectNames.descriptor(number);
        byte[] stored = StoredBytes.read(store, name, DescriptorCodec.MAX_BYTES);
        Descriptor descriptor = DescriptorCodec.decode(name.value(), stored);
        if (descriptor.number() != number) {
            throw damaged(name, "holds descriptor " + descriptor.number());
        }
        return new Found(descriptor, stored);
    }

    /** Refuses what this version cannot handle, and says what. */
    static void requireKnown(Descriptor descriptor, String suite) {
        Set<String> unknown = new TreeSet<>(descriptor.features());
        unknown.removeAll(KNOWN_FEATURES);
        if (!unknown.isEmpty()) {
            throw new RepositoryException(
                    ErrorCode.REPOSITORY_FEATURE_UNKNOWN,
                    "the repository needs " + String.join(", ", unknown) + ", which this version does not know",
                    "Use a version of Holdfast that does");
        }
        if (!descriptor.suite().equals(suite)) {
            throw new RepositoryException(
                    ErrorCode.REPOSITORY_FEATURE_UNKNOWN,
                    "the repository is sealed by suite " + descriptor.suite() + "; given was " + suite,
                    "Open it with an encryptor of its suite");
        }
    }

    /** Refuses a descriptor that was not written with the repository's key. */
    static void requireProven(Found found, RepositoryKeys keys) {
        byte[] signed = DescriptorCodec.signedPart(found.stored());
        if (!keys.descriptors().matches(Slice.of(signed), DescriptorCodec.code(found.stored()))) {
            throw damaged(
                    ObjectNames.descriptor(found.descriptor().number()),
                    "was not written with the key of this repository, or was altered");
        }
    }

    static byte[] encode(Descriptor descriptor, RepositoryKeys keys) {
        byte[] signed = DescriptorCodec.encode(descriptor);
        return DescriptorCodec.withCode(signed, keys.descriptors().of(signed));
    }

    /**
     * Adds a descriptor that requires more features. Whoever opened the repository before goes on under the old one until it opens it again.
     *
     * @param repository the repository, opened under its newest descriptor
     * @param features what readers must know from now on; features are never taken away
     * @return the new descriptor
     * @throws RepositoryException with {@code REPOSITORY_ROLLED_BACK} if another session added one meanwhile
     */
    public static Descriptor require(UnlockedRepository repository, List<String> features) {
        Descriptor before = repository.descriptor();
        Set<String> all = new TreeSet<>(before.features());
        all.addAll(features);
        Descriptor next = new Descriptor(
                before.number() + 1,
                before.formatVersion(),
                List.copyOf(all),
                before.repositoryId(),
                before.keyFingerprint(),
                before.suite(),
                before.commitMode(),
                before.parameters(),
                repository.descriptorId().hash(),
                repository.runtime().time().now());
        ObjectName name = ObjectNames.descriptor(next.number());
        boolean taken = NumberedAlone.run(
                repository,
                () -> repository.store().stat(name).isPresent()
                        || creates(repository).create(name, encode(next, repository.keys()))
                                == CreateOnce.Outcome.TAKEN);
        if (taken) {
            throw new RepositoryException(
                    ErrorCode.REPOSITORY_ROLLED_BACK,
                    "the repository has a descriptor " + next.number() + " already; it was opened under "
                            + before.number(),
                    "Open the repository again");
        }
        return next;
    }

    static CreateOnce creates(UnlockedRepository repository) {
        return repository.isConditional()
                ? CreateOnce.conditional(repository.store())
                : CreateOnce.unconditional(repository.store());
    }

    private static RepositoryException damaged(ObjectName name, String what) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_DAMAGED,
                "object '" + name + "' " + what,
                "Run verify to learn what else is damaged");
    }
}
