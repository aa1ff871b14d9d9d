// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.format.DescriptorCodec;
import io.holdfast.internal.pack.PackNames;
import io.holdfast.internal.seal.EnvelopeFront;
import io.holdfast.internal.seal.EnvelopeKind;
import io.holdfast.internal.seal.KeySlot;
import io.holdfast.store.ByteRange;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Checks without any key all objects but packs and records: names that are hashes, and how objects begin; for one thread. */
final class KeylessCheck {
    private static final int MAX_ENVELOPE = 512 << 20;
    private static final int MAX_SLOT = 8192;
    private static final int HASH_DIGITS = 64;
    private static final byte[] RUN_MAGIC = {'H', 'F', 'R', 'U', 'N'};

    /** Leases are replaced and not within the promise, progress is spent by a commit, probes are gone soon; records have a check of their own. */
    private static final List<String> PASSED_OVER =
            List.of(ObjectNames.LEASES, ObjectNames.PROGRESS, ObjectNames.PROBES, ObjectNames.SNAPSHOTS);

    private final Inventory inventory;
    private final Findings findings;

    KeylessCheck(Inventory inventory, Findings findings) {
        this.inventory = inventory;
        this.findings = findings;
    }

    void run() {
        inventory.lengths().forEach((name, length) -> {
            boolean pack = PackNames.parse(name, length).isPresent();
            if (!pack && PASSED_OVER.stream().noneMatch(name::startsWith)) {
                findings.read(length);
                findings.sound(name, () -> check(name));
            }
        });
    }

    private void check(String name) {
        if (name.startsWith(ObjectNames.CONFIG)) {
            descriptor(name);
        } else if (name.startsWith(ObjectNames.RING)) {
            envelope(name, EnvelopeKind.KEY_RING);
        } else if (name.startsWith(ObjectNames.KEYS)) {
            KeySlot.parse(name.substring(ObjectNames.KEYS.length()), inventory.read(name, MAX_SLOT));
        } else if (name.startsWith(ObjectNames.INDEX_HEADS)) {
            envelope(name, EnvelopeKind.INDEX_HEAD);
        } else if (name.startsWith(ObjectNames.RUNS) || name.startsWith(ObjectNames.INDEX)) {
            run(name);
        } else if (name.startsWith(ObjectNames.RETIRED)) {
            envelope(name, retired(name));
        } else if (name.startsWith(ObjectNames.DATA) || name.startsWith(ObjectNames.META)) {
            findings.damage(name, "its name is none that a pack has");
        } else {
            findings.note("'" + name + "' is no object of a repository");
        }
    }

    private void descriptor(String name) {
        long said = DescriptorCodec.decode(name, inventory.read(name, DescriptorCodec.MAX_BYTES))
                .number();
        if (!name.equals(ObjectNames.descriptor(said).value())) {
            findings.damage(name, "it is a copy of descriptor " + said);
        }
    }

    private static EnvelopeKind retired(String name) {
        if (name.endsWith(".closing")) {
            return EnvelopeKind.RETIRE_CLOSING;
        }
        return name.endsWith(".closed") ? EnvelopeKind.RETIRE_CLOSED : EnvelopeKind.RETIRE_LIST;
    }

    private void envelope(String name, EnvelopeKind kind) {
        plainFront(findings, name, inventory.read(name, MAX_ENVELOPE), kind);
    }

    /** The plain front of an envelope; empty bytes, with a finding, if it is not of its kind or not as long as it says. */
    static byte[] plainFront(Findings findings, String name, byte[] bytes, EnvelopeKind kind) {
        try {
            EnvelopeFront plain = EnvelopeFront.read(bytes);
            if (plain.kind() != kind) {
                findings.damage(name, "it is another kind of object than its name says");
            } else if (bytes.length < (long) plain.front().length + plain.bodyLength()) {
                findings.damage(name, "it is cut off after " + bytes.length + " bytes");
            } else {
                return plain.front();
            }
        } catch (SealBrokenException broken) {
            findings.damage(name, "its beginning is damaged: " + broken.getMessage());
        }
        return new byte[0];
    }

    private void run(String name) {
        int slash = name.lastIndexOf('/');
        String hex = name.substring(slash + 1);
        boolean named = hex.length() == HASH_DIGITS
                && (name.startsWith(ObjectNames.INDEX)
                        || name.startsWith(ObjectNames.RUNS + hex.substring(0, 2) + "/"));
        Inventory.Hashed run = inventory.hash(name, ByteRange.all(), RUN_MAGIC.length);
        String found = HexFormat.of().formatHex(run.sha256());
        if (!named || !found.equals(hex)) {
            findings.damage(name, "the hash of its bytes is " + found);
        }
        if (!Arrays.equals(run.start(), RUN_MAGIC)) {
            findings.damage(name, "it does not begin as a run");
        }
    }
}
