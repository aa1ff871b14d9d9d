// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import io.holdfast.model.ByteSize;
import io.holdfast.runtime.TimeSource;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import io.holdfast.store.StoreCapabilities;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SmallHeapTrial;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * What a plain container does with large objects and long listings, and what is not believed of it; {@code -Dholdfast.served.large=1000000000
 * -Dholdfast.served.keys=20000} makes both larger than the build's time allows.
 */
@EnabledIfEnvironmentVariable(named = Azurite.ENDPOINT, matches = ".+", disabledReason = "no Azurite runs here")
final class AzuriteLimitsTest {
    private static final ObjectName NAME = new ObjectName("runs/aa/large");
    private static final long LENGTH = Long.getLong("holdfast.served.large", 100_000_000);
    private static final int KEYS = Integer.getInteger("holdfast.served.keys", 1_500);

    private final AzureServer server = Azurite.server();
    private final String container = server.container();

    private static ObjectBody body() {
        return ObjectBody.concat(IntStream.range(0, 9)
                .mapToObj(i -> ObjectBody.of(new SeededRandomness(i).bytes(16 << 20)))
                .toList());
    }

    @Test
    void anObjectInBlocksIsWholeAndCreatedOnce() throws IOException {
        ObjectBody body = body();
        try (ObjectStore store =
                server.store(container).blocksAbove(ByteSize.mebibytes(8)).open()) {
            assertThat(store.put(NAME, body, PutOptions.createOnly())).isEqualTo(PutResult.WRITTEN);
            assertThat(store.put(NAME, body, PutOptions.createOnly())).isEqualTo(PutResult.REFUSED);

            try (InputStream theirs = store.get(NAME, ByteRange.all());
                    InputStream ours = body.open()) {
                assertThat(theirs).hasSameContentAs(ours);
            }
            try (InputStream tail = store.get(NAME, ByteRange.last(1000));
                    InputStream ours = body.open()) {
                ours.skipNBytes(body.length() - 1000);
                assertThat(tail.readAllBytes()).isEqualTo(ours.readAllBytes());
            }
        }
    }

    @Test
    void aListingOfSeveralPagesHasEveryObjectOnce() {
        List<String> names = IntStream.range(0, 5_500)
                .mapToObj(i -> "data/" + i % 256 + "/" + i)
                .toList();
        List<String> listed = new ArrayList<>();
        try (ObjectStore store = AzureServer.retrying(server.store(container).open())) {
            names.parallelStream()
                    .forEach(name ->
                            store.put(new ObjectName(name), ObjectBody.of(new byte[1]), PutOptions.overwrite()));
            try (ObjectListing listing = store.list("data/")) {
                listing.forEachRemaining(object -> listed.add(object.name().value()));
            }
        }

        assertThat(listed).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void immutabilityIsNotBelievedThoughAPutWithAPolicyIsTaken() {
        BlobClient bare = server.client(container).getBlobClient("kept");
        bare.getBlockBlobClient()
                .uploadWithResponse(
                        new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(new byte[1]))
                                .setImmutabilityPolicy(AzurePuts.policy(
                                        TimeSource.system().now().plusSeconds(3600), true)),
                        null,
                        Context.NONE);
        bare.delete();

        assertThatThrownBy(() -> server.store(container)
                        .immutability(ImmutabilityMode.LOCKED)
                        .open())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNSUPPORTED));
        try (ObjectStore store = server.store(container).open()) {
            assertThat(store.capabilities()).isEqualTo(new StoreCapabilities(true, true, false, false, false, true));
        }
    }

    @Test
    void aLargeObjectAndManyKeysGoThroughASmallHeap() throws Exception {
        String output = SmallHeapTrial.start(SmallHeapOnAzurite.class, LENGTH, KEYS);

        assertThat(output).contains("got " + LENGTH + " listed " + (KEYS + 1));
    }
}
