// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProtectionTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Protection SHORT = Protection.until(NOW.plusSeconds(1));
    private static final Protection LONG = Protection.until(NOW.plusSeconds(9));
    private static final Protection HELD = new Protection(Optional.empty(), true);

    @Test
    void isExtendedByTheLaterDateAndKeepsAHold() {
        assertThat(SHORT.extendedBy(LONG)).isEqualTo(LONG);
        assertThat(LONG.extendedBy(SHORT)).isEqualTo(LONG);
        assertThat(Protection.none().extendedBy(SHORT)).isEqualTo(SHORT);
        assertThat(SHORT.extendedBy(Protection.none())).isEqualTo(SHORT);
        assertThat(HELD.extendedBy(SHORT)).isEqualTo(new Protection(SHORT.retainUntil(), true));
        assertThat(SHORT.extendedBy(HELD)).isEqualTo(new Protection(SHORT.retainUntil(), true));
    }

    @Test
    void endsAtItsDate() {
        assertThat(SHORT.isActiveAt(NOW)).isTrue();
        assertThat(SHORT.isActiveAt(NOW.plusSeconds(1))).isFalse();
        assertThat(HELD.isActiveAt(NOW.plusSeconds(1_000_000))).isTrue();
        assertThat(Protection.none().isActiveAt(NOW)).isFalse();
    }
}
