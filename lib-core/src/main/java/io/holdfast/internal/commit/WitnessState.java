// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.internal.format.CborReader;
import io.holdfast.internal.format.CborWriter;
import io.holdfast.internal.format.RecordId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a witness file holds.
 *
 * @param repository the repository
 * @param newest the newest record of each lineage; may be changed
 * @param proven when the store was last proven to keep its word
 */
record WitnessState(
        Optional<Witness.Identity> repository, SortedMap<String, RecordId> newest, Optional<Instant> proven) {
    private static final int MAX_TEXT = 64;
    private static final int MAX_LINEAGES = 65_536;

    static WitnessState empty() {
        return new WitnessState(Optional.empty(), new TreeMap<>(), Optional.empty());
    }

    byte[] encode() {
        return CborWriter.write(3, w -> {
            w.field(1);
            repository.ifPresentOrElse(
                    known -> w.map(2, m -> {
                        m.field(1).text(known.id());
                        m.field(2).text(known.keyFingerprint());
                    }),
                    w::absent);
            w.field(2).list(newest.entrySet(), WitnessState::write);
            w.field(3);
            proven.ifPresentOrElse(w::time, w::absent);
        });
    }

    private static void write(CborWriter out, Map.Entry<String, RecordId> entry) {
        out.map(3, m -> {
            m.field(1).text(entry.getKey());
            m.field(2).number(entry.getValue().number());
            m.field(3).bytes(entry.getValue().hash());
        });
    }

    static WitnessState decode(String file, byte[] bytes) {
        return CborReader.read(file, bytes, r -> {
            Optional<Witness.Identity> repository = r.field(1)
                    .optional(known -> known.map(m -> new Witness.Identity(
                            m.field(1).text(MAX_TEXT), m.field(2).text(MAX_TEXT))));
            SortedMap<String, RecordId> newest = new TreeMap<>();
            r.field(2)
                    .list(
                            MAX_LINEAGES,
                            entry -> entry.map(m -> Optional.ofNullable(newest.put(
                                    m.field(1).text(MAX_TEXT),
                                    new RecordId(
                                            m.field(2).number(1, Long.MAX_VALUE),
                                            m.field(3).bytes(32, 32))))));
            return new WitnessState(repository, newest, r.field(3).optional(CborReader::time));
        });
    }
}
