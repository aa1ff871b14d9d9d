// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import io.holdfast.runtime.TimeSource;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What somebody with all credentials can do to a locked object: nothing that a reader of the store would notice. */
@EnabledIfEnvironmentVariable(named = Ceph.ENDPOINT, matches = ".+", disabledReason = "no Ceph runs here")
final class ObjectLockTest {
    private static final ObjectName NAME = new ObjectName("snapshots/aa/1");
    private static final Duration LOCK = Duration.ofSeconds(4);
    private static final byte[] OURS = {1, 2, 3};
    private static final byte[] THEIRS = {9};

    private final TimeSource time = TimeSource.system();
    private final S3Server server = Ceph.server();
    private final String bucket = server.lockedBucket();
    private final S3Client intruder = server.client();
    private final ObjectStore store =
            server.store(bucket).objectLock(LockMode.COMPLIANCE).open();

    @AfterEach
    void close() {
        store.close();
        intruder.close();
    }

    private Instant lock() {
        return lock(LOCK);
    }

    private Instant lock(Duration duration) {
        Instant until = time.now().plus(duration);
        PutOptions options = new PutOptions(PutMode.overwrite(), Protection.until(until));
        assertThat(store.put(NAME, ObjectBody.of(OURS), options)).isEqualTo(PutResult.WRITTEN);
        return until;
    }

