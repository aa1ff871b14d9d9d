// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import io.holdfast.testkit.SourceConnectorContract;
import io.holdfast.testkit.SourceFixture;
import java.io.IOException;
import java.nio.file.Files;

final class DirectoryConnectorContractTest extends SourceConnectorContract {
    @Override
    protected SourceFixture createFixture() throws IOException {
        return new DirectoryFixture(Files.createTempDirectory("holdfast"));
    }

    @Override
    protected int manyItems() {
        return 1100;
    }
}
