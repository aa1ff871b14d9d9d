// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import com.azure.storage.blob.BlobContainerClient;
import io.holdfast.retry.Retrier;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.http.WirePeer;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.RetryingObjectStore;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/** A server that speaks Azure Blob Storage, and fresh containers on it. */
record AzureServer(URI endpoint, AzureCredentials credentials) {
    /** A peer in this process, which checks no signature. */
    static AzureServer at(WirePeer peer) {
        return at(peer.uri("/account"));
    }

    static AzureServer at(URI endpoint) {
        return new AzureServer(endpoint, new AzureCredentials.AccountKey("account", "c2VjcmV0"));
    }

    /** Fresh and empty. */
    String container() {
        String name = "holdfast-" + UUID.randomUUID();
        client(name).create();
        return name;
    }

    AzureObjectStoreBuilder store(String container) {
        return AzureObjectStore.builder(container).endpoint(endpoint).credentials(() -> credentials);
    }

    /** A store as the engine uses it: what passes is tried again. */
    static ObjectStore retrying(ObjectStore store) {
        RetryPolicy policy = RetryPolicy.builder().maxAttempts(5).build();
        return new RetryingObjectStore(store, new Retrier(policy, TimeSource.system(), Randomness.secure()));
    }

    /** The bare client, to do to a container what a store never does. */
    BlobContainerClient client(String container) {
        return AzureClients.create(
                new AzureObjectStoreBuilder.Connection(endpoint, () -> credentials, Optional.empty()), container);
    }
}
