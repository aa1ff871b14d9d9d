// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.SmallHeapTrial;
import java.io.IOException;

/** The program that {@link SmallHeapTest} starts. */
final class SmallHeap {
    private SmallHeap() {}

    /** Takes the length of the object in bytes and the number of keys; prints what came. */
    public static void main(String[] args) throws IOException {
        long length = Long.parseLong(args[0]);
        try (EndlessS3 service = new EndlessS3(length, Integer.parseInt(args[1]));
                ObjectStore store = S3Server.retrying(service.store().open())) {
            String came = SmallHeapTrial.run(store, length);
            System.out.println("put " + service.received() + " " + came);
        }
    }
}
