// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The body of a retire list as bytes (FORMAT.md, "Retire lists"). Stateless. */
public final class RetireListCodec {
    /** The most bytes that a body may have. */
    public static final int MAX_BYTES = 128 << 20;

    private static final int MAX_LINEAGE = 64;
    private static final int MAX_LINEAGES = 1 << 20;
    private static final int MAX_RECORDS = 1 << 20;

    private RetireListCodec() {}

    /**
     * Encodes a list.
     *
     * @param list the list
     * @return its body
     */
    public static byte[] encode(RetireList list) {
        return CborWriter.write(4, w -> {
            w.field(1).number(list.number());
            Refs.writePacks(w.field(2), list.packs());
            w.field(3)
                    .list(
                            sorted(list.records()),
                            (out, entry) -> out.map(2, m -> {
                                m.field(1).text(entry.getKey());
                                m.field(2).list(entry.getValue(), Refs::writeRecordId);
                            }));
            w.field(4)
                    .list(
                            sorted(list.counted()),
                            (out, entry) -> out.map(2, m -> {
                                m.field(1).text(entry.getKey());
                                m.field(2).number(entry.getValue());
                            }));
        });
    }

    /**
     * Decodes a list.
     *
     * @param object the object that it stands in, for messages
     * @param body its body
     * @return the list
     * @throws io.holdfast.error.RepositoryException if the bytes are not a list, or over a limit
     */
    public static RetireList decode(String object, byte[] body) {
        return CborReader.read(object, body, r -> {
            long number = r.field(1).number(1, Long.MAX_VALUE);
            List<PackRef> packs = Refs.readPacks(r.field(2));
            Map<String, List<RecordId>> records = new HashMap<>();
            r.field(3)
                    .list(
                            MAX_LINEAGES,
                            entry -> entry.map(m -> records.put(
                                    m.field(1).text(MAX_LINEAGE), m.field(2).list(MAX_RECORDS, Refs::readRecordId))));
            Map<String, Long> counted = new HashMap<>();
            r.field(4)
                    .list(
                            MAX_LINEAGES,
                            entry -> entry.map(m -> counted.put(
                                    m.field(1).text(MAX_LINEAGE), m.field(2).count())));
            return new RetireList(number, packs, records, counted);
        });
    }

    private static <V> List<Map.Entry<String, V>> sorted(Map<String, V> map) {
        return map.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    }
}
