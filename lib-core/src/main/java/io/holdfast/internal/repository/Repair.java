// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.error.HoldfastException;
import io.holdfast.internal.commit.Lease;
import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.commit.RetireLists;
import io.holdfast.internal.commit.SnapshotLog;
import io.holdfast.internal.commit.StoredRecord;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.pack.PackNames;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.repository.RepairReport;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyReport.Damage;
import io.holdfast.repository.VerifyReport.DamagedItem;
import io.holdfast.repository.VerifyReport.Tampering;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.Overlay;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the next sessions mend what a verification found: condemns damaged packs, so that no writer relies on them; builds a damaged index anew; and
 * commits, for each source whose newest snapshot is concerned, a snapshot that says so in its ledger. For one thread, used once.
 *
 * <p>Nothing of the repository is removed, only what others have laid over it: older snapshots stay as they are, and what of them can be read can still be read.
 */
final class Repair {
    private final RepositoryParts parts;
    private final VerifyReport found;
    private final List<String> notes = new ArrayList<>();
    private long items;
    private long resources;

    Repair(RepositoryParts parts, VerifyReport found) {
        this.parts = parts;
        this.found = found;
    }

    RepairReport run() {
        long uncovered = uncover();
        if (found.damages().isEmpty()) {
            return new RepairReport(uncovered, 0, 0, 0, 0, notes);
        }
        return mend(uncovered);
    }

    /** Removes what was laid over objects. */
    private long uncover() {
        long removed = 0;
        for (Tampering each : found.tampered()) {
            Overlay overlay = new Overlay(new ObjectName(each.object()), each.version(), each.marker(), each.written());
            if (parts.store().remove(overlay) == DeleteResult.RETAINED) {
                notes.add("what was laid over '" + each.object() + "' (version " + each.version()
                        + ") is protected itself and stays until that has ended");
            } else {
                removed++;
            }
        }
        return removed;
    }

    private RepairReport mend(long uncovered) {
        Set<PackRef> packs = new LinkedHashSet<>();
        boolean index = false;
        for (Damage damage : found.damages()) {
            index |= damage.object().startsWith(ObjectNames.INDEX);
            pack(damage.object()).ifPresent(packs::add);
        }
        long condemned;
        long blobs = 0;
        try (Lease lease = parts.maintenance()) {
            condemned = RetireLists.read(parts.repository()).condemn(packs);
            if (index) {
                lease.requireHeld();
                blobs = parts.rebuildIndex();
            }
        }
        bySource().forEach(this::mark);
        return new RepairReport(uncovered, condemned, items, resources, blobs, notes);
    }

    /** The pack that an object is or was. */
    private Optional<PackRef> pack(String object) {
        long length = parts.store()
                .stat(new ObjectName(object.endsWith("/") ? object + "x" : object))
                .map(ObjectStat::length)
                .orElse(0L);
        return PackNames.parse(object, length);
    }

    private Map<String, Set<DamagedItem>> bySource() {
        Map<String, Set<DamagedItem>> all = new TreeMap<>();
        found.damages().stream()
                .flatMap(damage -> damage.items().stream())
                .forEach(item -> all.computeIfAbsent(item.source(), source -> new LinkedHashSet<>())
                        .add(item));
        return all;
    }

    private void mark(String source, Set<DamagedItem> damaged) {
        SourceId id = new SourceId(source);
        try {
            SnapshotLog log = parts.lineage(id).log();
            Optional<StoredRecord> newest = log.head().newest();
            long number = newest.map(stored -> stored.id().number()).orElse(0L);
            List<DamagedItem> concerned =
                    damaged.stream().filter(item -> item.snapshot() == number).toList();
            if (newest.isEmpty() || concerned.isEmpty()) {
                notes.add("the newest snapshot of '" + source + "' holds nothing of what is damaged");
                return;
            }
            TenantId tenant = new TenantId(newest.get().record().tenant());
            try (SessionWork work =
                    LineageSession.begin(parts, id, tenant, parts.runtime().memory())) {
                DamageMarks marks = new DamageMarks(parts, work, newest.get().record());
                concerned.forEach(marks::mark);
                marks.commit();
                items += marks.items();
                resources += marks.resources();
            }
        } catch (HoldfastException trouble) {
            if (!Findings.isDamage(trouble)) {
                throw trouble;
            }
            notes.add("the items of '" + source + "' cannot be marked: " + trouble.getMessage());
        }
    }
}
