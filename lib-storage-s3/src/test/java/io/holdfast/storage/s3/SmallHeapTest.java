// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.SmallHeapTrial;
import org.junit.jupiter.api.Test;

/**
 * Objects and listings of any size go through a small heap; {@code -Dholdfast.large=10000000000 -Dholdfast.keys=1000000} makes them larger than
 * the build's time allows.
 */
final class SmallHeapTest {
    private static final long LENGTH = Long.getLong("holdfast.large", 1_500_000_000);
    private static final int KEYS = Integer.getInteger("holdfast.keys", 100_000);

    @Test
    void aLargeObjectAndALongListingGoThrough256Megabytes() throws Exception {
        String output = SmallHeapTrial.start(SmallHeap.class, LENGTH, KEYS);

        assertThat(output).contains("put " + LENGTH + " got " + LENGTH + " listed " + KEYS);
    }
}
