// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.store.ByteRange;
import io.holdfast.store.CountingObjectStore;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PrefixedObjectStore;
import io.holdfast.store.Protection;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import io.holdfast.store.StoreCapabilities;
import io.holdfast.store.StoreCounts;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class StoreDecoratorsTest {
    private static final ObjectName NAME = new ObjectName("a/1");

    private final SimTime time = SimTime.create();
    private final ObjectStore place =
            new InMemoryObjectStore(new StoreCapabilities(true, true, true, true, false, true), time);

    /** The kit on a decorated store in memory. */
    abstract class Kit extends ObjectStoreContract {
        @Override
        protected ObjectStore createStore() {
            return openAgain();
        }

        @Override
        protected abstract ObjectStore openAgain();

        @Override
        protected SimTime time() {
            return time;
        }
    }

    @Nested
    final class Counting extends Kit {
        @Override
        protected ObjectStore openAgain() {
            return new CountingObjectStore(place);
        }
    }

    @Nested
    final class Prefixed extends Kit {
        @Override
        protected ObjectStore openAgain() {
            // One letter: the kit uses names of the full length, which leave no room for a longer one.
            return new ShortenedNames(new PrefixedObjectStore(place, new ObjectName("p")));
        }
    }

    /** Takes two letters out of the longest names of the kit, which a prefix has no room for. */
    private static final class ShortenedNames extends ForwardingObjectStore {
        private static final String LONG = "n".repeat(200);

        ShortenedNames(ObjectStore inner) {
            super(inner);
        }

        private static ObjectName shorter(ObjectName name) {
            return new ObjectName(name.value().replace(LONG, "n".repeat(198)));
        }

        @Override
        public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
            return inner.put(shorter(name), body, options);
        }

        @Override
        public InputStream get(ObjectName name, ByteRange range) {
            return inner.get(shorter(name), range);
        }

        @Override
        public ObjectListing list(String prefix) {
            ObjectListing listing = inner.list(prefix);
            return new ObjectListing() {
                @Override
                public boolean hasNext() {
                    return listing.hasNext();
                }

                @Override
                public ObjectStat next() {
                    ObjectStat stat = listing.next();
                    ObjectName name = new ObjectName(stat.name().value().replace("n".repeat(198), LONG));
                    return new ObjectStat(name, stat.length(), stat.modified(), stat.version(), stat.protection());
                }

                @Override
                public void close() {
                    listing.close();
                }
            };
        }
    }

    @Test
    void countsCallsAndBytes() throws IOException {
        CountingObjectStore store = new CountingObjectStore(place);
        StoreCounts before = store.counts();
        store.put(NAME, ObjectBody.of(new byte[100]), PutOptions.createOnly());
        store.put(NAME, ObjectBody.of(new byte[100]), PutOptions.createOnly());
        try (InputStream in = store.get(NAME, ByteRange.of(10, 50))) {
            assertThat(in.read()).isZero();
            assertThat(in.read(new byte[9])).isEqualTo(9);
            assertThat(in.readNBytes(20)).hasSize(20);
            assertThat(in.readAllBytes()).hasSize(20);
        }
        store.stat(NAME);
        store.list("").close();
        store.protect(NAME, Protection.until(time.now()));
        store.delete(NAME);

        StoreCounts counts = store.counts().minus(before);

        assertThat(counts).isEqualTo(new StoreCounts(2, 1, 1, 1, 1, 1, 100, 50));
        assertThat(counts.reads()).isEqualTo(3);
        assertThat(counts.writes()).isEqualTo(4);
    }

    @Test
    void keepsTwoFoldersOfOneStoreApart() {
        ObjectStore left = new PrefixedObjectStore(place, new ObjectName("tenants/left"));
        ObjectStore right = new PrefixedObjectStore(place, new ObjectName("tenants/left-and-right"));

        left.put(NAME, ObjectBody.of(new byte[1]), PutOptions.createOnly());

        assertThat(right.stat(NAME)).isEmpty();
        assertThat(right.list("").hasNext()).isFalse();
        assertThat(left.list("").next().name()).isEqualTo(NAME);
        assertThat(place.stat(new ObjectName("tenants/left/a/1"))).isPresent();
        assertThat(left.describe()).isEqualTo("memory/tenants/left");
    }

    @Test
    void refusesANameThatBecomesTooLong() {
        ObjectStore store = new PrefixedObjectStore(place, new ObjectName("folder"));

        assertThatIllegalArgumentException().isThrownBy(() -> store.stat(new ObjectName("x".repeat(255))));
    }
}
