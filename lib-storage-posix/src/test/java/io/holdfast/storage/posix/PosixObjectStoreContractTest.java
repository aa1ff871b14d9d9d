// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

import io.holdfast.runtime.TimeSource;
import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.ObjectStoreContract;
import io.holdfast.testkit.SimTime;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class PosixObjectStoreContractTest extends ObjectStoreContract {
    private final SimTime time = SimTime.create();

    @TempDir
    Path folder;

    @Override
    protected ObjectStore createStore() {
        return PosixObjectStore.builder(folder.resolve("store"))
                .createFolder()
                .time(time)
                .open();
    }

    @Override
    protected ObjectStore openAgain() {
        return PosixObjectStore.builder(folder.resolve("store")).time(time).open();
    }

    @Override
    protected TimeSource time() {
        return time;
    }
}
