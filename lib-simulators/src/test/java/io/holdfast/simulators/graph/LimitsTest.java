// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.exchange.HttpFields;
import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.http.BudgetBook;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Limits, batches, faults and the books. */
class LimitsTest {

    private static Map<String, Object> part(int id, String url) {
        return Json.object("id", String.valueOf(id), "method", "GET", "url", url);
    }

    private static List<Map<String, Object>> batch(GraphClient client, String url, int number) {
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            parts.add(part(i, url));
        }
        return Json.children(
                client.post("/$batch", Json.object("requests", parts)).json(), "responses");
    }

    @Test
    void countsAndThrottlesEachPartOfABatch() {
        World world = new World(GraphLimits.published().withMailbox(15, 4));

        List<Map<String, Object>> responses = batch(world.client, world.inbox(), 20);

        assertThat(responses).extracting(each -> each.get("status")).containsOnly(200, 429);
        assertThat(responses)
                .filteredOn(each -> each.get("status").equals(429))
                .hasSize(5)
                .allSatisfy(each -> {
                    assertThat(Json.child(each, "headers")).containsEntry("Retry-After", "600");
                    assertThat(Json.child(Json.child(each, "body"), "error"))
                            .containsEntry("code", "ApplicationThrottled");
                });
        GraphLedger ledger = world.simulator.ledger();
        assertThat(ledger.count("mailFolder.get")).isEqualTo(20);
        assertThat(ledger.totals().throttled()).isEqualTo(5);
        assertThat(ledger.totals().insideFence())
                .as("parts that were sent before anybody was told to wait")
                .isZero();
        assertThat(ledger.mostAtOnce()).containsEntry(world.ada.id(), 4);
    }

    @Test
    void notesWhoComesBeforeTheTimeThatItWasAskedToWait() {
        World world = new World(GraphLimits.published().withMailbox(3, 4));
        for (int i = 0; i < 3; i++) {
            assertThat(world.client.get(world.inbox()).status()).isEqualTo(200);
        }
        GraphClient.Answer refused = world.client.get(world.inbox());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(world.simulator.ledger().totals().insideFence()).isZero();

        world.client.get(world.inbox());
        assertThat(world.simulator.ledger().totals().insideFence()).isEqualTo(1);
        world.time.sleep(Duration.ofSeconds(
                Long.parseLong(refused.fields().first("Retry-After").orElseThrow())));

        assertThat(world.client.get(world.inbox()).status()).isEqualTo(200);
        assertThat(world.simulator.ledger().totals().insideFence()).isEqualTo(1);
    }

    @Test
    void doesNotBlameOthersBeforeWhoeverWasToldToWaitIsBack() throws Exception {
        World world = new World(GraphLimits.published().withMailbox(1, 4));
        Runnable ask = () -> world.client.get(world.inbox());
        ask.run();
        ask.run();

        inAnotherThread(ask);
        assertThat(world.simulator.ledger().totals().insideFence())
                .as("by then nobody else could know")
                .isZero();
        world.client.get("/users");
        inAnotherThread(ask);
        assertThat(world.simulator.ledger().totals().insideFence()).isEqualTo(1);
    }

    private static void inAnotherThread(Runnable work) throws InterruptedException {
        Thread other = new Thread(work);
        other.start();
        other.join();
    }

    @Test
    void strikesABatchAsAWhole() {
        World world = new World();
        world.simulator.strike(
                FaultRule.of(GraphFault.GATEWAY_TIMEOUT).on("batch").times(1));
        Map<String, Object> create = Json.object(
                "id",
                "1",
                "method",
                "POST",
                "url",
                world.inbox() + "/childFolders",
                "headers",
                Json.object("Content-Type", "application/json"),
                "body",
                Json.object("displayName", "made"));

        assertThat(world.client
                        .post("/$batch", Json.object("requests", List.of(create)))
                        .status())
                .isEqualTo(504);
        assertThat(world.mailbox.inbox().folders()).isEmpty();
        assertThat(world.client
                        .post("/$batch", Json.object("requests", List.of(create)))
                        .status())
                .isEqualTo(200);
        assertThat(world.mailbox.inbox().folders())
                .extracting(GraphFolder::displayName)
                .containsExactly("made");
        world.simulator.expireAccessTokens();
        assertThat(world.client
                        .post("/$batch", Json.object("requests", List.of(create)))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void chargesDrivesForWhatItRefuses() {
        TestTime time = new TestTime();
        Turnstile turnstile =
                new Turnstile(new BudgetBook(time), GraphLimits.published().withDrives(10, 1000));
        Turnstile.Ticket ticket = new Turnstile.Ticket(Service.SHAREPOINT, "key", "", 5, 0, turnstile.arrive());
        assertThat(turnstile.enter(ticket)).isEmpty();
        assertThat(turnstile.enter(ticket)).isEmpty();
        time.sleep(Duration.ofSeconds(30));
        assertThat(turnstile.enter(ticket))
                .get()
                .extracting(GraphError::code, GraphError::inner)
                .containsExactly("activityLimitReached", "throttledRequest");
        time.sleep(Duration.ofSeconds(30));

        assertThat(turnstile.enter(ticket)).isEmpty();
        assertThat(turnstile.enter(ticket))
                .as("the refused request counts as well")
                .isPresent();
    }

    @Test
    void pricesDirectoryRequestsByTheirQuery() {
        World world = new World();

        assertThat(world.client.get("/users").fields().first("x-ms-resource-unit"))
                .contains("2");
        assertThat(world.client.get("/users?$select=id&$top=10").fields().first("x-ms-resource-unit"))
                .contains("1");
    }

    @Test
    void refusesABatchThatIsNone() {
        World world = new World();

        assertThat(world.client
                        .post("/$batch", Json.object("requests", List.of()))
                        .status())
                .isEqualTo(400);
        assertThat(world.client
                        .post("/$batch", Json.object("requests", List.of(part(1, "/$batch"))))
                        .status())
                .isEqualTo(400);
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            many.add(part(i, "/users"));
        }
        assertThat(world.client.post("/$batch", Json.object("requests", many)).status())
                .isEqualTo(400);
    }

    @Test
    void failsWhatDependsOnAFailure() {
        World world = new World();
        Map<String, Object> second = part(2, world.inbox());
        second.put("dependsOn", List.of("1"));

        GraphClient.Answer answer =
                world.client.post("/$batch", Json.object("requests", List.of(part(1, "/users/nobody"), second)));

        assertThat(Json.children(answer.json(), "responses"))
                .extracting(each -> each.get("status"))
                .containsExactly(404, 424);
    }

    @Test
    void letsFourRequestsIntoAMailboxAtTheSameTime() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(4);
        CountDownLatch done = new CountDownLatch(1);
        TimeSource time = new TimeSource() {
            @Override
            public Instant now() {
                return Instant.parse("2026-11-02T08:00:00Z");
            }

            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                if (duration.isZero()) {
                    return;
                }
                inside.countDown();
                done.await();
            }
        };
        GraphTenant tenant = GraphTenant.builder(time, "contoso.example").build();
        tenant.consent(GraphApp.of(GraphClient.APP, GraphClient.SECRET, GraphApp.MAIL_ROLES));
        GraphUser ada = tenant.addUser("ada", "Ada");
        GraphSimulator simulator = GraphSimulator.builder(time)
                .tenant(tenant)
                .latency(Duration.ofMillis(1))
                .build();
        GraphClient client = new GraphClient(simulator, tenant).signIn();
        HttpFields fields = client.authorized().with("User-Agent", "x");
        PeerRequest request =
                new PeerRequest("GET", "/v1.0/users/" + ada.id() + "/mailFolders/inbox", fields, new byte[0]);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> simulator.reply(request, Origins.GLOBAL));
            thread.start();
            threads.add(thread);
        }
        inside.await();

        Reply fifth = simulator.reply(request, Origins.GLOBAL);

        done.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(fifth.status()).isEqualTo(429);
        assertThat(simulator.ledger().totals().served()).isEqualTo(4);
        assertThat(simulator.ledger().mostAtOnce()).containsEntry(ada.id(), 4);
    }

    @Test
    void writesAndThenFails() {
        World world = new World();
        world.simulator.strike(FaultRule.of(GraphFault.GATEWAY_TIMEOUT)
                .on("mailFolder.create")
                .times(1)
                .afterwards());

        assertThat(world.client
                        .post(world.inbox() + "/childFolders", Json.object("displayName", "x"))
                        .status())
                .isEqualTo(504);
        assertThat(world.client
                        .post(world.inbox() + "/childFolders", Json.object("displayName", "x"))
                        .code())
                .isEqualTo("ErrorFolderExists");
    }

    @Test
    void strikesWhatARuleIsAbout() {
        World world = new World();
        world.simulator.strike(FaultRule.of(GraphFault.MAILBOX_MOVES).about(world.ada.id()));
        GraphUser bob = world.tenant.addUser("bob", "Bob");

        assertThat(world.client.get(world.inbox()).code()).isEqualTo("ErrorMailboxMoveInProgress");
        assertThat(world.client.get("/users/" + bob.id() + "/mailFolders/inbox").status())
                .isEqualTo(200);
        world.simulator.calm();
        assertThat(world.client.get(world.inbox()).status()).isEqualTo(200);
    }

    @Test
    void hasAnAnswerForEachFault() {
        World world = new World();
        for (GraphFault fault : GraphFault.values()) {
            Reply struck = fault.strike(Reply.json(200, "{\"value\":[]}"), world.time.now());

            assertThat(struck.status() >= 400
                            || !struck.flaw().equals(Reply.of(200).flaw())
                            || !struck.body().equals(Reply.of(200).body()))
                    .as("%s", fault)
                    .isTrue();
        }
    }

    @Test
    void booksWhatAClientMustNotDo() {
        World world = new World();
        String user = "/users/" + world.ada.id();
        world.client.post(user + "/sendMail", Json.object("message", Json.object()));
        world.client.get("https://graph.microsoft.com/beta/users");
        world.client.send("GET", "/users", new byte[0], HttpFields.none());
        String id = world.client
                .post(world.inbox() + "/messages", Json.object("subject", "x"))
                .text("id");
        String url = world.client
                .post(
                        user + "/messages/" + id + "/attachments/createUploadSession",
                        Json.object("AttachmentItem", Json.object("name", "n", "size", 4_000_000)))
                .text("uploadUrl");
        world.client.get(url);

        assertThat(world.simulator.ledger().violations())
                .extracting(GraphViolation::kind)
                .containsExactly(
                        GraphViolation.Kind.WOULD_SEND,
                        GraphViolation.Kind.BETA,
                        GraphViolation.Kind.NO_REQUEST_ID,
                        GraphViolation.Kind.NO_USER_AGENT,
                        GraphViolation.Kind.TOKEN_LEAKED);
        assertThat(world.simulator.ledger().violations().toString()).doesNotContain("tempauth");
    }
}
