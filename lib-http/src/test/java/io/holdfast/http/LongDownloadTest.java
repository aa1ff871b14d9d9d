// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class LongDownloadTest {
    private static final long LENGTH = 2_000_000_000;

    @Test
    void goesOnByRangesThroughFortyBreaksAndTwoStallsIn48Megabytes() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LongDownload.class.getName(),
                        String.valueOf(LENGTH))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        // A reset takes bytes with it that had arrived already, so that it may take more connections than there are
        // breaks.
        assertThat(output).containsPattern("connections 4\\d bytes " + LENGTH + " right true");
    }
}
