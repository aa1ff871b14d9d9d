// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.internal.format.CborReader;
import io.holdfast.internal.format.CborWriter;
import io.holdfast.internal.format.RecordId;
import io.holdfast.repository.StoreProof;
import io.holdfast.repository.StoreProof.Ability;
import io.holdfast.repository.StoreProof.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a witness file holds.
 *
 * @param repository the repository
 * @param newest the newest record of each lineage; may be changed
 * @param proof how the store stood the last proof
 */
record WitnessState(
        Optional<Witness.Identity> repository, SortedMap<String, RecordId> newest, Optional<StoreProof> proof) {
    private static final int MAX_TEXT = 64;
    private static final int MAX_LINEAGES = 65_536;
    private static final int MAX_ABILITIES = 64;
    private static final long MAX_SECONDS = 1L << 40;

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
            proof.ifPresentOrElse(made -> write(w, made), w::absent);
        });
    }

    /** By names, so that another version, which knows more or fewer abilities, can read it. */
    private static void write(CborWriter out, StoreProof proof) {
        out.map(3, m -> {
            m.field(1).time(proof.made());
            m.field(2)
                    .list(
                            proof.verdicts().entrySet(),
                            (each, entry) -> each.map(2, pair -> {
                                pair.field(1).text(entry.getKey().name());
                                pair.field(2).text(entry.getValue().name());
                            }));
            m.field(3).number(proof.clockDifference().toSeconds());
        });
    }

    private static StoreProof readProof(CborReader in) {
        return in.map(m -> {
            Instant made = m.field(1).time();
            Map<Ability, Verdict> verdicts = new EnumMap<>(Ability.class);
            m.field(2)
                    .list(
                            MAX_ABILITIES,
                            each -> each.map(pair -> {
                                String ability = pair.field(1).text(MAX_TEXT);
                                String verdict = pair.field(2).text(MAX_TEXT);
                                named(Ability.values(), ability)
                                        .ifPresent(known -> named(Verdict.values(), verdict)
                                                .ifPresent(found -> verdicts.put(known, found)));
                                return ability;
                            }));
            long apart = m.field(3).number(-MAX_SECONDS, MAX_SECONDS);
            return new StoreProof(made, verdicts, Duration.ofSeconds(apart));
        });
    }

    private static <E extends Enum<E>> Optional<E> named(E[] values, String name) {
        return Arrays.stream(values).filter(each -> each.name().equals(name)).findFirst();
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
            return new WitnessState(repository, newest, r.field(3).optional(WitnessState::readProof));
        });
    }
}
