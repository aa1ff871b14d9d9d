// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.commit.RetireLists;
import io.holdfast.internal.commit.SnapshotLog;
import io.holdfast.internal.commit.StoredRecord;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyReport.DamagedItem;
import io.holdfast.repository.VerifyRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Verifies a repository as it stands on its store: puts the checks in order, and goes from what they found to the items that are concerned. For one
 * thread, used once.
 *
 * <p>Which level finds what: without a key, a pack or run whose bytes are not those of its name, an object whose beginning is not that of its kind or
 * that is cut off, an object that a record added and that is gone, a record that is not the one that its successor builds on, and what a witness tells.
 * Structure adds what stands under a seal: records, descriptors, rings, heads and runs that do not open at their place, a copy under another name,
 * digests, counts, and blobs that are nowhere. Content adds frames and blobs that are not what the directory says although the pack has its name, which
 * takes a writer's fault or a forger with the key, and items whose blobs are sound and do not make up the item. Rehearsal reads the newest snapshot of
 * each source once more, as a restore would.
 *
 * <p>Nothing that was read before is trusted: runs, records and packs are read anew. Damage is in the report; a store that fails is thrown. Memory
 * holds the names of all objects, the packs that are needed, and the damage; for content also some bytes of each part, within a bound.
 */
final class Verification {
    private static final long RUN_CACHE_BYTES = 16L << 20;
    private static final int MOST_NAMES = 5;

    private final RepositoryParts parts;
    private final VerifyRequest request;
    private final Findings findings = new Findings();
    private final Inventory inventory;
    private final KeyCheck keys;
    private final RecordObjects records;
    private final PackStates packs;
    private final Map<String, LineageParts> lineages = new HashMap<>();
    private final BlobSearch search;
    private final Optional<Sample> sample;
    private final PartProofs proofs;

    Verification(RepositoryParts parts, VerifyRequest request) {
        this.parts = parts;
        this.request = request;
        this.inventory = Inventory.of(parts.store());
        this.keys = new KeyCheck(parts.repository(), inventory, findings);
        this.records = new RecordObjects(parts, inventory);
        this.packs = new PackStates(inventory);
        this.search = new BlobSearch(parts, inventory, packs);
        this.sample = sample();
        this.proofs =
                new PartProofs(parts.runtime(), search, sample.map(turn -> turn::includes), PartProofs.MOST_HASHES);
    }

    VerifyReport run() {
        Optional<RecordId> expected = request.expect().map(WitnessCheck::parse);
        new KeylessCheck(inventory, findings).run();
        findings.tampered(inventory.store().overlays(""));
        if (!findings.sound(ObjectNames.RETIRED, () -> RetireLists.read(parts.repository()))) {
            findings.note(
                    "a retire list does not open, so that nobody can say which records hold: the rest was left out");
            return findings.report(request.level());
        }
        FrontCheck fronts = new FrontCheck(inventory, records.places(), findings);
        fronts.run(this::isVoid, closed());
        WitnessCheck witness = new WitnessCheck(parts, this::lineage, witnessed(), findings);
        witness.run(expected);
        boolean structure = request.level() != VerifyLevel.KEYLESS;
        // What takes a key is no finding without structure, but it is read all the same where items are to be named.
        Sealed sealed = new Sealed(structure ? findings : new Findings());
        if (structure) {
            keys.run();
            sealed.check();
            new IndexCheck(parts, packs, findings).run(inventory.packs());
        }
        proofs.readWindow();
        new PackCheck(parts, packs, proofs, findings).run(inventory.packs(), pack -> isOpened(pack, sealed.states));
        if (findings.any() || sealed.states.isAnyLost() || proofs.isAnyInDoubt()) {
            if (!structure) {
                sealed.check();
            }
            sealed.name(witness);
        }
        if (request.level() == VerifyLevel.REHEARSAL) {
            sealed.rehearse();
        }
        note(fronts.unclaimed(), sealed.states);
        return findings.report(request.level());
    }

    /** The lineages that have records, and those of which a lease is left: it tells of records that are gone. */
    private Set<String> witnessed() {
        Set<String> names = new TreeSet<>(records.places().lineages());
        inventory.below(ObjectNames.LEASES).keySet().stream()
                .map(lease -> lease.substring(ObjectNames.LEASES.length()))
                .filter(name -> !name.equals(ObjectNames.MAINTENANCE))
                .forEach(names::add);
        return names;
    }

