// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.SmallHeapTrial;
import java.io.IOException;

/** The program that {@link LargeObjectsTest} starts. */
final class SmallHeapOnCeph {
    private SmallHeapOnCeph() {}

    /** Takes the length of the object in bytes and the number of other keys; prints what came. */
    public static void main(String[] args) throws IOException {
        S3Server server = Ceph.server();
        try (ObjectStore store = S3Server.retrying(server.store(server.bucket()).open())) {
            SmallHeapTrial.fill(store, Integer.parseInt(args[1]));
            System.out.println(SmallHeapTrial.run(store, Long.parseLong(args[0])));
        }
    }
}
