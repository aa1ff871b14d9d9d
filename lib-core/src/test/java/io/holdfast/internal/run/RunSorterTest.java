// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RunSorterTest {
    @Test
    void saysWhenItsBudgetIsUsedUp() {
        RunSorter sorter = new RunSorter(KeyMode.UNIQUE, 1024);
        RunEntry entry = RunEntry.of(new byte[10], 1, new byte[16]);
        long each = 14 + 26 + 24;

        int added = 1;
        while (!sorter.add(entry)) {
            added++;
        }

        assertThat(added).isEqualTo(1024 / each);
        assertThat(sorter.heldBytes()).isEqualTo(added * each);
    }

    @Test
    void takesAnEntryThatIsLargerThanItsBudget() {
        RunSorter sorter = new RunSorter(KeyMode.UNIQUE, 1024);
        RunEntry large = RunEntry.of(new byte[] {1}, 1, new byte[1 << 20]);

        assertThat(sorter.add(large)).isTrue();
        assertThat(Runs.drain(sorter.sorted())).containsExactly(large);
    }

    @Test
    void isEmptyAfterClearing() {
        RunSorter sorter = new RunSorter(KeyMode.UNIQUE, 1024);
        sorter.add(RunEntry.of(new byte[] {1}, 1, new byte[0]));
        assertThatThrownBy(() -> {
                    sorter.sorted();
                    sorter.add(RunEntry.of(new byte[] {2}, 1, new byte[0]));
                })
                .isInstanceOf(IllegalStateException.class);

        sorter.clear();

        assertThat(sorter.isEmpty()).isTrue();
        assertThat(Runs.drain(sorter.sorted())).isEmpty();
        sorter.clear();
        RunEntry next = RunEntry.removal(new byte[] {3}, 2);
        sorter.add(next);
        assertThat(Runs.drain(sorter.sorted())).isEqualTo(List.of(next));
    }

    @Test
    void refusesTombstonesAmongPairs() {
        RunSorter sorter = new RunSorter(KeyMode.MULTI, 1024);

        assertThatThrownBy(() -> sorter.add(RunEntry.removal(new byte[1], 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
