// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.specialized.BlobClientBase;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import io.holdfast.model.ByteSize;
import io.holdfast.simulators.http.WirePeer;
import io.holdfast.store.ByteRange;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.Overlay;
import io.holdfast.store.Protection;
import io.holdfast.store.PutMode;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SimTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody with all credentials can do to a protected object: nothing that a reader of the store would notice. */
final class ImmutabilityTest {
    private static final ObjectName NAME = new ObjectName("snapshots/aa/1");
    private static final Duration LOCK = Duration.ofDays(30);
    private static final byte[] OURS = {1, 2, 3};
    private static final byte[] THEIRS = {9};

    private final SimTime time = SimTime.create();
    private final FakeBlobs blobs = new FakeBlobs(time, true);
    private final WirePeer peer = WirePeer.plain(new FakeAzure(blobs, 2));
    private final ObjectStore store = locked().open();
    private final BlobClient intruder = AzureServer.at(peer).client("container").getBlobClient(NAME.value());

    private AzureObjectStoreBuilder locked() {
        return AzureServer.at(peer).store("container").immutability(ImmutabilityMode.LOCKED);
    }

    @AfterEach
    void close() {
        store.close();
        peer.close();
    }

    private Instant lock() {
        Instant until = time.now().plus(LOCK);
        assertThat(put(OURS, PutMode.overwrite(), Protection.until(until))).isEqualTo(PutResult.WRITTEN);
        return until;
    }

    private PutResult put(byte[] bytes, PutMode mode, Protection protection) {
        return store.put(NAME, ObjectBody.of(bytes), new PutOptions(mode, protection));
    }

    private int versions() {
        return blobs.list(NAME.value()).size();
    }

    private BlobClientBase oldest() {
        return intruder.getVersionClient(
                blobs.list(NAME.value()).get(0).getValue().id());
    }

