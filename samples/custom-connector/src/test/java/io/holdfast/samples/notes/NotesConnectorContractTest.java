// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.notes;

import io.holdfast.testkit.SourceConnectorContract;
import io.holdfast.testkit.SourceFixture;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The promises of the SPI, all of them: this is what a connector of one's own is tested with. */
final class NotesConnectorContractTest extends SourceConnectorContract {
    @TempDir
    Path folder;

    @Override
    protected SourceFixture createFixture() throws IOException {
        return new NotesFixture(folder.resolve("notes.jsonl"));
    }

    /** More than there are lines on a page. */
    @Override
    protected int manyItems() {
        return 250;
    }
}
