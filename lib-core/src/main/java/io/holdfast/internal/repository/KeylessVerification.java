// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.format.Descriptor;
import io.holdfast.internal.format.DescriptorCodec;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.pack.PackFinding;
import io.holdfast.internal.pack.PackInspector;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyReport;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.ObjectStore;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Verifies a repository as far as it goes without any key, for whoever keeps the store and must not read it; for one thread, used once.
 *
 * <p>It names objects and no items. What lies under a seal it cannot weigh: leases, which tell of records that are gone, and retire lists, which
 * excuse absence. Where there are retire lists, absent objects are a note.
 */
final class KeylessVerification {
    private final HoldfastRuntime runtime;
    private final Optional<RecordId> expected;
    private final Findings findings = new Findings();
    private final Inventory inventory;

    KeylessVerification(ObjectStore store, HoldfastRuntime runtime, Optional<String> expect) {
        this.runtime = runtime;
        this.expected = expect.map(WitnessCheck::parse);
        this.inventory = Inventory.of(store);
    }

    VerifyReport run() {
        if (inventory.below(ObjectNames.CONFIG).isEmpty()) {
            throw new RepositoryException(
                    ErrorCode.REPOSITORY_MISSING,
                    "there is no repository at " + inventory.store().describe(),
                    "Correct the place, or mount what belongs there");
        }
        new KeylessCheck(inventory, findings).run();
        findings.tampered(inventory.store().overlays(""));
        if (mode().isEmpty()) {
            findings.note(
                    "no descriptor can be read, so that nobody can say how records are named: they were left out");
        }
        mode().ifPresent(this::checkRecords);
        new SharedWork(runtime).forEach(inventory.packs().iterator(), pack -> {
            PackFinding finding = PackInspector.inspectKeyless(inventory.store(), pack);
            findings.read(pack.length());
            findings.damage(finding);
        });
        findings.note("made without a key: what stands under a seal was not looked at, and no item is named");
        return findings.report(VerifyLevel.KEYLESS);
    }

    private void checkRecords(Descriptor.CommitMode mode) {
        boolean retired = !inventory.below(ObjectNames.RETIRED).isEmpty();
        RecordPlaces places = new RecordPlaces(mode == Descriptor.CommitMode.CONDITIONAL, inventory);
        FrontCheck fronts = new FrontCheck(inventory, places, findings);
        fronts.run(place -> retired, pack -> false);
        if (retired) {
            findings.note("objects were retired; it takes the key to say which of those that are absent are missing");
        }
        expected.filter(id -> !fronts.knows(id))
                .ifPresent(id -> findings.damage(
                        ObjectNames.SNAPSHOTS,
                        "record " + id.number() + " with the hash "
                                + HexFormat.of().formatHex(id.hash())
                                + ", which was expected, does not stand there; the store may have been set back"));
    }

    /** How records are named, by the newest descriptor that can be read. */
    private Optional<Descriptor.CommitMode> mode() {
        Optional<Descriptor.CommitMode> mode = Optional.empty();
        for (String name : inventory.below(ObjectNames.CONFIG).keySet()) {
            try {
                byte[] bytes = inventory.read(name, DescriptorCodec.MAX_BYTES);
                mode = Optional.of(DescriptorCodec.decode(name, bytes).commitMode());
            } catch (HoldfastException unreadable) {
                if (!Findings.isDamage(unreadable)) {
                    throw unreadable;
                }
            }
        }
        return mode;
    }
}
