// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.util.Arrays;

/** What a tool is asked to do, in the order in which a run does it. */
enum Step {
    FIRST("first"),
    UNCHANGED("no change"),
    NEXT_DAY("next day"),
    RESTORE("restore to files"),
    CHECK("full check of content");

    private final String label;

    Step(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    static Step ofLabel(String label) {
        return Arrays.stream(values())
                .filter(step -> step.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no step \"" + label + "\""));
    }
}
