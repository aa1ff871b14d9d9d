// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.commit.SnapshotLog;
import io.holdfast.internal.commit.StoredRecord;
import io.holdfast.internal.format.History;
import io.holdfast.internal.format.RecordId;
import io.holdfast.repository.VerifyReport.DamagedItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the records of one lineage: that each opens at its place, that none is missing between them, that each builds on the one that stands there,
 * and that its history is that of its parent with the parent; for one thread.
 */
final class RecordCheck {
    /** What stands for all resources of a snapshot, or all items of a resource. */
    static final String ALL = "*";

    private static final long MOST_MISSING = 1000;

    private final RecordObjects records;
    private final SnapshotLog log;
    private final Findings findings;
    private final String lineage;
    private final Map<RecordId, History> histories = new HashMap<>();
    private final Map<Long, List<RecordId>> ids = new HashMap<>();
    private final List<RecordPlaces.Place> sound = new ArrayList<>();
    private final Map<String, Long> lost = new HashMap<>();
    private String source;

    RecordCheck(RecordObjects records, SnapshotLog log, Findings findings) {
        this.records = records;
        this.log = log;
        this.findings = findings;
        this.lineage = log.lineage();
        this.source = lineage;
    }

    /**
     * The records of a lineage that can be read from, and those that cannot.
     *
     * @param name the keyed name of the lineage
     * @param source the source, or the keyed name where no record tells it
     * @param places where they stand, ascending; fences included, void ones not
     * @param lost the objects of those that cannot be read, and their numbers
     */
    record Lineage(String name, String source, List<RecordPlaces.Place> places, Map<String, Long> lost) {
        Lineage {
            places = List.copyOf(places);
            lost = Map.copyOf(lost);
        }

        /** Names what is lost with the records. */
        void name(Findings findings) {
            lost.forEach((object, number) -> findings.item(object, new DamagedItem(source, number, ALL, ALL)));
        }
    }

    Lineage run() {
        long last = 0;
        for (RecordPlaces.Place place : records.places().places(lineage)) {
            missing(last + 1, place.number());
            last = place.number();
            if (!findings.sound(place.object(), () -> check(place, records.read(place)))) {
                lost.put(place.object(), place.number());
            }
        }
        return new Lineage(lineage, source, sound, lost);
    }

    /** Numbers from one on and below another that nobody bears: only a prune may have freed them. */
    private void missing(long from, long below) {
        long gone = 0;
        for (long number = from; number < below && gone < MOST_MISSING; number++) {
            if (!log.isGone(number)) {
                String object = ObjectNames.record(lineage, number).value();
                findings.damage(object, "record " + number + " is missing; there are later ones");
                lost.put(object, number);
                gone++;
            }
        }
    }

    private void check(RecordPlaces.Place place, StoredRecord stored) {
        source = stored.record().source();
        if (log.isVoid(stored)) {
            findings.note("record " + stored.id().number() + " of '" + source + "' is void: a prune did not count it");
            return;
        }
        ids.computeIfAbsent(place.number(), number -> new ArrayList<>()).add(stored.id());
        for (RecordId parent : stored.record().parents()) {
            List<RecordId> there = ids.getOrDefault(parent.number(), List.of());
            if (!there.isEmpty() && !there.contains(parent)) {
                findings.damage(
                        place.object(), "it builds on record " + parent + "; that number bears " + there.get(0));
            }
        }
        if (!stored.front().parents().equals(stored.record().parents())) {
            findings.damage(place.object(), "its plain front names other parents than its body");
        }
        checkHistory(place, stored);
        sound.add(place);
    }

    private void checkHistory(RecordPlaces.Place place, StoredRecord stored) {
        long size = place.number() - 1;
        List<byte[]> peaks = stored.record().history();
        if (Long.bitCount(size) != peaks.size()) {
            findings.damage(place.object(), "its history has " + peaks.size() + " peaks for " + size + " numbers");
            return;
        }
        histories.put(stored.id(), History.of(size, peaks));
        History expected = History.empty();
        if (!stored.record().parents().isEmpty()) {
            RecordId parent = stored.record().parents().get(0);
            History before = histories.get(parent);
            if (before == null) {
                // The parent has expired or is damaged: then its successors still prove it, and not it them.
                return;
            }
            expected = before.with(parent);
        }
        if (!isSame(expected.upTo(size).peaks(), peaks)) {
            findings.damage(place.object(), "its history is not that of its parent");
        }
    }

    private static boolean isSame(List<byte[]> one, List<byte[]> other) {
        boolean same = one.size() == other.size();
        for (int i = 0; same && i < one.size(); i++) {
            same = Arrays.equals(one.get(i), other.get(i));
        }
        return same;
    }
}
