// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KeyHashTest {
    private static long hash(long seed, String text) {
        byte[] padded = Runs.bytes("??" + text + "??");
        return KeyHash.hash(seed, padded, 2, padded.length - 4);
    }

    @Test
    void agreesWithThePublishedValuesOfXxh64() {
        assertThat(hash(0, "")).isEqualTo(0xEF46DB3751D8E999L);
        assertThat(hash(0, "a")).isEqualTo(0xD24EC4F1A98C6E5BL);
        assertThat(hash(0, "abc")).isEqualTo(0x44BC2CF5AD770999L);
        assertThat(hash(0, "Nobody inspects the spammish repetition")).isEqualTo(0xFBCEA83C8A378BF1L);
    }

    @Test
    void dependsOnTheSeed() {
        assertThat(hash(1, "abc")).isNotEqualTo(hash(0, "abc"));
    }
}
