// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.retry.Retrier;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.store.ByteRange;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.Deletion;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.Protection;
import io.holdfast.store.PutMode;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import io.holdfast.store.RetryingObjectStore;
import io.holdfast.store.StoreCapabilities;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class RetryingObjectStoreTest {
    private static final ObjectName NAME = new ObjectName("snapshots/x/1");
    private static final byte[] OURS = new SeededRandomness(1).bytes(3_000_000);
    private static final byte[] THEIRS = new SeededRandomness(2).bytes(3_000_000);

    private final SimTime time = SimTime.create();
    private final ObjectStore place =
            new InMemoryObjectStore(new StoreCapabilities(true, true, true, true, false, true), time);
    private final FaultyObjectStore faulty = new FaultyObjectStore(place, new SeededRandomness(3));
    private final ObjectStore store = retrying(faulty);

    private ObjectStore retrying(ObjectStore below) {
        RetryPolicy policy = RetryPolicy.builder().maxAttempts(4).build();
        return new RetryingObjectStore(below, new Retrier(policy, time, new SeededRandomness(4)));
    }

    @AfterEach
    void everyFaultHasFired() {
        faulty.assertAllFired();
    }

    private PutResult create(byte[] bytes) {
        return store.put(NAME, ObjectBody.of(bytes), PutOptions.createOnly());
    }

    private byte[] read(ByteRange range) throws IOException {
        try (InputStream in = store.get(NAME, range)) {
            return in.readAllBytes();
        }
    }

    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void putsAgainAfterAFailure() throws IOException {
        faulty.script(Fault.failBefore(StoreVerb.PUT, "")).script(Fault.of(StoreVerb.PUT, "", Fault.Kind.REFUSE_SHORT));

        assertThat(create(OURS)).isEqualTo(PutResult.WRITTEN);

        assertThat(read(ByteRange.all())).isEqualTo(OURS);
        assertThat(time.slept()).isPositive();
    }

    @Test
    void knowsItsOwnBytesAfterAnUnclearFailure() throws IOException {
        faulty.script(Fault.failAfter(StoreVerb.PUT, ""));

        assertThat(create(OURS)).isEqualTo(PutResult.WRITTEN);
        assertThat(read(ByteRange.all())).isEqualTo(OURS);
    }

    @Test
    void knowsItsOwnBytesWhenTheComparisonFailsToo() {
        faulty.script(Fault.failAfter(StoreVerb.PUT, ""))
                .script(Fault.failBefore(StoreVerb.STAT, ""))
                .script(Fault.of(StoreVerb.GET, "", Fault.Kind.BREAK_OFF));

        assertThat(create(OURS)).isEqualTo(PutResult.WRITTEN);
    }

    @Test
    void isRefusedWhenSomebodyElseWasFasterThanTheSecondAttempt() throws IOException {
        faulty.script(Fault.failBefore(StoreVerb.PUT, ""))
                .before(2, () -> place.put(NAME, ObjectBody.of(THEIRS), PutOptions.createOnly()));

        assertThat(create(OURS)).isEqualTo(PutResult.REFUSED);
        assertThat(read(ByteRange.all())).isEqualTo(THEIRS);
    }

    @Test
    void isRefusedAtOnceWithoutAnyFailureEvenByTheSameBytes() {
        place.put(NAME, ObjectBody.of(OURS), PutOptions.createOnly());

        assertThat(create(OURS)).isEqualTo(PutResult.REFUSED);
        assertThat(faulty.calls()).isEqualTo(1);
    }

    @Test
    void protectsWhatAnAttemptOfUnknownOutcomeHasWritten() {
        PutOptions options =
                new PutOptions(PutMode.createOnly(), Protection.until(time.now().plus(Duration.ofDays(1))));
        faulty.script(Fault.failBefore(StoreVerb.PUT, ""))
                .before(2, () -> place.put(NAME, ObjectBody.of(OURS), PutOptions.createOnly()));

        assertThat(store.put(NAME, ObjectBody.of(OURS), options)).isEqualTo(PutResult.WRITTEN);

        assertThat(place.delete(NAME)).isEqualTo(DeleteResult.RETAINED);
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhenItStaysSo() {
        faulty.script(Fault.failAfter(StoreVerb.PUT, ""));
        IntStream.range(0, 3).forEach(i -> faulty.script(Fault.failBefore(StoreVerb.PUT, "")));

        assertFails(ErrorCode.STORE_OUTCOME_UNKNOWN, () -> create(OURS));
        assertThat(faulty.calls()).isEqualTo(4);
    }

    @Test
    void givesUpAfterTheAttemptsOfThePolicy() {
        IntStream.range(0, 4).forEach(i -> faulty.script(Fault.failBefore(StoreVerb.STAT, "")));

        assertFails(ErrorCode.STORE_UNAVAILABLE, () -> store.stat(NAME));
        assertThat(faulty.calls()).isEqualTo(4);
    }

    @Test
    void doesNotRepeatWhatCannotHelp() {
        faulty.script(Fault.failBefore(StoreVerb.PUT, "").saying(ErrorCode.STORE_FULL));

        assertFails(ErrorCode.STORE_FULL, () -> create(OURS));
        assertFails(ErrorCode.STORE_OBJECT_MISSING, () -> store.get(NAME, ByteRange.all()));
        assertThat(faulty.calls()).isEqualTo(2);
        assertThat(time.slept()).isZero();
    }

    @Test
    void deletesThoseOfSeveralAgainThatFailedAndMaySucceed() {
        List<ObjectName> names =
                Stream.of("a", "b", "c", "d").map(ObjectName::new).toList();
        names.forEach(name -> place.put(name, ObjectBody.of(new byte[1]), PutOptions.createOnly()));
        faulty.script(Fault.failBefore(StoreVerb.DELETE, "b"))
                .script(Fault.failAfter(StoreVerb.DELETE, "c"))
                .script(Fault.failBefore(StoreVerb.DELETE, "d").saying(ErrorCode.STORE_PERMISSION));

        List<Deletion> done = store.deleteAll(names);

        assertThat(done).extracting(Deletion::name).isEqualTo(names);
        assertThat(done.subList(0, 3)).allMatch(each -> each.result().equals(Optional.of(DeleteResult.DELETED)));
        assertThat(done.get(3).error().orElseThrow().code()).isEqualTo(ErrorCode.STORE_PERMISSION);
        assertThat(place.list("").next().name()).isEqualTo(names.get(3));
        assertThat(faulty.calls()).isEqualTo(6);
    }

    @Test
    void stopsWaitingWhenItIsInterrupted() {
        faulty.script(Fault.failBefore(StoreVerb.STAT, ""));
        Thread.currentThread().interrupt();

        assertFails(ErrorCode.STORE_UNAVAILABLE, () -> store.stat(NAME));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void deletesAgainAndKnowsThatItWasItself() {
        place.put(NAME, ObjectBody.of(OURS), PutOptions.createOnly());
        faulty.script(Fault.failAfter(StoreVerb.DELETE, ""));

        assertThat(store.delete(NAME)).isEqualTo(DeleteResult.DELETED);
        assertThat(store.delete(NAME)).isEqualTo(DeleteResult.ABSENT);
    }

    @Test
    void asksForAListingAgain() {
        place.put(NAME, ObjectBody.of(OURS), PutOptions.createOnly());
        faulty.script(Fault.failBefore(StoreVerb.LIST, ""));

        try (ObjectListing listing = store.list("")) {
            assertThat(listing.next().name()).isEqualTo(NAME);
            assertThat(listing.hasNext()).isFalse();
        }
    }

    @Nested
    final class WhenAStreamBreaksOff {
        private void breakTimes(int times) {
            place.put(NAME, ObjectBody.of(OURS), PutOptions.createOnly());
            IntStream.range(0, times).forEach(i -> faulty.script(Fault.of(StoreVerb.GET, "", Fault.Kind.BREAK_OFF)));
        }

        @Test
        void goesOnWhereItBroke() throws IOException {
            breakTimes(3);

            assertThat(read(ByteRange.all())).isEqualTo(OURS);
        }

        @Test
        void asksForAllOfItAgainWhenNothingWasGivenOut() throws IOException {
            breakTimes(1);

            assertThat(read(ByteRange.all())).isEqualTo(OURS);
            // A stat for the length in between would mix the length of one object with the bytes of its successor.
            assertThat(faulty.calls()).isEqualTo(2);
        }

        @Test
        void goesOnWithinARange() throws IOException {
            breakTimes(2);

            assertThat(read(ByteRange.of(1_000, 2_000_000))).isEqualTo(Arrays.copyOfRange(OURS, 1_000, 2_001_000));
        }

        @Test
        void goesOnWithinARangeFromTheEnd() throws IOException {
            breakTimes(2);

            assertThat(read(ByteRange.last(1_500_000))).isEqualTo(Arrays.copyOfRange(OURS, 1_500_000, 3_000_000));
        }

        @Test
        void goesOnWhenItIsReadInSmallPieces() throws IOException {
            breakTimes(3);
            byte[] read = new byte[OURS.length];

            try (InputStream in = store.get(NAME, ByteRange.all())) {
                int done = 0;
                for (int n = in.read(read, 0, 7_001);
                        n > 0;
                        n = in.read(read, done, Math.min(7_001, read.length - done))) {
                    done += n;
                }
                assertThat(in.read()).isEqualTo(-1);
            }

            assertThat(read).isEqualTo(OURS);
        }

        @Test
        void givesUpWithoutProgress() throws IOException {
            place.put(NAME, ObjectBody.of(new byte[1]), PutOptions.createOnly());
            IntStream.range(0, 4).forEach(i -> faulty.script(Fault.of(StoreVerb.GET, "", Fault.Kind.BREAK_OFF)));

            assertFails(ErrorCode.STORE_UNAVAILABLE, () -> read(ByteRange.all()));
        }
    }

    /** With a network that fails every tenth call in each way, nothing shows above the retries. */
    @Nested
    final class OnABadNetwork extends ObjectStoreContract {
        @Override
        protected ObjectStore createStore() {
            return openAgain();
        }

        @Override
        protected ObjectStore openAgain() {
            FaultyObjectStore bad =
                    new FaultyObjectStore(place, new SeededRandomness(11)).atRates(FaultRates.network(0.05));
            RetryPolicy patient = RetryPolicy.builder()
                    .maxAttempts(40)
                    .baseDelay(Duration.ofNanos(1))
                    .maxDelay(Duration.ofNanos(2))
                    .build();
            return new RetryingObjectStore(bad, new Retrier(patient, time, new SeededRandomness(12)));
        }

        @Override
        protected SimTime time() {
            return time;
        }
    }
}
