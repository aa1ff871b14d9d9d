// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.error.StoreException;
import org.junit.jupiter.api.Test;

final class ByteRangeTest {
    private static final ObjectName NAME = new ObjectName("data/one");

    @Test
    void liesWithinAnObject() {
        assertThat(ByteRange.all().within(NAME, 10)).isEqualTo(new ByteRange.Extent(0, 10));
        assertThat(ByteRange.of(9, Long.MAX_VALUE).within(NAME, 10)).isEqualTo(new ByteRange.Extent(9, 1));
        assertThat(ByteRange.last(3).within(NAME, 10)).isEqualTo(new ByteRange.Extent(7, 3));
        assertThat(ByteRange.last(11).within(NAME, 10)).isEqualTo(new ByteRange.Extent(0, 10));
        assertThat(ByteRange.of(0, 1).within(NAME, 0)).isEqualTo(new ByteRange.Extent(0, 0));
    }

    @Test
    void namesTheObjectThatIsTooShort() {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> ByteRange.of(10, 1).within(NAME, 10))
                .withMessageContaining("'data/one' has 10 bytes");
    }

    @Test
    void refusesNumbersThatMakeNoRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> ByteRange.of(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ByteRange.of(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteRange(1, 1, true));
    }
}
