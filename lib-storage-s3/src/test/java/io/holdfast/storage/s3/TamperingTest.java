// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.RepairReport;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyReport.Tampering;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.DirectExecutor;
import io.holdfast.testkit.InMemorySource;
import io.holdfast.testkit.SeededRandomness;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Somebody with the credentials lays versions and markers over every object of a repository: nothing is lost, all of it is told, and repair removes it. */
@ExtendWith(S3Mock.class)
final class TamperingTest {
    private final InMemorySource source = InMemorySource.create("notes");

    private BackupReport backup(HoldfastRuntime runtime, Repository repository) {
        ResourceId box = source.addResource("box", "ana");
        ItemKey folder = source.addFolder(box, "inbox");
        for (int i = 0; i < 20; i++) {
            source.add(box, folder, "note " + i, new SeededRandomness(i).bytes(3_000));
        }
        return BackupSession.builder()
                .on(runtime)
                .from(source)
                .into(repository)
                .build()
                .run();
    }

    @Test
    void isToldByVerifyAndRemovedByRepair(S3Server server) {
        String bucket = server.versionedBucket();
        // One writer at a time: this server looks at conditions first and writes then, which a proof of it may find
        // out, and
        // a repair wants a store that creates only if absent.
        try (HoldfastRuntime runtime =
                        Holdfast.runtime().workers(new DirectExecutor()).build();
                ObjectStore store = server.store(bucket).open();
                S3Client intruder = server.client();
                Repository repository =
                        Repository.create(store, KeyProviders.raw(new byte[32])).on(runtime)) {
            assertThat(backup(runtime, repository).outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
            assertThat(verify(repository).sound()).isTrue();
            List<String> objects = StoredNames.of(store, "");
            List<String> ours =
                    objects.stream().filter(name -> !name.startsWith("leases/")).toList();
            for (String object : objects) {
                intruder.putObject(
                        request -> request.bucket(bucket).key(object), RequestBody.fromBytes(new byte[] {9}));
                intruder.deleteObject(request -> request.bucket(bucket).key(object));
            }

            VerifyReport found = verify(repository);

            assertThat(found.damages()).isEmpty();
            assertThat(found.sound()).isFalse();
            assertThat(found.tampered())
                    .extracting(Tampering::object)
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(ours.stream(), ours.stream()).toList());
            assertThat(Repository.verifyKeyless(store, runtime, Optional.empty())
                            .tampered())
                    .isEqualTo(found.tampered());
            RepairReport repaired = repository.repair(found);
            assertThat(repaired.uncovered()).isEqualTo(2L * ours.size());
            assertThat(repaired.notes()).isEmpty();
            assertThat(verify(repository).sound()).isTrue();
            assertThat(repository.latest(source.id())).isPresent();
        }
    }

    private static VerifyReport verify(Repository repository) {
        return repository.verify(VerifyRequest.of(VerifyLevel.CONTENT));
    }
}
