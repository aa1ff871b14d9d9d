// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The body of a commit record as bytes (FORMAT.md, "Snapshot records"). Stateless. */
public final class SnapshotRecordCodec {
    /** The most bytes that a body may have. */
    public static final int MAX_BYTES = 64 << 20;

    /** The most bytes of observations. */
    public static final int MAX_OBSERVATIONS = 64 << 10;

    private static final List<SnapshotRecord.Type> TYPES =
            List.of(SnapshotRecord.Type.SNAPSHOT, SnapshotRecord.Type.FENCE, SnapshotRecord.Type.END);
    private static final int MAX_LINEAGE = 64;
    private static final int MAX_TEXT = 256;
    private static final int MAX_PARENTS = 1024;
    private static final int MAX_SIBLINGS = 65_536;
    private static final int MAX_PEAKS = 64;
    private static final int MAX_COUNTS = 256;
    private static final int MAX_SIGNATURE = 4096;

    private SnapshotRecordCodec() {}

    /**
     * Encodes a record.
     *
     * @param record the record
     * @return its body
     * @throws IllegalArgumentException if it has more than a reader will take
     */
    public static byte[] encode(SnapshotRecord record) {
        requireLimits(record);
        return CborWriter.write(19, w -> {
            w.field(1).number(TYPES.indexOf(record.type()));
            w.field(2).number(record.number());
            w.field(3).text(record.lineage());
            w.field(4).text(record.source());
            w.field(5).text(record.tenant());
            w.field(6).number(record.epoch());
            w.field(7).list(record.parents(), Refs::writeRecordId);
            w.field(8).list(sorted(record.siblings()), SnapshotRecordCodec::writeSibling);
            w.field(9).list(record.history(), CborWriter::bytes);
            w.field(10).number(record.seen());
            Refs.writeRecordId(w.field(11), record.descriptor());
            writeState(w.field(12), record.state());
            Refs.writePacks(w.field(13), record.packs());
            w.field(14).text(record.usedProgress());
            w.field(15).time(record.times().started());
            w.field(16).time(record.times().committed());
            w.field(17).bytes(record.observations());
            w.field(18).text(record.engine());
            w.field(19).bytes(record.signature());
        });
    }

    /**
     * Decodes a record.
     *
     * @param object the object that it stands in, for messages
     * @param body its body
     * @return the record
     * @throws io.holdfast.error.RepositoryException if the bytes are not a record, or over a limit
     */
    public static SnapshotRecord decode(String object, byte[] body) {
        return CborReader.read(
                object,
                body,
                r -> new SnapshotRecord(
                        TYPES.get((int) r.field(1).number(0, TYPES.size() - 1)),
                        r.field(2).number(1, Long.MAX_VALUE),
                        r.field(3).text(MAX_LINEAGE),
                        r.field(4).text(MAX_TEXT),
                        r.field(5).text(MAX_TEXT),
                        r.field(6).count(),
                        r.field(7).list(MAX_PARENTS, Refs::readRecordId),
                        readSiblings(r.field(8)),
                        r.field(9).list(MAX_PEAKS, Refs::readHash),
                        r.field(10).count(),
                        Refs.readRecordId(r.field(11)),
                        readState(r.field(12)),
                        Refs.readPacks(r.field(13)),
                        r.field(14).text(Refs.MAX_NAME),
                        new SnapshotRecord.Times(r.field(15).time(), r.field(16).time()),
                        r.field(17).bytes(0, MAX_OBSERVATIONS),
                        r.field(18).text(MAX_TEXT),
                        r.field(19).bytes(0, MAX_SIGNATURE)));
    }

    private static void requireLimits(SnapshotRecord record) {
        if (record.observations().length > MAX_OBSERVATIONS
                || record.state().inlineTable().length > SnapshotRecord.State.INLINE_LIMIT
                || record.parents().size() > MAX_PARENTS
                || record.packs().size() > Refs.MAX_PACKS
                || record.siblings().size() > MAX_SIBLINGS
                || record.state().counts().size() > MAX_COUNTS
                || record.engine().length() > MAX_TEXT) {
            throw new IllegalArgumentException("record " + record.number() + " of lineage " + record.lineage()
                    + " is over a limit: " + record.observations().length + " bytes of observations, "
                    + record.state().inlineTable().length + " bytes of table, "
                    + record.parents().size() + " parents, " + record.packs().size() + " packs, "
                    + record.siblings().size() + " siblings, "
                    + record.state().counts().size() + " counts");
        }
    }

    private static <V> List<Map.Entry<String, V>> sorted(Map<String, V> map) {
        return map.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    }

    private static void writeSibling(CborWriter out, Map.Entry<String, RecordId> sibling) {
        out.map(2, w -> {
            w.field(1).text(sibling.getKey());
            Refs.writeRecordId(w.field(2), sibling.getValue());
        });
    }

    private static Map<String, RecordId> readSiblings(CborReader in) {
        Map<String, RecordId> siblings = new HashMap<>();
        in.list(
                MAX_SIBLINGS,
                entry -> entry.map(r -> siblings.put(r.field(1).text(MAX_LINEAGE), Refs.readRecordId(r.field(2)))));
        return siblings;
    }

    private static void writeState(CborWriter out, SnapshotRecord.State state) {
        out.map(5, w -> {
            Refs.writeRuns(w.field(1), state.table());
            w.field(2).bytes(state.inlineTable());
            w.field(3).bytes(state.digest().bytes());
            w.field(4).flag(state.complete());
            w.field(5)
                    .list(
                            sorted(state.counts()),
                            (c, count) -> c.map(2, m -> {
                                m.field(1).text(count.getKey());
                                m.field(2).number(count.getValue());
                            }));
        });
    }

    private static SnapshotRecord.State readState(CborReader in) {
        return in.map(r -> new SnapshotRecord.State(
                Refs.readRuns(r.field(1)),
                r.field(2).bytes(0, SnapshotRecord.State.INLINE_LIMIT),
                Refs.readDigest(r.field(3)),
                r.field(4).flag(),
                readCounts(r.field(5))));
    }

    private static Map<String, Long> readCounts(CborReader in) {
        Map<String, Long> counts = new HashMap<>();
        in.list(
                MAX_COUNTS,
                entry -> entry.map(
                        r -> counts.put(r.field(1).text(MAX_TEXT), r.field(2).number(Long.MIN_VALUE, Long.MAX_VALUE))));
        return counts;
    }
}
