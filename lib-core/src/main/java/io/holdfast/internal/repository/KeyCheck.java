// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.commit.UnlockedRepository;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.Descriptor;
import io.holdfast.internal.format.DescriptorCodec;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.seal.SealedKeyRing;
import java.util.Arrays;
import java.util.OptionalLong;

/** Checks what opens a repository, as it stands on the store now: descriptors, the key slot in use, the ring of data keys; for one thread. */
final class KeyCheck {
    private static final int MAX_RING = 4 << 20;

    private final UnlockedRepository repository;
    private final Inventory inventory;
    private final Findings findings;
    private String openedRing = ObjectNames.RING;

    KeyCheck(UnlockedRepository repository, Inventory inventory, Findings findings) {
        this.repository = repository;
        this.inventory = inventory;
        this.findings = findings;
    }

    /** Whether an object is one without which nothing can be opened: the newest descriptor, the slot in use, and the ring that it opens. */
    boolean opensEverything(String object) {
        if (object.startsWith(ObjectNames.RING)) {
            return object.compareTo(openedRing) >= 0;
        }
        return object.equals(ObjectNames.slot(repository.slot()).value())
                || object.startsWith(ObjectNames.CONFIG)
                        && object.compareTo(ObjectNames.descriptor(
                                                repository.descriptorId().number())
                                        .value())
                                >= 0;
    }

    void run() {
        descriptors();
        String slot = ObjectNames.slot(repository.slot()).value();
        if (!inventory.has(slot)) {
            findings.damage(slot, "the key slot that the repository was opened by is missing");
        }
        rings();
    }

    private void descriptors() {
        byte[] previous = new byte[0];
        long expected = 1;
        for (String name : inventory.below(ObjectNames.CONFIG).keySet()) {
            OptionalLong number = ObjectNames.number(name.substring(ObjectNames.CONFIG.length()));
            if (number.isEmpty() || number.getAsLong() != expected) {
                findings.damage(name, "it stands where descriptor " + expected + " is expected");
                continue;
            }
            expected++;
            byte[] before = previous;
            byte[] stored = inventory.read(name, DescriptorCodec.MAX_BYTES);
            findings.sound(name, () -> descriptor(name, stored, before));
            previous = Sha256.of(stored);
        }
        String opened =
                ObjectNames.descriptor(repository.descriptorId().number()).value();
        if (!inventory.has(opened)) {
            findings.damage(opened, "the descriptor that the repository was opened under is missing");
        }
    }

    private void descriptor(String name, byte[] stored, byte[] previous) {
        Descriptor descriptor = DescriptorCodec.decode(name, stored);
        Slice signed = Slice.of(DescriptorCodec.signedPart(stored));
        if (!repository.keys().descriptors().matches(signed, DescriptorCodec.code(stored))) {
            findings.damage(name, "it was not written with the key of this repository, or was altered");
        }
        if (!Arrays.equals(descriptor.previous(), previous)) {
            findings.damage(name, "it does not follow the descriptor before it");
        }
        RecordId opened = repository.descriptorId();
        boolean other = descriptor.number() == opened.number() && !Arrays.equals(opened.hash(), Sha256.of(stored));
        if (other) {
            findings.damage(name, "it is another one than the repository was opened under");
        }
    }

    /** Whoever opens the repository takes the highest ring that is sealed for his slot; it must have all data keys. */
    private void rings() {
        int epochs = 0;
        for (String name : inventory.below(ObjectNames.RING).keySet()) {
            OptionalLong number = ObjectNames.number(name.substring(ObjectNames.RING.length()));
            if (number.isEmpty()) {
                findings.damage(name, "its name is none that a ring of data keys has");
                continue;
            }
            try {
                byte[] object = inventory.read(name, MAX_RING);
                SealedKeyRing ring = SealedKeyRing.read(repository.keys(), number.getAsLong(), object);
                if (ring.slots().contains(repository.slot())) {
                    openedRing = name;
                    epochs = ring.epochs(repository.keys());
                }
            } catch (SealBrokenException broken) {
                findings.damage(name, "it does not open: " + broken.getMessage());
            }
        }
        int needed = repository.ring().newest();
        if (epochs < needed) {
            findings.damage(
                    ObjectNames.RING,
                    epochs == 0
                            ? "no ring of data keys is sealed for the key slot in use"
                            : "the newest ring that is sealed for the key slot in use has " + epochs + " of " + needed
                                    + " data keys: a later one is missing");
            openedRing = ObjectNames.RING;
        }
    }
}
