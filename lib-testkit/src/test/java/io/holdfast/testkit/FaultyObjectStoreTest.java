// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.store.ByteRange;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class FaultyObjectStoreTest {
    private static final ObjectName NAME = new ObjectName("data/one");
    private static final byte[] BYTES = new SeededRandomness(1).bytes(1000);

    private final ObjectStore place = new InMemoryObjectStore();
    private final FaultyObjectStore store = new FaultyObjectStore(place, new SeededRandomness(7));

    private void put() {
        store.put(NAME, ObjectBody.of(BYTES), PutOptions.createOnly());
    }

    private byte[] read() {
        try (InputStream in = store.get(NAME, ByteRange.all())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void failsBeforeAnythingHasHappened() {
        store.script(Fault.failBefore(StoreVerb.PUT, "data/").saying(ErrorCode.STORE_FULL));

        assertFails(ErrorCode.STORE_FULL, this::put);

        assertThat(place.stat(NAME)).isEmpty();
        store.assertAllFired();
        put();
        assertThat(read()).isEqualTo(BYTES);
    }

    @Test
    void timesOutAfterSuccess() {
        store.script(Fault.failAfter(StoreVerb.PUT, ""));

        assertFails(ErrorCode.STORE_OUTCOME_UNKNOWN, this::put);

        assertThat(read()).isEqualTo(BYTES);
    }

    @Test
    void refusesAShortWriteWithoutATrace() {
        store.script(Fault.of(StoreVerb.PUT, "", Fault.Kind.REFUSE_SHORT));

        assertFails(ErrorCode.STORE_UNAVAILABLE, this::put);

        assertThat(place.stat(NAME)).isEmpty();
    }

    @Test
    void keepsHalfAndSaysNothing() {
        store.script(Fault.of(StoreVerb.PUT, "", Fault.Kind.KEEP_SHORT));

        put();

        assertThat(place.stat(NAME).orElseThrow().length()).isEqualTo(BYTES.length / 2);
    }

    @Test
    void turnsOneBitOverOnce() {
        put();
        store.script(Fault.of(StoreVerb.GET, "data/one", Fault.Kind.FLIP_BIT));

        byte[] damaged = read();

        assertThat(IntStream.range(0, BYTES.length)
                        .map(i -> Integer.bitCount((damaged[i] ^ BYTES[i]) & 0xff))
                        .sum())
                .isEqualTo(1);
        assertThat(read()).isEqualTo(BYTES);
    }

    @Test
    void breaksAStreamOffInItsMiddle() throws IOException {
        put();
        store.script(Fault.of(StoreVerb.GET, "", Fault.Kind.BREAK_OFF));

        try (InputStream in = store.get(NAME, ByteRange.all())) {
            assertFails(ErrorCode.STORE_UNAVAILABLE, in::readAllBytes);
        }
        assertThat(read()).isEqualTo(BYTES);
    }

    @Test
    void losesAListedObjectOnce() {
        put();
        store.script(Fault.of(StoreVerb.LIST, "data/", Fault.Kind.LOSE_ENTRY));

        assertThat(count()).isZero();
        assertThat(count()).isEqualTo(1);
    }

    private int count() {
        int found = 0;
        try (ObjectListing listing = store.list("data/")) {
            for (; listing.hasNext(); listing.next()) {
                found++;
            }
        }
        return found;
    }

    @Test
    void waitsForItsCall() {
        store.script(Fault.failBefore(StoreVerb.STAT, "data/one").after(2));

        store.stat(NAME);
        store.stat(new ObjectName("other"));
        store.stat(NAME);

        assertFails(ErrorCode.STORE_UNAVAILABLE, () -> store.stat(NAME));
        store.stat(NAME);
    }

    @Test
    void namesWhatNeverFired() {
        store.script(Fault.failBefore(StoreVerb.DELETE, "leases/")).crashAt(9).before(8, () -> {});
        put();

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(store::assertAllFired)
                .withMessageContaining("leases/")
                .withMessageContaining("crash at call 9")
                .withMessageContaining("before call 8");
    }

    @Test
    void refusesAFaultThatCannotHappen() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.of(StoreVerb.GET, "", Fault.Kind.KEEP_SHORT))
                .withMessageContaining("KEEP_SHORT cannot happen to a GET");
    }

    @Nested
    final class WhenItCrashes {
        @Test
        void isDeadFromThatCallOn() throws IOException {
            put();
            InputStream open = store.get(NAME, ByteRange.all());
            ObjectListing listing = store.list("");
            store.crashAt(4);

            assertThatExceptionOfType(SimulatedCrash.class)
                    .isThrownBy(() -> store.delete(NAME))
                    .withMessageContaining("call 4");

            assertThatExceptionOfType(SimulatedCrash.class).isThrownBy(() -> store.stat(NAME));
            assertThatExceptionOfType(SimulatedCrash.class).isThrownBy(open::readAllBytes);
            assertThatExceptionOfType(SimulatedCrash.class).isThrownBy(listing::hasNext);
            assertThatExceptionOfType(SimulatedCrash.class).isThrownBy(store::capabilities);
            assertThat(place.stat(NAME)).isPresent();
            store.assertAllFired();
        }

        @Test
        void countsEveryCall() {
            put();
            read();
            store.stat(NAME);
            count();
            store.delete(NAME);

            assertThat(store.calls()).isEqualTo(5);
        }
    }

    @Test
    void runsAnActionBeforeACall() {
        List<String> events = new ArrayList<>();
        store.before(1, () -> events.add("stands: " + place.stat(NAME).isPresent()));

        put();
        put();

        assertThat(events).containsExactly("stands: false");
        store.assertAllFired();
    }

    @Nested
    final class ByChance {
        @Test
        void failsTheSameCallsForTheSameSeed() {
            assertThat(outcomes(3))
                    .isEqualTo(outcomes(3))
                    .isNotEqualTo(outcomes(4))
                    .contains("ok", "STORE-001", "STORE-008");
        }

        private List<String> outcomes(long seed) {
            FaultyObjectStore each = new FaultyObjectStore(new InMemoryObjectStore(), new SeededRandomness(seed))
                    .atRates(FaultRates.network(0.2));
            return IntStream.range(0, 200)
                    .mapToObj(i -> {
                        try {
                            each.put(new ObjectName("n/" + i), ObjectBody.of(BYTES), PutOptions.createOnly());
                            return "ok";
                        } catch (HoldfastException e) {
                            return e.code().id();
                        }
                    })
                    .toList();
        }

        @Test
        void stopsWhenTold() {
            store.atRates(FaultRates.network(1));
            assertFails(ErrorCode.STORE_UNAVAILABLE, FaultyObjectStoreTest.this::put);

            store.atRates(FaultRates.NONE);
            put();
        }
    }

    /** Without faults it is a store like any other. */
    @Nested
    final class WithoutFaults extends ObjectStoreContract {
        private final SimTime time = SimTime.create();
        private final ObjectStore memory = new InMemoryObjectStore(place.capabilities(), time);

        @Override
        protected ObjectStore createStore() {
            return openAgain();
        }

        @Override
        protected ObjectStore openAgain() {
            return new FaultyObjectStore(memory, new SeededRandomness(1));
        }

        @Override
        protected SimTime time() {
            return time;
        }
    }
}
