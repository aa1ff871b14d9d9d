// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.SessionForecast;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.drift.DriftEvent;
import io.holdfast.model.ResourceId;
import io.holdfast.pacing.Limit;
import io.holdfast.pacing.Meter;
import io.holdfast.pacing.PacingProfile;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.services.ServiceListener;
import io.holdfast.services.Services;
import io.holdfast.simulators.http.Chaos;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.http.ServiceBudget;
import io.holdfast.simulators.http.SimulatedService;
import io.holdfast.simulators.http.SimulatedTransport;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SimTime;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole sessions of a connector over HTTP on the bad days of its service, on simulated time. */
final class BadDaysTest {
    private static final int NOTES = 120;

    @TempDir
    private Path folder;

    private final SimTime time = SimTime.create();
    private final HoldfastRuntime runtime = Holdfast.runtime()
            .time(time)
            .simulatedRandomness(new SeededRandomness(5))
            .parallelism(4)
            .build();
    private final NotesService notes = new NotesService();
    private final List<DriftEvent> drift = new ArrayList<>();
    private SimulatedService service =
            SimulatedService.builder(time, notes).tokens(Duration.ofHours(1)).build();
    private final Repository repository = Repository.create(new InMemoryObjectStore(), KeyProviders.raw(new byte[32]))
            .on(runtime);
    private final NotesOverHttp connector = new NotesOverHttp(
            "t",
            URI.create("https://notes.example/"),
            new SimulatedTransport(time, Duration.ofMillis(30), (sent, received) -> service.reply(received)));
    private PacingProfile profile = PacingProfile.unlimited();

    BadDaysTest() {
        Random random = new Random(3);
        for (int i = 0; i < NOTES; i++) {
            byte[] text = new byte[200 + random.nextInt(3000)];
            random.nextBytes(text);
            notes.put(i % 3 == 0 ? "ana" : "ben", "note-" + i, text);
        }
    }

    @AfterEach
    void close() {
        repository.close();
        runtime.close();
    }

    private void install() {
        Services.builder(runtime)
                .profile(profile)
                .listener(new ServiceListener() {
                    @Override
                    public void drift(DriftEvent event) {
                        drift.add(event);
                    }
                })
                .install();
    }

    private BackupSession session() {
        return BackupSession.builder()
                .on(runtime)
                .from(connector)
                .into(repository)
                .build();
    }

    private BackupReport backUp() {
        return session().run();
    }

    /** How many sessions it takes until everything is stored; hours apart. */
    private int sessionsUntilComplete(int most) {
        for (int session = 1; session <= most; session++) {
            if (backUp().outcome() == BackupReport.Outcome.COMPLETE) {
                return session;
            }
            time.advance(Duration.ofHours(5));
        }
        throw new AssertionError("not complete after " + most + " sessions");
    }

