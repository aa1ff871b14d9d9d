// SPDX-License-Identifier: Apache-2.0
package io.holdfast.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

final class ByteSizePropertyTest {
    @Property
    void readsBackWhatItPrints(@ForAll @LongRange(min = 0) long bytes) {
        ByteSize size = ByteSize.bytes(bytes);

        assertThat(ByteSize.parse(size.toString())).isEqualTo(size);
    }
}
