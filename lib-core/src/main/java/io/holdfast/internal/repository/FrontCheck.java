// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.RecordFront;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.seal.EnvelopeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Checks without any key what stands in the plain fronts of records: that each builds on the one that stands there, and that every object that they
 * say was added exists; for one thread.
 */
final class FrontCheck {
    private final Inventory inventory;
    private final RecordPlaces records;
    private final Findings findings;
    private final Set<String> unclaimed = new HashSet<>();
    private final Set<RecordId> ids = new HashSet<>();

    FrontCheck(Inventory inventory, RecordPlaces records, Findings findings) {
        this.inventory = inventory;
        this.records = records;
        this.findings = findings;
        for (String prefix : List.of(ObjectNames.DATA, ObjectNames.META, ObjectNames.RUNS)) {
            unclaimed.addAll(inventory.below(prefix).keySet());
        }
    }

    /** A record whose bytes were read. */
    private record Known(RecordPlaces.Place place, RecordId id) {}

    /**
     * Checks all fronts.
     *
     * @param excused whether the objects of a record may be gone: prune's rules make it void
     * @param closed whether an object's absence is said by a closed retire list
     */
    void run(Predicate<RecordPlaces.Place> excused, Predicate<String> closed) {
        for (String name : inventory.below(ObjectNames.SNAPSHOTS).keySet()) {
            if (records.place(name).isEmpty()) {
                findings.damage(name, "its name is none that a record has");
            }
        }
        for (String lineage : records.lineages()) {
            Map<Long, List<Known>> known = new HashMap<>();
            for (RecordPlaces.Place place : records.places(lineage)) {
                findings.sound(place.object(), () -> {
                    RecordFront front = read(place, known);
                    ids.addAll(front.parents());
                    front.parents().forEach(parent -> checkParent(place, parent, known));
                    unclaimed.removeAll(new HashSet<>(front.added()));
                    List<String> gone = front.added().stream()
                            .filter(name -> !inventory.has(name) && !closed.test(name))
                            .toList();
                    if (!gone.isEmpty() && !excused.test(place)) {
                        gone.forEach(name -> missing(name, place));
                    }
                });
            }
        }
    }

    private RecordFront read(RecordPlaces.Place place, Map<Long, List<Known>> known) {
        byte[] bytes = records.bytes(place);
        findings.read(bytes.length);
        RecordId id = new RecordId(place.number(), Sha256.of(bytes));
        ids.add(id);
        known.computeIfAbsent(place.number(), number -> new ArrayList<>()).add(new Known(place, id));
        byte[] plain = KeylessCheck.plainFront(findings, place.object(), bytes, EnvelopeKind.RECORD);
        return plain.length == 0 ? new RecordFront(List.of(), List.of()) : RecordFront.decode(place.object(), plain);
    }

    /** Either of the two may be the wrong one, which takes the key to tell. */
    private void checkParent(RecordPlaces.Place place, RecordId parent, Map<Long, List<Known>> known) {
        List<Known> there = known.getOrDefault(parent.number(), List.of());
        if (!there.isEmpty() && there.stream().noneMatch(k -> k.id().equals(parent))) {
            findings.damage(
                    there.get(0).place().object(),
                    "it is not what record " + place.number() + ", which builds on it, says");
        }
    }

    private void missing(String name, RecordPlaces.Place place) {
        findings.damage(
                name, "it is missing; record " + place.number() + " of lineage " + place.lineage() + " added it");
    }

    /** The packs and runs that no front names; may be changed. */
    Set<String> unclaimed() {
        return unclaimed;
    }

    /** Whether a record stands, or another one builds on it. */
    boolean knows(RecordId id) {
        return ids.contains(id);
    }
}