    private void assertRestoredEqual(String name) throws IOException {
        Path out = folder.resolve(name);
        RestoreSession.builder()
                .on(runtime)
                .from(repository)
                .snapshot(repository.latest(connector.id()).orElseThrow())
                .to(RestoreTargets.directory(out))
                .build()
                .run();
        for (String user : List.of("ana", "ben")) {
            notes.notes(user)
                    .forEach((key, text) -> assertThat(find(out, key)).as(key).isEqualTo(text));
        }
        try (Stream<Path> files = Files.walk(out)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> file.getFileName().toString().startsWith("note-")))
                    .hasSize(notes.notes("ana").size() + notes.notes("ben").size());
        }
    }

    private static byte[] find(Path root, String name) {
        try (Stream<Path> files = Files.walk(root)) {
            Path file = files.filter(Files::isRegularFile)
                    .filter(each -> each.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + name + " below " + root));
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void everyKindOfChaosCostsTimeAndNothingElse() throws IOException {
        install();
        for (Chaos kind : Chaos.values()) {
            service = SimulatedService.builder(time, notes)
                    .tokens(Duration.ofHours(1))
                    .chaos(kind, 0.4)
                    .seed(kind.ordinal())
                    .build();
            for (int i = 0; i < 20; i++) {
                notes.put("ana", "note-" + i + "-of-" + kind, (kind.name() + i).getBytes(StandardCharsets.UTF_8));
            }
            notes.put("ben", "note-of-all", kind.name().getBytes(StandardCharsets.UTF_8));
            sessionsUntilComplete(10);
            assertThat(service.ledger().struck()).as("struck by " + kind).isPositive();
            time.advance(Duration.ofHours(5));
        }
        assertRestoredEqual("chaos");
    }

    @Test
    void allKindsOfChaosTogetherLoseNothing() throws IOException {
        install();
        SimulatedService.Builder worst = SimulatedService.builder(time, notes)
                .tokens(Duration.ofMinutes(20))
                .seed(11);
        for (Chaos kind : Chaos.values()) {
            worst.chaos(kind, 0.01);
        }
        service = worst.build();
        sessionsUntilComplete(10);
        assertThat(service.ledger().struck()).isGreaterThan(10);
        assertRestoredEqual("all");

        notes.delete("ben", "note-1");
        notes.put("ben", "note-2", "changed".getBytes(StandardCharsets.UTF_8));
        sessionsUntilComplete(10);
        assertRestoredEqual("later");
    }

    @Test
    void tokensThatEndInTheMiddleAreReplacedOnceEach() throws IOException {
        install();
        service = SimulatedService.builder(time, notes)
                .tokens(Duration.ofMinutes(10))
                .build();
        assertThat(sessionsUntilComplete(1)).isEqualTo(1);
        time.advance(Duration.ofMinutes(9));
        service.expireTokens();
        notes.put("ana", "note-new", new byte[500]);
        assertThat(sessionsUntilComplete(2)).isLessThanOrEqualTo(2);
        assertThat(service.ledger().tokens()).isLessThanOrEqualTo(4);
        assertRestoredEqual("tokens");
    }

    @Test
    void anOutageOfSignInPutsTheSessionAsideAndNothingIsCalledFailed() {
        install();
        sessionsUntilComplete(1);
        service.identityAnswers(Optional.of(Reply.of(503)));
        service.expireTokens();
        time.advance(Duration.ofHours(2));
        notes.put("ana", "note-during", new byte[300]);
        try {
            BackupReport report = backUp();
            assertThat(report.failures()).isEmpty();
            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.PARTIAL);
        } catch (io.holdfast.error.SourceException e) {
            // Without a token not even the users can be listed: the session says so, and nothing is lost.
            assertThat(e.getMessage()).contains("IDENTITY_OUTAGE");
        }
        service.identityAnswers(Optional.empty());
        time.advance(Duration.ofHours(1));
        assertThat(sessionsUntilComplete(2)).isEqualTo(1);
    }

    @Test
    void spendsABudgetWithoutBeingRefused() throws IOException {
        profile = PacingProfile.builder()
                .limit("notes", ScopeLevel.RESOURCE, new Limit.Rate(Meter.REQUESTS, 60, Duration.ofMinutes(1)))
                .factor("notes", 0.8)
                .build();
        install();
        service = SimulatedService.builder(time, notes)
                .tokens(Duration.ofHours(8))
                .budget(ServiceBudget.ofRequests(
                        "user",
                        request -> Optional.of(request.path())
                                .filter(path -> path.startsWith("/notes/"))
                                .map(path -> path.split("/", -1)[2]),
                        60,
                        Duration.ofMinutes(1)))
                .build();
        assertThat(sessionsUntilComplete(1)).isEqualTo(1);
        assertThat(service.ledger().throttled()).isZero();
        assertThat(service.ledger().insideFence()).isZero();
        assertRestoredEqual("budget");
    }

    @Test
    void staysOutOfFencesOfABudgetThatNobodyPublished() throws IOException {
        install();
        service = SimulatedService.builder(time, notes)
                .tokens(Duration.ofHours(8))
                .budget(ServiceBudget.ofRequests(
                        "user",
                        request -> Optional.of(request.path())
                                .filter(path -> path.startsWith("/notes/"))
                                .map(path -> path.split("/", -1)[2]),
                        20,
                        Duration.ofMinutes(1)))
                .build();
        sessionsUntilComplete(10);
        assertThat(service.ledger().throttled()).isPositive();
        assertRestoredEqual("unpublished");
    }

    @Test
    void predictsWhatASessionSendsWithoutSendingIt() {
        install();
        SessionForecast first = session().forecast();
        assertThat(first.planned()).isEmpty();
        assertThat(first.unknown()).hasSize(2);
        sessionsUntilComplete(1);

        BackupSession session = session();
        long before = service.ledger().requests();
        SessionForecast forecast = session.forecast();
        assertThat(service.ledger().requests() - before).as("the users alone").isEqualTo(1);
        assertThat(forecast.unknown()).isEmpty();
        assertThat(forecast.cost().byOperation()).containsOnlyKeys("notes.list");

        BackupReport report = session.run();
        assertThat(report.items().stored()).isZero();
        assertThat(service.ledger().requests() - before - 2)
                .as("pages, beside two lists of users")
                .isBetween(forecast.cost().requests() - 2, forecast.cost().requests());
    }

    @Test
    void anAnswerThatNobodyKnowsIsToldOnceAndTheBackupGoesOn() {
        install();
        sessionsUntilComplete(1);
        assertThat(drift).isEmpty();
        SimulatedService usual = service;
        int[] odd = {1};
        service = SimulatedService.builder(
                        time,
                        request -> request.path().endsWith("note-odd") && odd[0]-- > 0
                                ? Reply.json(418, "{\"error\":{\"code\":\"teapot\"}}")
                                : notes.apply(request))
                .tokens(Duration.ofHours(1))
                .build();
        assertThat(service).isNotSameAs(usual);
        notes.put("ana", "note-odd", new byte[300]);
        assertThat(sessionsUntilComplete(2)).isLessThanOrEqualTo(2);
        assertThat(drift)
                .filteredOn(event -> event.what().contains("418"))
                .singleElement()
                .satisfies(event -> assertThat(event.operation()).isEqualTo("notes.content"));
    }

    @Test
    void aServiceThatIsDownIsLeftAloneAndTheNextSessionGoesOn() throws IOException {
        install();
        service.chaos(Chaos.BUSY_WITHOUT_A_WORD, 0);
        SimulatedService down = SimulatedService.builder(
                        time, request -> request.path().startsWith("/notes/ben") ? Reply.of(500) : notes.apply(request))
                .tokens(Duration.ofHours(8))
                .build();
        service = down;
        BackupReport report = backUp();
        assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.PARTIAL);
        assertThat(report.resources().notCaughtUp()).containsKey(new ResourceId("notes:ben"));
        assertThat(down.ledger().requests()).isLessThan(200);
        service = SimulatedService.builder(time, notes)
                .tokens(Duration.ofHours(8))
                .build();
        time.advance(Duration.ofHours(1));
        assertThat(sessionsUntilComplete(2)).isEqualTo(1);
        assertRestoredEqual("after");
    }
}