    private String version() {
        return intruder.listObjectVersions(request -> request.bucket(bucket).prefix(NAME.value()))
                .versions()
                .get(0)
                .versionId();
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

    private static void assertForbidden(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }

    @Test
    void noVerbRemovesAVersionOrShortensItsLock() {
        Instant until = lock();
        String version = version();

        assertForbidden(() -> intruder.deleteObject(
                request -> request.bucket(bucket).key(NAME.value()).versionId(version)));
        assertForbidden(() -> intruder.deleteObject(request ->
                request.bucket(bucket).key(NAME.value()).versionId(version).bypassGovernanceRetention(true)));
        DeleteObjectsResponse batch = intruder.deleteObjects(request -> request.bucket(bucket)
                .delete(all -> all.objects(ObjectIdentifier.builder()
                        .key(NAME.value())
                        .versionId(version)
                        .build())));
        assertThat(batch.errors()).hasSize(1);
        assertForbidden(() -> intruder.putObjectRetention(request -> request.bucket(bucket)
                .key(NAME.value())
                .versionId(version)
                .bypassGovernanceRetention(true)
                .retention(shorter ->
                        shorter.mode(ObjectLockRetentionMode.COMPLIANCE).retainUntilDate(until.minusSeconds(2)))));

        assertStandsAsItWas();
    }

    /** Days of rules are seconds on this server. */
    @Test
    void aRuleThatExpiresObjectsTakesWhatIsNotLockedAndHidesNothingThatIs() throws InterruptedException {
        lock(Duration.ofMinutes(5));
        String loose = "data/aa/loose";
        intruder.putObject(request -> request.bucket(bucket).key(loose), RequestBody.fromBytes(THEIRS));
        LifecycleRule all = LifecycleRule.builder()
                .id("all")
                .status(ExpirationStatus.ENABLED)
                .filter(everything -> everything.prefix(""))
                .expiration(current -> current.days(1))
                .noncurrentVersionExpiration(older -> older.noncurrentDays(1))
                .build();
        intruder.putBucketLifecycleConfiguration(
                request -> request.bucket(bucket).lifecycleConfiguration(rules -> rules.rules(List.of(all))));

        Instant deadline = time.now().plusSeconds(90);
        while (hasVersion(loose)) {
            assertThat(time.now()).as("the rule is never applied").isBefore(deadline);
            time.sleep(Duration.ofMillis(250));
        }

        assertThat(hasVersion(NAME.value())).isTrue();
        assertStandsAsItWas();
    }

    private boolean hasVersion(String key) {
        return !intruder.listObjectVersions(request -> request.bucket(bucket).prefix(key))
                .versions()
                .isEmpty();
    }

    @Test
    void whatIsLaidOverALockedObjectHidesNothing() {
        lock();
        intruder.putObject(request -> request.bucket(bucket).key(NAME.value()), RequestBody.fromBytes(THEIRS));
        assertStandsAsItWas();

        intruder.deleteObject(request -> request.bucket(bucket).key(NAME.value()));
        assertStandsAsItWas();

        assertThat(store.put(NAME, ObjectBody.of(THEIRS), PutOptions.createOnly()))
                .as("a number is taken when any version of it exists")
                .isEqualTo(PutResult.REFUSED);
        assertThat(store.delete(NAME)).isEqualTo(DeleteResult.RETAINED);
        assertStandsAsItWas();
    }

    @Test
    void whatIsLaidOverALockedObjectIsToldAndRemovedAndTheObjectStays() {
        lock();
        assertThat(store.overlays("")).isEmpty();
        intruder.putObject(request -> request.bucket(bucket).key(NAME.value()), RequestBody.fromBytes(THEIRS));
        intruder.deleteObject(request -> request.bucket(bucket).key(NAME.value()));
        intruder.deleteObject(request -> request.bucket(bucket).key("snapshots/nothing-there"));

        List<Overlay> overlays = store.overlays("snapshots/");

        assertThat(overlays).extracting(Overlay::object).containsExactly(NAME, NAME);
        assertThat(overlays).extracting(Overlay::marker).containsExactly(false, true);
        assertThat(overlays).extracting(store::remove).containsOnly(DeleteResult.DELETED);
        assertThat(store.overlays("")).isEmpty();
        assertThat(overlays).extracting(store::remove).containsOnly(DeleteResult.ABSENT);
        assertStandsAsItWas();
    }

    @Test
    void anObjectIsNeverTakenForWhatWasLaidOverIt() {
        lock();

        Overlay itself = new Overlay(NAME, version(), false, time.now());

        assertThat(store.remove(itself)).isEqualTo(DeleteResult.ABSENT);
        assertStandsAsItWas();
    }

    @Test
    void whenTheLockHasEndedAllVersionsAndMarkersGo() throws InterruptedException {
        lock();
        intruder.putObject(request -> request.bucket(bucket).key(NAME.value()), RequestBody.fromBytes(THEIRS));
        intruder.deleteObject(request -> request.bucket(bucket).key(NAME.value()));

        time.sleep(LOCK.plusSeconds(2));

        assertThat(store.delete(NAME)).isEqualTo(DeleteResult.DELETED);
        var left = intruder.listObjectVersions(request -> request.bucket(bucket));
        assertThat(left.versions()).isEmpty();
        assertThat(left.deleteMarkers()).isEmpty();
    }

    @Test
    void theSameBytesPutAgainUnderALockAreTheObjectThatStands() {
        lock();
        Instant later = time.now().plus(LOCK).plusSeconds(3);

        PutOptions again = new PutOptions(PutMode.overwrite(), Protection.until(later));
        assertThat(store.put(NAME, ObjectBody.of(OURS), again)).isEqualTo(PutResult.WRITTEN);

        assertThat(store.stat(NAME).orElseThrow().protection().retainUntil().orElseThrow())
                .isAfterOrEqualTo(later);
        assertThat(store.overlays("")).as("the same bytes are no tampering").isEmpty();
        assertStandsAsItWas();
    }

    @Test
    void aServerThatIgnoresConditionsIsFoundOutAndClaimsThemNoLonger() {
        assertThat(store.capabilities().conditionalCreate()).isTrue();
        store.put(NAME, ObjectBody.of(OURS), PutOptions.createOnly());

        assertThat(store.put(NAME, ObjectBody.of(THEIRS), PutOptions.createOnly()))
                .isEqualTo(PutResult.REFUSED);

        assertThat(store.capabilities().conditionalCreate()).isFalse();
        assertThat(store.capabilities().conditionalReplace()).isFalse();
        assertStandsAsItWas();
    }

    @Test
    void aBucketWithoutLockOrWithADefaultRetentionIsRefused() {
        String plain = server.bucket();
        assertUnsupported(
                "Create a bucket with Object Lock",
                () -> server.store(plain).objectLock(LockMode.GOVERNANCE).open());
        String versioned = server.versionedBucket();
        assertUnsupported(
                "Create a bucket with Object Lock",
                () -> server.store(versioned).objectLock(LockMode.GOVERNANCE).open());
        intruder.putObjectLockConfiguration(request -> request.bucket(bucket)
                .objectLockConfiguration(lock -> lock.objectLockEnabled("Enabled")
                        .rule(rule -> rule.defaultRetention(retention -> retention
                                .mode(ObjectLockRetentionMode.GOVERNANCE)
                                .days(1)))));
        assertUnsupported(
                "Remove the default retention",
                () -> server.store(bucket).objectLock(LockMode.GOVERNANCE).open());
    }

    private static void assertUnsupported(String remedy, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StoreException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNSUPPORTED);
            assertThat(e.remedy()).contains(remedy);
        });
    }
}
