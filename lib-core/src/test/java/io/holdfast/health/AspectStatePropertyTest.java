// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.runtime.SteppedTime;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

final class AspectStatePropertyTest {
    private static final Thresholds THRESHOLDS = new Thresholds(0.2, 0.6, 0.5, Duration.ofSeconds(10));

    @Property
    void isNeverBetterThanItsValueAndGetsBetterOnlyAfterTenCalmSeconds(
            @ForAll @Size(min = 1, max = 200) List<@DoubleRange(min = 0, max = 1) Double> values) {
        SteppedTime time = new SteppedTime();
        AspectState state = new AspectState(THRESHOLDS, time.now());
        int calmSeconds = 0;
        for (double value : values) {
            HealthLevel before = state.level();
            calmSeconds = THRESHOLDS.calmLevelOf(value).compareTo(before) < 0 ? calmSeconds + 1 : 0;

            boolean changed = state.update(value, time.nanos(), time.now());

            assertThat(state.level()).isGreaterThanOrEqualTo(THRESHOLDS.levelOf(value));
            assertThat(changed).isEqualTo(state.level() != before);
            if (state.level().compareTo(before) < 0) {
                assertThat(calmSeconds).isGreaterThan(10);
            }
            calmSeconds = changed ? 0 : calmSeconds;
            time.pass(Duration.ofSeconds(1));
        }
    }

    @Property
    void tenCalmSecondsAreEnough(@ForAll @DoubleRange(min = 0, max = 0.09) double calm) {
        SteppedTime time = new SteppedTime();
        AspectState state = new AspectState(THRESHOLDS, time.now());
        assertThat(state.update(1, time.nanos(), time.now())).isTrue();
        for (int second = 0; second <= 10; second++) {
            assertThat(state.level()).isEqualTo(HealthLevel.CRITICAL);
            boolean changed = state.update(calm, time.nanos(), time.now());
            assertThat(changed).isEqualTo(second == 10);
            time.pass(Duration.ofSeconds(1));
        }
        assertThat(state.level()).isEqualTo(HealthLevel.HEALTHY);
    }
}
