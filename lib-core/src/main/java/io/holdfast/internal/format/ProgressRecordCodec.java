// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

/** The body of a progress record as bytes (FORMAT.md, "Progress records"). Stateless. */
public final class ProgressRecordCodec {
    /** The most bytes that a body may have. */
    public static final int MAX_BYTES = 64 << 20;

    private static final int MAX_LINEAGE = 64;

    private ProgressRecordCodec() {}

    /**
     * Encodes a record.
     *
     * @param record the record
     * @return its body
     */
    public static byte[] encode(ProgressRecord record) {
        return CborWriter.write(10, w -> {
            w.field(1).map(2, base -> {
                base.field(1).number(record.base().number());
                base.field(2).bytes(record.base().hash());
            });
            w.field(2).number(record.epoch());
            w.field(3).number(record.number());
            w.field(4).text(record.lineage());
            w.field(5).number(record.seen());
            Refs.writeRuns(w.field(6), record.table());
            w.field(7).bytes(record.inlineTable());
            Refs.writePacks(w.field(8), record.packs());
            w.field(9).time(record.started());
            w.field(10).time(record.written());
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
    public static ProgressRecord decode(String object, byte[] body) {
        return CborReader.read(
                object,
                body,
                r -> new ProgressRecord(
                        readBase(r.field(1)),
                        r.field(2).count(),
                        r.field(3).number(1, Long.MAX_VALUE),
                        r.field(4).text(MAX_LINEAGE),
                        r.field(5).count(),
                        Refs.readRuns(r.field(6)),
                        r.field(7).bytes(0, SnapshotRecord.State.INLINE_LIMIT),
                        Refs.readPacks(r.field(8)),
                        r.field(9).time(),
                        r.field(10).time()));
    }

    private static ProgressRecord.Base readBase(CborReader in) {
        return in.map(
                r -> new ProgressRecord.Base(r.field(1).count(), r.field(2).bytes(0, Refs.HASH_BYTES)));
    }
}
