// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.commit.SnapshotLog;
import io.holdfast.internal.commit.Witness;
import io.holdfast.internal.format.History;
import io.holdfast.internal.format.RecordId;
import io.holdfast.repository.VerifyReport.DamagedItem;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Holds the ends of all lineages against what was witnessed of them: by this machine, by the records of other lineages, and by a witness that a
 * report gave; for one thread. Nothing else can tell that the newest records are gone.
 */
final class WitnessCheck {
    private final RepositoryParts parts;
    private final Function<String, LineageParts> anew;
    private final Findings findings;
    private final Set<String> lineages = new TreeSet<>();
    private final Map<String, Long> lost = new TreeMap<>();

    WitnessCheck(RepositoryParts parts, Function<String, LineageParts> anew, Set<String> standing, Findings findings) {
        this.parts = parts;
        this.anew = anew;
        this.findings = findings;
        this.lineages.addAll(standing);
    }

    /** Reads a witness as reports give it. */
    static RecordId parse(String witness) {
        int colon = Math.max(0, witness.indexOf(':'));
        try {
            return new RecordId(
                    Long.parseLong(witness.substring(0, colon)), HexFormat.of().parseHex(witness.substring(colon + 1)));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "witness '" + witness + "' is not a number, a colon and 64 hexadecimal digits, such as 4:9f86...",
                    malformed);
        }
    }

    void run(Optional<RecordId> expected) {
        Witness witness = parts.site().witness();
        if (!witness.acceptsRollback()) {
            lineages.addAll(witness.lineages());
            lineages.forEach(this::head);
        }
        expected.ifPresent(this::expect);
    }

    private void head(String lineage) {
        try {
            LineageParts of = anew.apply(lineage);
            of.log()
                    .head(of.leases().witnessed(lineage))
                    .newest()
                    .ifPresent(newest -> newest.record().siblings().forEach(this::sibling));
        } catch (RepositoryException trouble) {
            if (trouble.code() == ErrorCode.REPOSITORY_ROLLED_BACK) {
                rolledBack(lineage, witnessed(lineage), trouble.getMessage());
            } else if (!Findings.isDamage(trouble)) {
                throw trouble;
            }
        }
    }

    /** The highest number that this machine or the lease has seen. */
    private long witnessed(String lineage) {
        return Stream.of(
                        parts.site().witness().newest(lineage),
                        anew.apply(lineage).leases().witnessed(lineage))
                .flatMap(Optional::stream)
                .mapToLong(RecordId::number)
                .max()
                .orElse(0);
    }

    private SnapshotLog log(String lineage) {
        return anew.apply(lineage).log();
    }

    /** A record of one lineage names the newest ones of others that its session saw. */
    private void sibling(String lineage, RecordId seen) {
        SnapshotLog log = log(lineage);
        if (!log.isGone(seen.number()) && answer(log, seen) == History.Answer.CONTRADICTED) {
            rolledBack(
                    lineage,
                    seen.number(),
                    "another lineage has seen record " + seen + " of lineage " + lineage
                            + ", which is no longer there or another one: it was set back");
        }
    }

    private void expect(RecordId expected) {
        boolean confirmed =
                lineages.stream().anyMatch(lineage -> answer(log(lineage), expected) == History.Answer.CONFIRMED);
        if (!confirmed) {
            rolledBack(
                    "",
                    expected.number(),
                    "no lineage has the expected record " + expected
                            + ": the repository was set back, or its newest records are missing");
        }
    }

    /** A record that does not open proves nothing; that it does not is found elsewhere. */
    private static History.Answer answer(SnapshotLog log, RecordId record) {
        try {
            return log.expect(record);
        } catch (RepositoryException trouble) {
            if (!Findings.isDamage(trouble)) {
                throw trouble;
            }
            return History.Answer.UNKNOWN;
        }
    }

    private void rolledBack(String lineage, long number, String what) {
        String object =
                lineage.isEmpty() ? ObjectNames.SNAPSHOTS : ObjectNames.records(lineage) + ObjectNames.digits(number);
        findings.damage(object, what);
        lost.put(object, number);
    }

    /** Names the snapshots that are gone; their sources are told by what is left of their lineages. */
    void name(Map<String, String> sources) {
        lost.forEach((object, number) -> {
            String lineage = object.equals(ObjectNames.SNAPSHOTS)
                    ? RecordCheck.ALL
                    : object.substring(ObjectNames.SNAPSHOTS.length(), object.lastIndexOf('/'));
            String source = sources.getOrDefault(lineage, lineage);
            findings.item(object, new DamagedItem(source, number, RecordCheck.ALL, RecordCheck.ALL));
        });
    }
}