    private boolean isVoid(RecordPlaces.Place place) {
        AtomicBoolean isVoid = new AtomicBoolean();
        // A record that does not open excuses nothing; that it does not is found elsewhere.
        new Findings()
                .sound(place.object(), () -> isVoid.set(log(place.lineage()).isVoid(records.read(place))));
        return isVoid.get();
    }

    private SnapshotLog log(String lineage) {
        return lineage(lineage).log();
    }

    private LineageParts lineage(String name) {
        return lineages.computeIfAbsent(name, parts::lineageAnew);
    }

    private Predicate<String> closed() {
        Set<String> closed = RetireLists.read(parts.repository()).closedPacks().stream()
                .map(PackRef::objectName)
                .collect(Collectors.toSet());
        return closed::contains;
    }

    /** The packs whose frames are opened, if they are needed. */
    private Optional<Sample> sample() {
        if (request.level().compareTo(VerifyLevel.CONTENT) < 0) {
            return Optional.empty();
        }
        Optional<Path> memory = parts.plan()
                .cache()
                .map(folder -> folder.resolve(
                        "verified-" + parts.repository().descriptor().repository()));
        return Optional.of(
                Sample.next(request.samplePercent(), memory, parts.runtime().randomness()));
    }

    private boolean isOpened(PackRef pack, StateCheck states) {
        return sample.isPresent() && sample.get().includes(pack) && states.needs(pack);
    }

    private void note(Set<String> unclaimed, StateCheck states) {
        unclaimed.removeIf(name -> inventory.pack(name).filter(states::needs).isPresent());
        if (!unclaimed.isEmpty()) {
            findings.note(unclaimed.size() + " packs and runs are claimed by no record: "
                    + unclaimed.stream().sorted().limit(MOST_NAMES).collect(Collectors.joining(", "))
                    + (unclaimed.size() > MOST_NAMES ? ", ..." : ""));
        }
        int progress = inventory.below(ObjectNames.PROGRESS).size();
        if (progress > 0) {
            findings.note(progress + " progress records stand, of a session that has not committed or spent ones");
        }
    }

    /** The checks that take a key. */
    private final class Sealed {
        private final Findings target;
        private final Snapshotted snapshotted;
        private final StateCheck states;
        private final List<RecordCheck.Lineage> lineages = new ArrayList<>();

        Sealed(Findings target) {
            this.target = target;
            RunShelf shelf = new RunShelf(parts.store(), parts.keys(), RUN_CACHE_BYTES);
            RunCheck runs = new RunCheck(shelf, inventory, target);
            this.snapshotted = new Snapshotted(shelf, parts.keys(), runs, target);
            this.states = new StateCheck(parts, snapshotted, search, packs, proofs);
        }

        void check() {
            for (String name : records.places().lineages()) {
                RecordCheck.Lineage lineage = new RecordCheck(records, log(name), target).run();
                lineages.add(lineage);
                states.run(lineage, records);
            }
        }

        void name(WitnessCheck witness) {
            Map<String, String> sources = new HashMap<>();
            ItemNames names = new ItemNames(snapshotted, search, packs, proofs, findings);
            for (RecordCheck.Lineage lineage : lineages) {
                sources.put(lineage.name(), lineage.source());
                lineage.name(findings);
                names.run(lineage, records);
            }
            witness.name(sources);
            states.name(findings);
            findings.objects().stream().filter(keys::opensEverything).forEach(this::nameAll);
        }

        /** Without the descriptor, the slot or the ring nothing can be read at all. */
        private void nameAll(String object) {
            for (RecordCheck.Lineage lineage : lineages) {
                newest(lineage)
                        .ifPresent(newest -> findings.item(
                                object,
                                new DamagedItem(
                                        lineage.source(), newest.id().number(), RecordCheck.ALL, RecordCheck.ALL)));
            }
        }

        void rehearse() {
            Rehearsal rehearsal = new Rehearsal(parts.runtime(), snapshotted, findings);
            for (RecordCheck.Lineage lineage : lineages) {
                newest(lineage).map(StoredRecord::record).ifPresent(record -> {
                    String object =
                            ObjectNames.record(lineage.name(), record.number()).value();
                    rehearsal.run(object, record, search.reader(record));
                });
            }
        }

        private Optional<StoredRecord> newest(RecordCheck.Lineage lineage) {
            for (int i = lineage.places().size() - 1; i >= 0; i--) {
                StoredRecord stored = records.read(lineage.places().get(i));
                if (stored.record().type() == SnapshotRecord.Type.SNAPSHOT) {
                    return Optional.of(stored);
                }
            }
            return Optional.empty();
        }
    }
}
