// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.util.Optional;

/** A column of the table of ratios: what of Holdfast is divided by the same of which peer. */
enum Column {
    CPU_RESTIC("CPU / restic", "restic"),
    WALL_RESTIC("wall / restic", "restic"),
    SIZE_RESTIC("size / restic", "restic"),
    CPU_BORG("CPU / borg", "borg");

    private final String title;
    private final String peer;

    Column(String title, String peer) {
        this.title = title;
        this.peer = peer;
    }

    String title() {
        return title;
    }

    String peer() {
        return peer;
    }

    /** The figure of one result; empty where the step stores nothing. A first backup counts its repository, a later one its growth. */
    Optional<Double> of(Result result) {
        return switch (this) {
            case CPU_RESTIC, CPU_BORG -> Optional.of(result.usage().cpuSeconds());
            case WALL_RESTIC -> Optional.of(result.usage().wallSeconds());
            case SIZE_RESTIC ->
                switch (result.step()) {
                    case FIRST -> Optional.of((double) result.repositoryBytes());
                    case UNCHANGED, NEXT_DAY -> Optional.of((double) result.growthBytes());
                    case RESTORE, CHECK -> Optional.empty();
                };
        };
    }
}