    private byte[] read() {
        try (InputStream in = store.get(NAME, ByteRange.all())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertStandsAsItWas() {
        assertThat(read()).isEqualTo(OURS);
        assertThat(store.stat(NAME).orElseThrow().length()).isEqualTo(OURS.length);
        List<ObjectStat> listed = new ArrayList<>();
        try (ObjectListing listing = store.list("")) {
            listing.forEachRemaining(listed::add);
        }
        assertThat(listed).singleElement().satisfies(object -> {
            assertThat(object.name()).isEqualTo(NAME);
            assertThat(object.length()).isEqualTo(OURS.length);
        });
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BlobStorageException.class,
                        e -> assertThat(e.getErrorCode()).hasToString("BlobImmutableDueToPolicy"));
    }

    private void overwrite() {
        intruder.upload(BinaryData.fromBytes(THEIRS), true);
    }

    @Test
    void whatIsWrittenOverAProtectedObjectIsToldAndRemovedAndTheObjectStays() {
        lock();
        assertThat(store.overlays("")).isEmpty();
        overwrite();

        List<Overlay> overlays = store.overlays("snapshots/");

        assertThat(overlays).singleElement().satisfies(each -> {
            assertThat(each.object()).isEqualTo(NAME);
            assertThat(each.marker()).isFalse();
        });
        assertThat(store.remove(overlays.get(0))).isEqualTo(DeleteResult.DELETED);
        assertThat(store.overlays("")).isEmpty();
        assertThat(store.remove(overlays.get(0))).isEqualTo(DeleteResult.ABSENT);
        String object = blobs.list(NAME.value()).get(0).getValue().id();
        assertThat(store.remove(new Overlay(NAME, object, false, time.now()))).isEqualTo(DeleteResult.ABSENT);
        assertThat(versions()).isEqualTo(1);
        assertStandsAsItWas();
    }

    @Test
    void noVerbRemovesAVersionOrShortensItsPolicy() {
        Instant until = lock();

        assertRefused(intruder::delete);
        overwrite();
        assertRefused(() -> oldest().delete());
        assertRefused(() -> oldest().deleteImmutabilityPolicy());
        assertRefused(() -> oldest().setImmutabilityPolicy(AzurePuts.policy(until.minusSeconds(60), true)));
        assertRefused(() -> oldest().setImmutabilityPolicy(AzurePuts.policy(until.plusSeconds(60), false)));

        assertStandsAsItWas();
    }

    @Test
    void whatIsWrittenOverAProtectedObjectHidesNothing() {
        lock();
        overwrite();
        assertStandsAsItWas();

        intruder.delete();
        assertStandsAsItWas();

        assertThat(put(THEIRS, PutMode.createOnly(), Protection.none()))
                .as("a number is taken when any version of it exists")
                .isEqualTo(PutResult.REFUSED);
        assertThatThrownBy(() -> put(THEIRS, PutMode.overwrite(), Protection.none()))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_RETAINED));
        assertThat(store.delete(NAME)).isEqualTo(DeleteResult.RETAINED);
        assertStandsAsItWas();
        assertThat(versions()).as("what was written over it is gone").isEqualTo(1);
    }

    @Test
    void whenTheRetentionHasEndedAllVersionsGo() throws InterruptedException {
        lock();
        overwrite();

        time.sleep(LOCK.plusSeconds(2));

        assertThat(store.delete(NAME)).isEqualTo(DeleteResult.DELETED);
        assertThat(versions()).isZero();
    }

    @Test
    void theSameBytesPutAgainUnderALockAreTheObjectThatStands() {
        lock();
        Instant later = time.now().plus(LOCK).plusSeconds(300);

        assertThat(put(OURS, PutMode.overwrite(), Protection.until(later))).isEqualTo(PutResult.WRITTEN);

        assertThat(store.stat(NAME).orElseThrow().protection().retainUntil()).contains(later);
        assertStandsAsItWas();
    }

    @Test
    void anObjectInBlocksIsProtectedAndTheSameWhenItIsPutAgain() {
        byte[] large = new SeededRandomness(1).bytes(3_000_000);
        PutOptions options =
                new PutOptions(PutMode.overwrite(), Protection.until(time.now().plus(LOCK)));
        try (ObjectStore blocks = locked().blocksAbove(ByteSize.mebibytes(1)).open()) {
            assertThat(blocks.put(NAME, ObjectBody.of(large), options)).isEqualTo(PutResult.WRITTEN);
            assertThat(blocks.put(NAME, ObjectBody.of(large), options)).isEqualTo(PutResult.WRITTEN);
        }

        assertThat(read()).isEqualTo(large);
        assertThat(store.delete(NAME)).isEqualTo(DeleteResult.RETAINED);
    }

    @Test
    void aHoldProtectsAVersionThatNoLongerStandsUnderTheName() {
        put(OURS, PutMode.createOnly(), Protection.none());
        overwrite();

        store.protect(NAME, new Protection(Optional.empty(), true));

        assertThat(store.stat(NAME).orElseThrow().protection().hold()).isTrue();
        assertThat(store.delete(NAME)).isEqualTo(DeleteResult.RETAINED);
        assertStandsAsItWas();
    }

    @Test
    void aReplaceWhoseWriterDiedIsFinishedByTheNextOne() {
        put(OURS, PutMode.createOnly(), Protection.none());
        String version = store.stat(NAME).orElseThrow().version().orElseThrow();
        // Written, and what it replaced not yet deleted.
        overwrite();
        assertThat(store.stat(NAME).orElseThrow().version()).contains(version);

        assertThat(put(OURS, PutMode.replaceVersion(version), Protection.none()))
                .isEqualTo(PutResult.REFUSED);

        assertThat(read()).isEqualTo(THEIRS);
        String next = store.stat(NAME).orElseThrow().version().orElseThrow();
        assertThat(put(OURS, PutMode.replaceVersion(next), Protection.none())).isEqualTo(PutResult.WRITTEN);
        assertThat(versions()).isEqualTo(1);
    }

    @Test
    void anUnlockedPolicyOfAnotherHandleIsLockedWhenItIsExtended() {
        try (ObjectStore lenient =
                locked().immutability(ImmutabilityMode.UNLOCKED).open()) {
            lenient.put(
                    NAME,
                    ObjectBody.of(OURS),
                    new PutOptions(
                            PutMode.createOnly(), Protection.until(time.now().plus(LOCK))));
        }
        intruder.deleteImmutabilityPolicy();
        Instant until = time.now().plus(LOCK);

        store.protect(NAME, Protection.until(until));

        assertRefused(() -> oldest().deleteImmutabilityPolicy());
    }

    @Test
    void aProtectionThatIsTakenAndNotKeptLeavesNoObjectAndIsClaimedNoLonger() {
        FakeBlobs forgetful = new FakeBlobs(time, false);
        try (WirePeer other = WirePeer.plain(new FakeAzure(forgetful, 10));
                ObjectStore believing = AzureServer.at(other)
                        .store("container")
                        .immutability(ImmutabilityMode.LOCKED)
                        .open()) {
            assertThat(believing.capabilities().retention()).isTrue();
            believing.put(new ObjectName("plain"), ObjectBody.of(OURS), PutOptions.createOnly());

            Protection asked = Protection.until(time.now().plus(LOCK));
            assertUnsupported(
                    "Enable version-level immutability",
                    () -> believing.put(NAME, ObjectBody.of(OURS), new PutOptions(PutMode.createOnly(), asked)));

            assertThat(believing.stat(NAME)).isEmpty();
            assertThat(believing.capabilities().retention()).isFalse();
            assertThat(believing.capabilities().legalHold()).isFalse();
            assertThat(believing.stat(new ObjectName("plain"))).isPresent();
        }
        try (WirePeer other = WirePeer.plain(new FakeAzure(forgetful, 10));
                ObjectStore believing = AzureServer.at(other)
                        .store("container")
                        .immutability(ImmutabilityMode.UNLOCKED)
                        .open()) {
            assertUnsupported(
                    "Enable version-level immutability",
                    () -> believing.protect(new ObjectName("plain"), new Protection(Optional.empty(), true)));
        }
    }

    @Test
    void aContainerWithoutImmutabilityOrWithAPolicyOfItsOwnIsRefused() {
        try (WirePeer plain = WirePeer.plain(request -> FakeAzure.container(false, false));
                WirePeer ruled = WirePeer.plain(request -> FakeAzure.container(true, true))) {
            assertUnsupported(
                    "Enable versions and version-level immutability",
                    () -> AzureServer.at(plain)
                            .store("container")
                            .immutability(ImmutabilityMode.UNLOCKED)
                            .open());
            assertUnsupported(
                    "Remove the container's policy",
                    () -> AzureServer.at(ruled)
                            .store("container")
                            .immutability(ImmutabilityMode.UNLOCKED)
                            .open());
        }
    }

    @Test
    void whoMayNotAskWhatTheContainerIsIsBelieved() {
        FakeAzure service = new FakeAzure(blobs, 2);
        try (WirePeer discreet = WirePeer.plain(request -> request.target().contains("restype=container&comp=list")
                                || !request.target().contains("restype=container")
                        ? service.apply(request)
                        : FakeAzure.error(403, "AuthorizationFailure"));
                ObjectStore reader = AzureServer.at(discreet)
                        .store("container")
                        .immutability(ImmutabilityMode.LOCKED)
                        .open()) {
            lock();
            overwrite();

            assertThat(reader.stat(NAME).orElseThrow().length()).isEqualTo(OURS.length);
        }
    }

    private static void assertUnsupported(String remedy, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StoreException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNSUPPORTED);
            assertThat(e.remedy()).contains(remedy);
        });
    }
}
