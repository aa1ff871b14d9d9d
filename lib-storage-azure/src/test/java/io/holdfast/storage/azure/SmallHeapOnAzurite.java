// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.SmallHeapTrial;
import java.io.IOException;

/** The program that {@link AzuriteLimitsTest} starts. */
final class SmallHeapOnAzurite {
    private SmallHeapOnAzurite() {}

    /** Takes the length of the object in bytes and the number of other keys; prints what came. */
    public static void main(String[] args) throws IOException {
        AzureServer server = Azurite.server();
        try (ObjectStore store =
                AzureServer.retrying(server.store(server.container()).open())) {
            SmallHeapTrial.fill(store, Integer.parseInt(args[1]));
            System.out.println(SmallHeapTrial.run(store, Long.parseLong(args[0])));
        }
    }
}
