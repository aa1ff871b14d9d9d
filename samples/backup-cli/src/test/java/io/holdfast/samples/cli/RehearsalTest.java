// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    @Test
    void everyCommandOfTheRehearsalSucceeds(@TempDir Path folder) throws IOException {
        assertThat(new Rehearsal(folder).run()).isZero();

        assertThat(folder.resolve("restored/rehearsal/folder/message.eml"))
                .hasSameBinaryContentAs(folder.resolve("source/folder/message.eml"));
        assertThat(folder.resolve("restored/rehearsal/folder/large.bin"))
                .hasSameBinaryContentAs(folder.resolve("source/folder/large.bin"));
    }
}
