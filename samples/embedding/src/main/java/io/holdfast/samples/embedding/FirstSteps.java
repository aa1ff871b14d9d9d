// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.embedding;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.RestoreReport;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.Selection;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.model.ByteSize;
import io.holdfast.observe.SessionListener;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.samples.directory.DirectoryConnector;
import io.holdfast.source.RestoreSettings.Conflict;
import io.holdfast.storage.posix.PosixObjectStore;
import java.nio.file.Path;

/** The API from the runtime to the restore, in one method; a repository must have been created before. */
final class FirstSteps {
    private FirstSteps() {}

    static RestoreReport backUpAndRestore(Path papers, Path place, char[] secret, SessionListener progress, Path out) {
        try (var runtime = Holdfast.runtime().build(); // one per process: threads, clock, memory budget
                var store = PosixObjectStore.at(place);
                var key = KeyProviders.passphrase(secret);
                var repository = Repository.open(store, key).on(runtime)) {

            var source = DirectoryConnector.of("papers", papers);

            BackupReport report = BackupSession.builder()
                    .on(runtime)
                    .from(source)
                    .into(repository)
                    .selecting(Selection.workloads("files"))
                    .retrying(RetryPolicy.defaults())
                    .concurrency(16)
                    .memoryBudget(ByteSize.mebibytes(256))
                    .listener(progress)
                    .build()
                    .run(); // idempotent: run another, and only changes are read and written

            return RestoreSession.builder()
                    .on(runtime)
                    .from(repository)
                    .snapshot(report.snapshot().orElseThrow())
                    .selecting(Selection.items("minutes.md"))
                    .to(RestoreTargets.directory(out))
                    .onConflict(Conflict.SKIP)
                    .build()
                    .run();
        }
    }
}
