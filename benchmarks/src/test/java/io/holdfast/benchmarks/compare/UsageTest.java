// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class UsageTest {
    @Test
    void addsUserAndSystemTime() {
        Usage usage = Usage.ofLines(List.of("1.50 2.25 0.50 2048 0"));

        assertThat(usage).isEqualTo(new Usage(1.5, 2.75, 2_097_152, 0));
    }

    @Test
    void skipsTheRemarkAboutAFailedCommand() {
        Usage usage = Usage.ofLines(List.of("Command exited with non-zero status 3", "0.10 0.05 0.05 1024 3"));

        assertThat(usage.exitCode()).isEqualTo(3);
    }

    @Test
    void refusesWhatIsNotAFigure() {
        assertThatThrownBy(() -> Usage.ofLines(List.of())).hasMessageContaining("GNU time");
    }
}
