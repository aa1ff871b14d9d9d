// SPDX-License-Identifier: Apache-2.0
package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.model.ByteSize;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private final MemoryBudget budget = new MemoryBudget(ByteSize.bytes(100));

    @Test
    void takesWhatIsFreeUpToABound() throws InterruptedException {
        MemoryBudget.Reservation some = budget.reserveUpTo(10, 60);
        MemoryBudget.Reservation rest = budget.reserveUpTo(10, 60);

        assertThat(some.bytes()).isEqualTo(60);
        assertThat(rest.bytes()).isEqualTo(40);
        assertThat(budget.freeBytes()).isZero();
        rest.close();
        rest.close();
        assertThat(rest.bytes()).isZero();
        assertThat(budget.freeBytes()).isEqualTo(40);
    }

    @Test
    void cutsARequestToTheBudget() throws InterruptedException {
        try (MemoryBudget.Reservation all = budget.reserve(1000)) {
            assertThat(all.bytes()).isEqualTo(100);
        }
    }

    @Test
    void waitsUntilTheLeastIsFreeAndThenTakesAllThatIs() throws Exception {
        MemoryBudget.Reservation first = budget.reserve(95);
        FutureTask<Long> second =
                new FutureTask<>(() -> budget.reserveUpTo(50, 80).bytes());
        Thread thread = new Thread(second, "second");
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(second.isDone()).isFalse();

        first.close();

        assertThat(second.get()).isEqualTo(80);
        assertThat(budget.freeBytes()).isEqualTo(20);
    }

    @Test
    void whoIsInterruptedWhileWaitingTakesNothingAndHoldsNobodyUp() throws Exception {
        MemoryBudget.Reservation first = budget.reserve(95);
        boolean[] interrupted = new boolean[1];
        Thread thread = new Thread(() -> {
            try {
                budget.reserve(50);
            } catch (InterruptedException e) {
                interrupted[0] = true;
            }
        });
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        thread.interrupt();
        thread.join();

        assertThat(interrupted[0]).isTrue();
        assertThat(budget.reserve(5).bytes()).isEqualTo(5);
        first.close();
        assertThat(budget.freeBytes()).isEqualTo(95);
    }

    @Test
    void refusesNumbersThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> budget.reserve(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> budget.reserveUpTo(2, 1));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new MemoryBudget(ByteSize.bytes(0)))
                .withMessageContaining("at least 1 byte");
    }
}
