// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.pack.BlobLocation;
import io.holdfast.internal.run.RunCursor;
import io.holdfast.manifest.BlobRef;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.repository.VerifyReport.DamagedItem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Goes from damaged packs, and from parts that are in doubt, to the items that need them: one pass over the distinct stacks of manifest runs, newest snapshots first, so that each item is
 * named with the newest snapshot that is concerned. For one thread; holds the damaged items and no others.
 */
final class ItemNames {
    private final Snapshotted snapshotted;
    private final BlobSearch search;
    private final PackStates packs;
    private final PartProofs proofs;
    private final Findings findings;
    private final Set<List<RunRef>> stacks = new HashSet<>();
    private final Set<String> named = new HashSet<>();

    ItemNames(Snapshotted snapshotted, BlobSearch search, PackStates packs, PartProofs proofs, Findings findings) {
        this.snapshotted = snapshotted;
        this.search = search;
        this.packs = packs;
        this.proofs = proofs;
        this.findings = findings;
    }

    void run(RecordCheck.Lineage lineage, RecordObjects records) {
        List<RecordPlaces.Place> newestFirst = new ArrayList<>(lineage.places());
        Collections.reverse(newestFirst);
        for (RecordPlaces.Place place : newestFirst) {
            SnapshotRecord record = records.read(place).record();
            if (record.type() == SnapshotRecord.Type.SNAPSHOT) {
                snapshotted.forEachState(record, (state, damaged) -> {
                    if (damaged.isEmpty() && stacks.add(state.manifest())) {
                        name(lineage, record, state);
                    }
                });
            }
        }
    }

    private void name(RecordCheck.Lineage lineage, SnapshotRecord record, ResourceState state) {
        RunCursor cursor = snapshotted.live(state);
        while (cursor.advance()) {
            ManifestEntry entry = EntryCodes.decode(cursor);
            Set<String> objects = damagedObjects(record, entry);
            if (objects.isEmpty() && isAnyPartWrong(lineage, record, entry)) {
                objects.add(ObjectNames.record(lineage.name(), record.number()).value());
            }
            String key = entry.key().value();
            if (!objects.isEmpty() && named.add(lineage.name() + " " + state.id() + " " + key)) {
                DamagedItem item = new DamagedItem(
                        record.source(), record.number(), state.id().value(), key);
                objects.forEach(object -> findings.item(object, item));
            }
        }
    }

    /** Whether all blobs of an item can be read and do not make up what was backed up: then the record that says so is to blame. */
    private boolean isAnyPartWrong(RecordCheck.Lineage lineage, SnapshotRecord record, ManifestEntry entry) {
        String object = ObjectNames.record(lineage.name(), record.number()).value();
        boolean wrong = false;
        for (PartEntry part : BlobSearch.parts(entry)) {
            wrong |= proofs.isInDoubt(part) && !findings.sound(object, () -> proofs.prove(record, part));
        }
        return wrong;
    }

    /** The objects for which blobs of an item cannot be read. */
    private Set<String> damagedObjects(SnapshotRecord record, ManifestEntry entry) {
        Set<String> objects = new HashSet<>();
        for (PartEntry part : BlobSearch.parts(entry)) {
            for (BlobRef blob : part.blobs()) {
                List<BlobLocation> copies = search.copies(record, blob);
                if (copies.stream().noneMatch(copy -> packs.isReadable(copy, blob))) {
                    objects.addAll(copies.isEmpty() ? suspects(record, blob) : blamed(copies));
                }
            }
        }
        return objects;
    }

    private List<String> blamed(List<BlobLocation> copies) {
        List<String> objects =
                copies.stream().map(copy -> copy.pack().objectName()).toList();
        for (String object : objects) {
            if (!findings.isDamaged(object)) {
                findings.damage(object, "it is missing, or is not as long as it was");
            }
        }
        return objects;
    }

    /** Nothing says where a blob was: it was in a pack that is missing or whose directory does not open. */
    private List<String> suspects(SnapshotRecord record, BlobRef blob) {
        List<String> suspects = record.packs().stream()
                .map(PackRef::objectName)
                .filter(findings::isDamaged)
                .toList();
        if (suspects.isEmpty()) {
            suspects = findings.objects().stream()
                    .filter(object -> object.startsWith(ObjectNames.DATA) || object.startsWith(ObjectNames.META))
                    .toList();
        }
        if (suspects.isEmpty()) {
            String object = "blob " + blob;
            findings.damage(object, "it is in no pack");
            suspects = List.of(object);
        }
        return suspects;
    }
}
