// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.model.ByteSize;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SmallHeapTrial;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Objects in parts, and listings of several pages; {@code -Dholdfast.served.large=1000000000
 * -Dholdfast.served.keys=20000} makes both larger than the build's time allows.
 */
@EnabledIfEnvironmentVariable(named = Ceph.ENDPOINT, matches = ".+", disabledReason = "no Ceph runs here")
final class LargeObjectsTest {
    private static final ObjectName NAME = new ObjectName("runs/aa/large");
    private static final long LENGTH = Long.getLong("holdfast.served.large", 100_000_000);
    private static final int KEYS = Integer.getInteger("holdfast.served.keys", 1_500);

    private final S3Server server = Ceph.server();
    private final String bucket = server.bucket();
    private ObjectStore store;

    @BeforeEach
    void open() {
        store = server.store(bucket).multipartAbove(ByteSize.mebibytes(8)).open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static ObjectBody body() {
        return ObjectBody.concat(IntStream.range(0, 9)
                .mapToObj(i -> ObjectBody.of(new SeededRandomness(i).bytes(16 << 20)))
                .toList());
    }

    @Test
    void anObjectInPartsIsWholeAndLeavesNoPartsBehind() throws IOException {
        ObjectBody body = body();
        assertThat(store.put(NAME, body, PutOptions.overwrite())).isEqualTo(PutResult.WRITTEN);

        assertThat(store.stat(NAME).orElseThrow().length()).isEqualTo(body.length());
        try (InputStream theirs = store.get(NAME, ByteRange.all());
                InputStream ours = body.open()) {
            assertThat(theirs).hasSameContentAs(ours);
        }
        try (InputStream tail = store.get(NAME, ByteRange.last(1000));
                InputStream ours = body.open()) {
            ours.skipNBytes(body.length() - 1000);
            assertThat(tail.readAllBytes()).isEqualTo(ours.readAllBytes());
        }
        assertHasNoUploads();
    }

    /** The tag of an object in parts says how many there are. */
    private boolean stoodInParts() {
        return store.stat(NAME).orElseThrow().version().orElseThrow().contains("-");
    }

    @Test
    void aPutOnAConditionIsOneRequestSinceTheServiceLooksAtNoneWhenItPutsPartsTogether() {
        assertThat(store.put(NAME, body(), PutOptions.createOnly())).isEqualTo(PutResult.WRITTEN);
        assertThat(stoodInParts()).isFalse();
        assertThat(store.put(NAME, body(), PutOptions.createOnly())).isEqualTo(PutResult.REFUSED);

        store.put(NAME, body(), PutOptions.overwrite());
        assertThat(stoodInParts()).isTrue();
    }

    @Test
    void aBodyThatEndsEarlyLeavesNothing() {
        ObjectBody whole = body();
        ObjectBody lying = new ObjectBody() {
            @Override
            public long length() {
                return whole.length() + 1;
            }

            @Override
            public InputStream open() {
                return whole.open();
            }
        };

        assertThatThrownBy(() -> store.put(NAME, lying, PutOptions.overwrite()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.stat(NAME)).isEmpty();
        assertHasNoUploads();
    }

    private void assertHasNoUploads() {
        try (S3Client client = server.client()) {
            assertThat(client.listMultipartUploads(request -> request.bucket(bucket))
                            .uploads())
                    .isEmpty();
        }
    }

    @Test
    void aListingOfSeveralPagesHasEveryObjectOnce() {
        List<String> names = IntStream.range(0, 2_500)
                .mapToObj(i -> "data/" + i % 256 + "/" + i)
                .sorted()
                .toList();
        names.parallelStream()
                .forEach(name -> store.put(new ObjectName(name), ObjectBody.of(new byte[1]), PutOptions.overwrite()));

        assertThat(StoredNames.of(store, "data/")).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void aLargeObjectAndManyKeysGoThroughASmallHeap() throws Exception {
        String output = SmallHeapTrial.start(SmallHeapOnCeph.class, LENGTH, KEYS);

        assertThat(output).contains("got " + LENGTH + " listed " + (KEYS + 1));
    }
}
