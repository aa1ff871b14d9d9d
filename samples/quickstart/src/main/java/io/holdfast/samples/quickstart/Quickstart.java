// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.quickstart;

import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.RestoreReport;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.Selection;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.m365.M365Workload;
import io.holdfast.m365.Microsoft365;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.graph.GraphSimulator;
import io.holdfast.source.SourceConnector;
import io.holdfast.storage.posix.PosixObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** Backs up a simulated tenant of Microsoft 365, lives through a day, backs it up again, verifies, and brings a mail and a folder back. */
public final class Quickstart {
    /** Takes the folder to work in. */
    public static void main(String[] args) throws IOException {
        Path home = Files.createTempDirectory(Files.createDirectories(Path.of(args[0])), "quickstart-");
        System.out.println("0. Making a simulated tenant; everything is kept below " + home);
        Contoso contoso = new Contoso(TimeSource.system());
        System.out.println("1. Contoso has " + contoso.size() + " messages in " + contoso.mailboxes() + " mailboxes");

        try (var runtime = Holdfast.runtime().build();
                GraphSimulator graph = contoso.simulator();
                var key = KeyProviders.passphrase("correct horse battery staple".toCharArray());
                var store = PosixObjectStore.createAt(home.resolve("repository"));
                var repository = Repository.create(store, key).on(runtime)) {
            SourceConnector source = Microsoft365.connector("contoso")
                    .tenant(contoso.tenantId())
                    .client(Contoso.CLIENT)
                    .secret(Contoso.SECRET::toCharArray)
                    .workloads(Set.of(M365Workload.MAIL))
                    .transport(graph.transport())
                    .build();
            var session = BackupSession.builder().on(runtime).from(source).into(repository);
            backup("2. First backup:    ", session, graph);
            backup("3. Nothing changed: ", session, graph);
            System.out.println("4. A day goes by: " + contoso.aDayGoesBy());
            Snapshot last = backup("5. Second backup:   ", session, graph);

            var verified = repository.verify(VerifyRequest.of(VerifyLevel.CONTENT));
            System.out.println("6. Every stored byte read back: " + (verified.sound() ? "sound" : verified));

            contoso.loseTheContract();
            RestoreReport mail = restore(repository, last)
                    .selecting(Selection.items(contoso.contract()))
                    .to(RestoreTargets.source(source))
                    .build()
                    .run();
            System.out.println("7. One mail lost and brought back: " + mail.restored() + " restored; it is there: "
                    + contoso.hasTheContract());

            restore(repository, last)
                    .selecting(Selection.users(Contoso.ADA).and(Selection.path(Contoso.FOLDER)))
                    .to(RestoreTargets.directory(home.resolve("files"), Microsoft365.renderers()))
                    .build()
                    .run();
            try (Stream<Path> files = Files.walk(home.resolve("files"))) {
                long count =
                        files.filter(file -> file.toString().endsWith(".eml")).count();
                System.out.println(
                        "8. One folder as files that mail programs open: " + count + " below " + home.resolve("files"));
            }
        }
    }

    private static RestoreSession.Builder restore(Repository repository, Snapshot snapshot) {
        return RestoreSession.builder().from(repository).snapshot(snapshot);
    }

    private static Snapshot backup(String title, BackupSession.Builder session, GraphSimulator graph) {
        long before = graph.ledger().totals().requests();
        var report = session.build().run();
        var items = report.items();
        System.out.printf(
                "%s %s: %d stored, %d unchanged, %d removed; %d requests, %d ms%n",
                title,
                report.outcome(),
                items.stored(),
                items.unchanged(),
                items.removed(),
                graph.ledger().totals().requests() - before,
                report.duration().toMillis());
        return report.snapshot().orElseThrow();
    }
}
