// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

/** The body of a lease as bytes (FORMAT.md, "Leases"). Stateless. */
public final class LeaseRecordCodec {
    /** The most bytes that a body may have. */
    public static final int MAX_BYTES = 16 << 10;

    private static final int MAX_TEXT = 256;

    private LeaseRecordCodec() {}

    /**
     * Encodes a lease.
     *
     * @param lease the lease
     * @return its body
     */
    public static byte[] encode(LeaseRecord lease) {
        return CborWriter.write(8, w -> {
            writeOwner(w.field(1), lease.owner());
            w.field(2).bytes(lease.claim());
            w.field(3).number(lease.counter());
            w.field(4).number(lease.epoch());
            w.field(5).flag(lease.released());
            w.field(6);
            lease.last().ifPresentOrElse(last -> Refs.writeRecordId(w, last), w::absent);
            w.field(7).time(lease.since());
            w.field(8).time(lease.beat());
        });
    }

    /**
     * Decodes a lease.
     *
     * @param object the object that it stands in, for messages
     * @param body its body
     * @return the lease
     * @throws io.holdfast.error.RepositoryException if the bytes are not a lease, or over a limit
     */
    public static LeaseRecord decode(String object, byte[] body) {
        return CborReader.read(
                object,
                body,
                r -> new LeaseRecord(
                        readOwner(r.field(1)),
                        r.field(2).bytes(LeaseRecord.CLAIM_BYTES, LeaseRecord.CLAIM_BYTES),
                        r.field(3).number(1, Long.MAX_VALUE),
                        r.field(4).count(),
                        r.field(5).flag(),
                        r.field(6).optional(Refs::readRecordId),
                        r.field(7).time(),
                        r.field(8).time()));
    }

    private static void writeOwner(CborWriter out, LeaseRecord.Owner owner) {
        out.map(6, w -> {
            w.field(1).text(owner.host());
            w.field(2).number(owner.pid());
            w.field(3).text(owner.startTime());
            w.field(4).text(owner.machineId());
            w.field(5).text(owner.bootId());
            w.field(6).text(owner.pidNamespace());
        });
    }

    private static LeaseRecord.Owner readOwner(CborReader in) {
        return in.map(r -> new LeaseRecord.Owner(
                r.field(1).text(MAX_TEXT),
                r.field(2).count(),
                r.field(3).text(MAX_TEXT),
                r.field(4).text(MAX_TEXT),
                r.field(5).text(MAX_TEXT),
                r.field(6).text(MAX_TEXT)));
    }
}
