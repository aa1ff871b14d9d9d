// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        String.valueOf(LENGTH),
                        String.valueOf(KEYS))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("put " + LENGTH + " got " + LENGTH + " listed " + KEYS);
    }
}
