// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.commit.StoredRecord;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.pack.BlobLocation;
import io.holdfast.internal.run.RunCursor;
import io.holdfast.manifest.BlobRef;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.VerifyReport.DamagedItem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks what records name: the tenant's tables, the runs of manifests and ledgers, digests and counts, and that every blob of every item has a copy
 * in a pack that stands. For one thread.
 *
 * <p>Each distinct stack of manifest runs is read once, all of it for its digest; blobs are looked up for entries that no earlier snapshot of the
 * same lineage had: an entry that is older than such a snapshot was live in it.
 */
final class StateCheck {
    private final RepositoryParts parts;
    private final Snapshotted snapshotted;
    private final RunCheck runs;
    private final BlobSearch search;
    private final PackStates packs;
    private final PartProofs proofs;
    private final Findings findings;
    private final Set<PackRef> needed = new HashSet<>();
    private final Set<String> neededObjects = new HashSet<>();
    private final Set<List<RunRef>> stacks = new HashSet<>();
    private final Map<String, Unreadable> unreadable = new HashMap<>();
    private boolean lost;

    StateCheck(RepositoryParts parts, Snapshotted snapshotted, BlobSearch search, PackStates packs, PartProofs proofs) {
        this.parts = parts;
        this.snapshotted = snapshotted;
        this.runs = snapshotted.runs();
        this.search = search;
        this.packs = packs;
        this.proofs = proofs;
        this.findings = snapshotted.findings();
    }

    /** What cannot be read because of an object, with the newest snapshot so far. */
    private record Unreadable(String object, DamagedItem item) {}

    /** Checks the records of a lineage. */
    void run(RecordCheck.Lineage lineage, RecordObjects records) {
        Map<ResourceId, Long> checked = new HashMap<>();
        for (RecordPlaces.Place place : lineage.places()) {
            findings.sound(place.object(), () -> check(place, records.read(place), checked));
        }
    }

    private void check(RecordPlaces.Place place, StoredRecord stored, Map<ResourceId, Long> checked) {
        SnapshotRecord record = stored.record();
        List<RunRef> table = record.state().table();
        need(table);
        runs.damaged(table).forEach(run -> unreadable(place, record, run.object(), RecordCheck.ALL));
        snapshotted.forEachState(record, (state, damaged) -> {
            need(state.manifest());
            supplements(state);
            damaged.forEach(
                    run -> unreadable(place, record, run.object(), state.id().value()));
            if (damaged.isEmpty()) {
                items(new Where(place, record, state), checked);
            }
        });
        if (runs.damaged(table).isEmpty()) {
            ManifestDigest digest = snapshotted.table(record).digest();
            if (!digest.equals(record.state().digest())) {
                findings.damage(
                        place.object(), "its digest is " + record.state().digest() + "; its table gives " + digest);
            }
        }
    }

    private void need(List<RunRef> named) {
        named.forEach(run -> neededObjects.add(run.object()));
    }

    private void unreadable(RecordPlaces.Place place, SnapshotRecord record, String object, String resource) {
        if (record.type() == SnapshotRecord.Type.SNAPSHOT) {
            DamagedItem item = new DamagedItem(record.source(), record.number(), resource, RecordCheck.ALL);
            unreadable.put(place.lineage() + "/" + object + "/" + resource, new Unreadable(object, item));
        }
    }

    /** Ledgers and keys seen: no item is lost with them. */
    private void supplements(ResourceState state) {
        state.feeds().forEach(feed -> {
            need(feed.seen());
            runs.damaged(feed.seen());
        });
        need(state.ledger());
        if (state.ledger().isEmpty() || !runs.damaged(state.ledger()).isEmpty()) {
            return;
        }
        RunRef newest = state.ledger().get(0);
        findings.sound(newest.object(), () -> {
            ResourceState.OpenCounts counts = new LedgerRun(snapshotted.shelf(), state).counts();
            if (!counts.equals(state.openCounts())) {
                throw RunShelf.damaged(
                        newest, "it has " + counts + " of open entries; the table says " + state.openCounts());
            }
        });
    }

    /** A resource in a record. */
    private record Where(RecordPlaces.Place place, SnapshotRecord record, ResourceState state) {}

    private void items(Where where, Map<ResourceId, Long> checked) {
        ResourceState state = where.state();
        Long before = checked.put(state.id(), where.record().number());
        if (!stacks.add(state.manifest())) {
            return;
        }
        ManifestSums sums = new ManifestSums(new EntryCodes(parts.keys()));
        RunCursor cursor = snapshotted.live(state);
        while (cursor.advance()) {
            ManifestEntry entry = EntryCodes.decode(cursor);
            sums.plus(entry);
            if (before == null || cursor.number() > before) {
                BlobSearch.parts(entry).forEach(part -> blobs(where, part));
            }
        }
        ManifestDigest digest = sums.digest(ManifestDigest.empty());
        Manifest.Counts counts = sums.counts(new Manifest.Counts(0, 0, 0));
        if (!digest.equals(state.digest()) || !counts.equals(state.counts())) {
            findings.damage(
                    where.place().object(),
                    "resource '" + state.id() + "' has " + state.counts() + " and digest " + state.digest()
                            + "; its manifest gives " + counts + " and " + digest);
        }
    }

    private void blobs(Where where, PartEntry part) {
        long length = 0;
        for (BlobRef blob : part.blobs()) {
            length += blob.length();
            boolean found = false;
            for (BlobLocation copy : search.copies(where.record(), blob)) {
                found |= packs.isReadable(copy, blob);
                needed.add(copy.pack());
                if (!packs.stands(copy.pack())) {
                    findings.damage(
                            copy.pack().objectName(),
                            "it is missing or does not have its " + copy.pack().length() + " bytes");
                }
            }
            lost |= !found;
        }
        proofs.want(where.record(), part);
        if (part.recipe().isEmpty() && length != part.size()) {
            findings.damage(
                    where.place().object(),
                    "a part of resource '" + where.state().id() + "' has " + part.size() + " bytes; its blobs have "
                            + length);
        }
    }

    /** Names what cannot be read because of damaged runs; to be called after all records. */
    void name(Findings target) {
        unreadable.values().forEach(found -> target.item(found.object(), found.item()));
    }

    /** Whether some blob has no copy in a pack that stands. */
    boolean isAnyLost() {
        return lost;
    }

    /** Whether some record needs a pack. */
    boolean needs(PackRef pack) {
        return needed.contains(pack) || neededObjects.contains(pack.objectName());
    }
}
