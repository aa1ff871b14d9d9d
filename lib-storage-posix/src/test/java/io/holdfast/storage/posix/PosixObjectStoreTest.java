// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.store.ByteRange;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.Protection;
import io.holdfast.store.PutMode;
import io.holdfast.store.PutOptions;
import io.holdfast.testkit.SimTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PosixObjectStoreTest {
    private static final ObjectName NAME = new ObjectName("data/ab/one");
    private static final byte[] BYTES = {1, 2, 3, 4, 5};

    private final SimTime time = SimTime.startingAt(Instant.now());

    @TempDir
    Path parent;

    private Path root() {
        return parent.resolve("store");
    }

    private PosixObjectStore open() {
        return PosixObjectStore.builder(root()).createFolder().time(time).open();
    }

    private static void put(PosixObjectStore store) {
        store.put(NAME, ObjectBody.of(BYTES), PutOptions.createOnly());
    }

    private static byte[] read(PosixObjectStore store) {
        try (InputStream in = store.get(NAME, ByteRange.all())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> list(PosixObjectStore store) {
        List<String> names = new ArrayList<>();
        try (ObjectListing listing = store.list("")) {
            listing.forEachRemaining(stat -> names.add(stat.name().value()));
        }
        return names;
    }

    private static void assertFails(ErrorCode code, Path named, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(named.toString())
                .isInstanceOfSatisfying(HoldfastException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.remedy()).isNotBlank();
                });
    }

    private List<String> modes() throws IOException {
        try (Stream<Path> all = Files.walk(root())) {
            return all.map(path -> {
                        try {
                            return root().relativize(path) + " "
                                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .sorted()
                    .toList();
        }
    }

    @Test
    void makesFoldersAndFilesThatOnlyTheirOwnerCanUse() throws IOException {
        try (PosixObjectStore store = open()) {
            put(store);
        }

        assertThat(modes())
                .containsExactly(
                        " rwx------", "+tmp rwx------", "data rwx------", "data/ab rwx------", "data/ab/one rw-------");
    }

    @Test
    void passesOverFilesThatAreNoObjects() throws IOException {
        try (PosixObjectStore store = open()) {
            put(store);
            Files.createFile(root().resolve("data/README"));
            Files.createFile(root().resolve("data/with space"));
            Files.createFile(root().resolve("+tmp/0123"));
            Files.createDirectory(root().resolve("lost+found"));
            Files.createFile(root().resolve("lost+found/x"));
            Files.createSymbolicLink(root().resolve("data/dangling"), Path.of("nowhere"));
            Files.createDirectory(root().resolve("data/empty"));

            assertThat(list(store)).containsExactly(NAME.value());
            assertThat(store.stat(new ObjectName("data/dangling"))).isEmpty();
            assertThat(store.delete(new ObjectName("data/empty"))).isEqualTo(DeleteResult.ABSENT);
        }
        assertThat(root().resolve("data/README")).exists();
    }

    @Test
    void putsAgainIntoAFolderThatSomebodyHasRemoved() throws IOException {
        try (PosixObjectStore store = open()) {
            put(store);
            Files.delete(root().resolve("data/ab/one"));
            Files.delete(root().resolve("data/ab"));
            Files.delete(root().resolve("data"));
            Files.delete(root().resolve("+tmp"));

            put(store);

            assertThat(read(store)).isEqualTo(BYTES);
        }
    }

    @Test
    void keepsNoObjectBelowAnotherOne() {
        try (PosixObjectStore store = open()) {
            put(store);

            assertFails(
                    ErrorCode.STORE_UNSUPPORTED,
                    root().resolve(NAME.value()),
                    () -> store.put(new ObjectName("data/ab/one/two"), ObjectBody.of(BYTES), PutOptions.createOnly()));
            assertFails(
                    ErrorCode.STORE_UNSUPPORTED,
                    root().resolve(NAME.value()),
                    () -> store.put(
                            new ObjectName("data/ab/one/two/three"), ObjectBody.of(BYTES), PutOptions.overwrite()));
            assertFails(
                    ErrorCode.STORE_UNSUPPORTED,
                    root().resolve("data/ab"),
                    () -> store.put(new ObjectName("data/ab"), ObjectBody.of(BYTES), PutOptions.createOnly()));
            assertFails(
                    ErrorCode.STORE_UNSUPPORTED,
                    root().resolve("data"),
                    () -> store.put(new ObjectName("data"), ObjectBody.of(BYTES), PutOptions.overwrite()));
            assertThat(list(store)).containsExactly(NAME.value());
            assertThat(root().resolve("+tmp")).isEmptyDirectory();
        }
    }

    @Test
    void noticesAFileThatIsCutOffWhileItIsRead() throws IOException {
        try (PosixObjectStore store = open()) {
            put(store);
            try (InputStream in = store.get(NAME, ByteRange.all())) {
                assertThat(in.read()).isEqualTo(1);
                Files.write(root().resolve(NAME.value()), new byte[] {1, 2});

                assertThat(in.read()).isEqualTo(2);
                assertFails(ErrorCode.STORE_SHORT_READ, root().resolve(NAME.value()), in::read);
            }
        }
    }

    @Test
    void leavesNothingBehindWhenItIsInterrupted() {
        try (PosixObjectStore store = open()) {
            Thread.currentThread().interrupt();

            assertFails(ErrorCode.STORE_UNAVAILABLE, root(), () -> put(store));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(list(store)).isEmpty();
            assertThat(root().resolve("+tmp")).isEmptyDirectory();
            put(store);
            assertThat(read(store)).isEqualTo(BYTES);
        }
    }

    @Test
    void refusesEverythingOnceItIsClosed() {
        PosixObjectStore store = open();
        store.close();

        assertThatIllegalStateException().isThrownBy(() -> store.stat(NAME)).withMessageContaining(root().toString());
    }

    @Nested
    final class WhenItsPlaceIsMissing {
        @Test
        void opensNothingThatDoesNotExist() {
            assertFails(ErrorCode.STORE_PLACE_MISSING, root(), () -> PosixObjectStore.at(root()));
            assertThat(root()).doesNotExist();
        }

        @Test
        void opensNothingThatIsAFile() throws IOException {
            Files.createFile(root());

            assertFails(ErrorCode.STORE_PLACE_MISSING, root(), () -> PosixObjectStore.at(root()));
            assertFails(ErrorCode.STORE_PLACE_MISSING, root(), () -> PosixObjectStore.createAt(root()));
            Path below = root().resolve("below");
            assertFails(ErrorCode.STORE_PLACE_MISSING, below, () -> PosixObjectStore.createAt(below));
        }

        @Test
        void saysSoWhenItVanishesInMidRun() throws IOException {
            try (PosixObjectStore store = open()) {
                put(store);
                Files.move(root(), parent.resolve("elsewhere"));

                assertEverythingFails(store);
                assertThat(root()).doesNotExist();
            }
        }

        @Test
        void writesNothingIntoTheEmptyFolderThatADiskLeavesBehind() throws IOException {
            try (PosixObjectStore store = open()) {
                put(store);
                Files.move(root(), parent.resolve("elsewhere"));
                Files.createDirectory(root());

                assertEverythingFails(store);
                assertThat(root()).isEmptyDirectory();
            }
        }

        private void assertEverythingFails(PosixObjectStore store) {
            List<ThrowingCallable> calls = List.of(
                    () -> store.put(new ObjectName("data/ab/two"), ObjectBody.of(BYTES), PutOptions.createOnly()),
                    () -> store.put(NAME, ObjectBody.of(BYTES), PutOptions.overwrite()),
                    () -> store.get(NAME, ByteRange.all()),
                    () -> store.stat(NAME),
                    () -> store.delete(NAME),
                    () -> list(store),
                    () -> store.protect(NAME, Protection.until(time.now())));
            assertThat(calls).allSatisfy(call -> assertFails(ErrorCode.STORE_PLACE_MISSING, root(), call));
        }
    }

    @Nested
    final class WithTemporaryFiles {
        private Path temp(String name, Duration age) throws IOException {
            Path file = Files.createDirectories(root().resolve("+tmp")).resolve(name);
            Files.createFile(file);
            return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
        }

        @Test
        void sweepsOldOnesAndLeavesThoseOfLivingWriters() throws IOException {
            Path old = temp("old", Duration.ofHours(25));
            Path fresh = temp("fresh", Duration.ofHours(23));

            try (PosixObjectStore store = open()) {
                put(store);
            }

            assertThat(old).doesNotExist();
            assertThat(fresh).exists();
        }

        @Test
        void sweepsNothingByAClockThatRunsAhead() throws IOException {
            Path fresh = temp("fresh", Duration.ofHours(1));
            time.jump(Duration.ofDays(400));

            try (PosixObjectStore store = open()) {
                put(store);
            }

            assertThat(fresh).exists();
        }

        @Test
        void sweepsNothingWhenItOnlyReads() throws IOException {
            Path old = temp("old", Duration.ofDays(9));

            try (PosixObjectStore store = open()) {
                list(store);
                store.stat(NAME);
            }

            assertThat(old).exists();
        }

        @Test
        void leavesNoneBehindWhateverHappens() throws IOException {
            try (PosixObjectStore store = open()) {
                put(store);
                put(store);
                store.put(NAME, ObjectBody.of(BYTES), PutOptions.overwrite());
                ObjectBody tooLong = ObjectBody.concat(List.of(ObjectBody.of(BYTES), lying()));
                assertThatThrownBy(() -> store.put(NAME, tooLong, PutOptions.overwrite()))
                        .isInstanceOf(IllegalArgumentException.class);
            }

            assertThat(root().resolve("+tmp")).isEmptyDirectory();
        }

        private ObjectBody lying() {
            return new ObjectBody() {
                @Override
                public long length() {
                    return 1;
                }

                @Override
                public InputStream open() {
                    return ObjectBody.of(BYTES).open();
                }
            };
        }
    }

    @Nested
    final class WhenItProtects {
        private final Path file = Path.of(NAME.value());

        @Test
        void marksTheFileAsWormFilersExpectIt() throws IOException {
            Instant until = time.now().plus(Duration.ofDays(2555));
            try (PosixObjectStore store = open()) {
                store.put(NAME, ObjectBody.of(BYTES), new PutOptions(PutMode.createOnly(), Protection.until(until)));
            }

            Instant accessed = ((FileTime) Files.getAttribute(root().resolve(file), "lastAccessTime")).toInstant();
            assertThat(accessed).isBetween(until, until.plusSeconds(1));
            assertThat(accessed.getNano()).isZero();
            assertThat(modes()).contains(NAME + " r--------");
        }

        @Test
        void believesMarksThatSomebodyElseHasMade() throws IOException {
            Instant until = Instant.parse("2099-01-01T00:00:00Z");
            try (PosixObjectStore store = open()) {
                put(store);
                Files.setAttribute(root().resolve(file), "lastAccessTime", FileTime.from(until));
                assertThat(store.stat(NAME).orElseThrow().protection()).isEqualTo(Protection.none());
                Files.setPosixFilePermissions(root().resolve(file), PosixFilePermissions.fromString("r--r--r--"));

                assertThat(store.stat(NAME).orElseThrow().protection()).isEqualTo(Protection.until(until));
                assertThat(store.delete(NAME)).isEqualTo(DeleteResult.RETAINED);
            }
        }

        @Test
        void keepsADateOfNinetyNineYears() {
            Instant until = time.now().plus(Duration.ofDays(365 * 99));
            try (PosixObjectStore store = open()) {
                put(store);

                store.protect(NAME, Protection.until(until));

                assertThat(store.stat(NAME)
                                .orElseThrow()
                                .protection()
                                .retainUntil()
                                .orElseThrow())
                        .isAfterOrEqualTo(until);
            }
        }
    }
}
