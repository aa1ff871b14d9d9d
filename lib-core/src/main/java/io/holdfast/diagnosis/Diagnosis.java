// SPDX-License-Identifier: Apache-2.0
package io.holdfast.diagnosis;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an examination found.
 *
 * @param at when it was made
 * @param since since when requests fail, if that is known
 * @param findings every check that was made, in its order
 * @param causes what is wrong, from the lowest layer up; empty if nothing is
 */
public record Diagnosis(Instant at, Optional<Instant> since, List<Finding> findings, List<Cause> causes) {

    /** Copies the lists. */
    public Diagnosis {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(since, "since");
        findings = List.copyOf(findings);
        causes = List.copyOf(causes);
    }

    /**
     * The verdict on one line: which layer, since when, what to do.
     *
     * @return a sentence or several
     */
    public String verdict() {
        if (causes.isEmpty()) {
            return "All layers work.";
        }
        String when = since.map(instant -> " (since " + instant + ")").orElse("");
        return causes.stream().map(Cause::toString).collect(Collectors.joining("; and ")) + when;
    }
}
