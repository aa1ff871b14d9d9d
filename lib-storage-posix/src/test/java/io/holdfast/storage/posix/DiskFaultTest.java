// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.StoreException;
import io.holdfast.retry.Retrier;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.storage.posix.simdisk.DiskCall;
import io.holdfast.storage.posix.simdisk.SimDisk;
import io.holdfast.store.ByteRange;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import io.holdfast.store.RetryingObjectStore;
import io.holdfast.testkit.ObjectStoreContract;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SimTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A disk that is full, read-only, forbidden or broken is told by name, and leaves nothing half-written. */
final class DiskFaultTest {
    private static final ObjectName OLD = new ObjectName("data/ab/old");
    private static final ObjectName NEW = new ObjectName("data/cd/new");
    private static final byte[] BYTES = new SeededRandomness(1).bytes(10_000);

    private final SimTime time = SimTime.create();
    private final SimDisk disk = new SimDisk(time);
    private final Path root = disk.top().resolve("store");
    private final ObjectStore store = open();

    private ObjectStore open() {
        return PosixObjectStore.builder(root).createFolder().time(time).open();
    }

    private PutResult create(ObjectStore into, ObjectName name) {
        return into.put(name, ObjectBody.of(BYTES), PutOptions.createOnly());
    }

    private PutResult overwrite(ObjectName name) {
        return store.put(name, ObjectBody.of(BYTES), PutOptions.overwrite());
    }

    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining("/store")
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private List<String> files() {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The put fails by that name, leaves nothing, and succeeds when the disk is well again. */
    private void assertFailsCleanly(ErrorCode code, DiskCall call, String reason) {
        create(store, OLD);
        disk.fail(call, reason);

        assertFails(code, () -> create(store, NEW));
        assertThat(files()).containsExactly(OLD.value());

        disk.heal();
        assertThat(create(store, NEW)).isEqualTo(PutResult.WRITTEN);
        assertThat(files()).containsExactlyInAnyOrder(OLD.value(), NEW.value());
    }

    @Nested
    final class WhenItIsFull {
        private static final String REASON = "No space left on device";

        @Test
        void whileTheFileIsMade() {
            assertFailsCleanly(ErrorCode.STORE_FULL, DiskCall.CREATE, REASON);
        }

        @Test
        void whileBytesAreWritten() {
            assertFailsCleanly(ErrorCode.STORE_FULL, DiskCall.WRITE, REASON);
        }

        @Test
        void whileTheFileIsSynced() {
            assertFailsCleanly(ErrorCode.STORE_FULL, DiskCall.SYNC, "Disk quota exceeded");
        }

        @Test
        void whileTheFolderIsMade() {
            assertFailsCleanly(ErrorCode.STORE_FULL, DiskCall.MAKE_FOLDER, REASON);
        }

        @Test
        void whileTheNameIsMade() {
            assertFailsCleanly(ErrorCode.STORE_FULL, DiskCall.LINK, REASON);
        }

        @Test
        void keepsTheOldObjectThatWasToBeOverwritten() throws IOException {
            store.put(OLD, ObjectBody.of(new byte[] {7}), PutOptions.createOnly());
            disk.fail(DiskCall.WRITE, REASON);

            assertFails(ErrorCode.STORE_FULL, () -> overwrite(OLD));

            try (InputStream in = store.get(OLD, ByteRange.all())) {
                assertThat(in.readAllBytes()).containsExactly(7);
            }
            assertThat(files()).containsExactly(OLD.value());
        }

        @Test
        void triesOutNothingThatStays() {
            disk.fail(DiskCall.WRITE, REASON);

            assertThat(store.capabilities().conditionalCreate()).isTrue();
            assertThat(files()).isEmpty();
        }
    }

    @Nested
    final class WhenItIsReadOnly {
        @Test
        void refusesWritesByNameAndReadsOn() throws IOException {
            create(store, OLD);
            disk.makeReadOnly();

            assertFails(ErrorCode.STORE_READ_ONLY, () -> create(store, NEW));
            assertFails(ErrorCode.STORE_READ_ONLY, () -> overwrite(OLD));
            assertFails(ErrorCode.STORE_READ_ONLY, () -> store.delete(OLD));
            ObjectStore reader = PosixObjectStore.at(root);
            assertThat(reader.capabilities().conditionalCreate()).isTrue();
            try (InputStream in = reader.get(OLD, ByteRange.all())) {
                assertThat(in.readAllBytes()).isEqualTo(BYTES);
            }

            disk.heal();
            assertThat(create(store, NEW)).isEqualTo(PutResult.WRITTEN);
        }

        @Test
        void isToldByTheFileSystemWhenTheTextIsInAnotherLanguage() {
            create(store, OLD);
            disk.makeReadOnly();
            disk.fail(DiskCall.SYNC, "Nur-Lese-Dateisystem");
            disk.fail(DiskCall.READ, "Das Dateisystem ist nur lesbar");

            assertFails(ErrorCode.STORE_READ_ONLY, () -> {
                try (InputStream in = store.get(OLD, ByteRange.all())) {
                    in.readAllBytes();
                }
            });
        }
    }

    @Nested
    final class WhenItIsBroken {
        private static final String REASON = "Input/output error";

        @Test
        void whileBytesAreWritten() {
            assertFailsCleanly(ErrorCode.STORE_UNAVAILABLE, DiskCall.WRITE, REASON);
        }

        @Test
        void whileTheFileIsSynced() {
            assertFailsCleanly(ErrorCode.STORE_UNAVAILABLE, DiskCall.SYNC, REASON);
        }

        @Test
        void whileTheFileIsRenamed() {
            create(store, OLD);
            disk.fail(DiskCall.MOVE, REASON);

            assertFails(ErrorCode.STORE_UNAVAILABLE, () -> overwrite(NEW));
            assertThat(files()).containsExactly(OLD.value());
        }

        @Test
        void doesNotTakeAHalfListingForAWholeOne() {
            create(store, OLD);
            create(store, NEW);
            try (ObjectListing listing = store.list("")) {
                listing.next();
                disk.fail(DiskCall.LIST, REASON);

                assertFails(ErrorCode.STORE_UNAVAILABLE, listing::hasNext);
                disk.heal();
                assertFails(ErrorCode.STORE_UNAVAILABLE, listing::hasNext);
            }
        }

        @Test
        void saysThatTheOutcomeIsUnknownWhenOnlyTheFolderCannotBeSynced() {
            create(store, OLD);
            disk.fail(DiskCall.SYNC_FOLDER, REASON);

            assertFails(ErrorCode.STORE_OUTCOME_UNKNOWN, () -> create(store, new ObjectName("data/ab/new")));
            assertFails(ErrorCode.STORE_OUTCOME_UNKNOWN, () -> create(store, OLD));
            assertFails(ErrorCode.STORE_OUTCOME_UNKNOWN, () -> store.delete(OLD));
        }

        @Test
        void acknowledgesNothingThroughRetriesUntilTheFolderIsSynced() {
            create(store, OLD);
            ObjectName beside = new ObjectName("data/ab/new");
            RetryPolicy policy = RetryPolicy.builder().maxAttempts(3).build();
            ObjectStore retrying = new RetryingObjectStore(store, new Retrier(policy, time, new SeededRandomness(1)));
            disk.fail(DiskCall.SYNC_FOLDER, REASON);

            assertFails(ErrorCode.STORE_OUTCOME_UNKNOWN, () -> create(retrying, beside));
            disk.heal();
            assertThat(create(retrying, beside)).isEqualTo(PutResult.REFUSED);
        }
    }

    /** A disk that is unmounted while calls to it are under way. */
    @Nested
    final class WhenItVanishes {
        private final Path elsewhere = disk.top().resolve("elsewhere");

        private void move(Path from, Path to) {
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** What the put said when the store vanished during its n-th call to the disk; empty if it was done by then. */
        private Optional<HoldfastException> vanishingAt(
                int call, ObjectStore into, ObjectName name, PutOptions options) {
            disk.during(call, () -> move(root, elsewhere));
            try {
                into.put(name, ObjectBody.of(BYTES), options);
                return Optional.empty();
            } catch (HoldfastException e) {
                return Optional.of(e);
            }
        }

        private void assertToldAtEveryCall(ObjectStore into, PutOptions options) {
            create(store, OLD);
            int told = 0;
            for (int call = 1; Files.exists(root); call++) {
                ObjectName name = new ObjectName("data/" + call + "/new");
                Optional<HoldfastException> failed = vanishingAt(call, into, name, options);
                if (Files.exists(root)) {
                    break;
                }
                move(elsewhere, root);
                if (failed.isPresent()) {
                    told++;
                    assertNamesTheVanishedPlace(failed.get());
                    overwrite(name);
                }
                assertThat(store.stat(name)).as("vanished at call %d", call).isPresent();
            }
            assertThat(told).isGreaterThan(8);
        }

        /** After the name was made the outcome is unknown; otherwise, and when it is tried again, the place is missing. */
        private void assertNamesTheVanishedPlace(HoldfastException failed) {
            List<ErrorCode> codes = Stream.of(failed, failed.getCause())
                    .filter(StoreException.class::isInstance)
                    .map(each -> ((StoreException) each).code())
                    .toList();
            assertThat(codes)
                    .isIn(
                            List.of(ErrorCode.STORE_PLACE_MISSING),
                            List.of(ErrorCode.STORE_OUTCOME_UNKNOWN),
                            List.of(ErrorCode.STORE_OUTCOME_UNKNOWN, ErrorCode.STORE_PLACE_MISSING));
        }

        private ObjectStore retrying() {
            RetryPolicy policy = RetryPolicy.builder().maxAttempts(3).build();
            return new RetryingObjectStore(store, new Retrier(policy, time, new SeededRandomness(1)));
        }

        @Test
        void inTheMiddleOfCreatingItIsTheCauseThatIsTold() {
            assertToldAtEveryCall(store, PutOptions.createOnly());
        }

        @Test
        void inTheMiddleOfOverwritingItIsTheCauseThatIsTold() {
            assertToldAtEveryCall(store, PutOptions.overwrite());
        }

        @Test
        void itIsTheCauseThatIsToldThroughRetries() {
            assertToldAtEveryCall(retrying(), PutOptions.createOnly());
        }
    }

    @Test
    void namesAMissingPermission() {
        assertFailsCleanly(ErrorCode.STORE_PERMISSION, DiskCall.CREATE, "Operation not permitted");
    }

    @Test
    void goesOnWithoutFolderSyncsWhereThereAreNone() {
        disk.fail(DiskCall.SYNC_FOLDER, "Invalid argument");

        assertThat(create(store, NEW)).isEqualTo(PutResult.WRITTEN);
        assertThat(store.delete(NEW)).isEqualTo(DeleteResult.DELETED);
    }

    /** A share that refuses links, as SMB does: no conditional create, everything else as anywhere. */
    @Nested
    final class OnAShareWithoutLinks extends ObjectStoreContract {
        @Override
        protected ObjectStore createStore() {
            disk.fail(DiskCall.LINK, "Operation not permitted");
            assertThat(store.capabilities().conditionalCreate()).isFalse();
            return openAgain();
        }

        @Override
        protected ObjectStore openAgain() {
            return open();
        }

        @Override
        protected SimTime time() {
            return time;
        }
    }

    /** The simulated disk is a file system like others, so that what is shown on it counts. */
    @Nested
    final class OnASoundDisk extends ObjectStoreContract {
        @Override
        protected ObjectStore createStore() {
            return openAgain();
        }

        @Override
        protected ObjectStore openAgain() {
            return open();
        }

        @Override
        protected SimTime time() {
            return time;
        }
    }
}
