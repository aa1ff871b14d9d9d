// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.identity.Credential;
import io.holdfast.identity.TokenAnswer;
import io.holdfast.identity.TokenSource;
import io.holdfast.identity.TokenSources;
import io.holdfast.pacing.Admission;
import io.holdfast.pacing.Answer;
import io.holdfast.pacing.Cost;
import io.holdfast.pacing.Limit;
import io.holdfast.pacing.Meter;
import io.holdfast.pacing.PacedRequest;
import io.holdfast.pacing.Pacer;
import io.holdfast.pacing.PacingProfile;
import io.holdfast.pacing.Permit;
import io.holdfast.pacing.Priority;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.retry.Breakers;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.SteppedTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tenants of one process that share a cloud, with all of pacing, breakers, identity and health between them and the service. */
final class FiftyTenantsTest {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration LENGTH = Duration.ofMinutes(20);
    private static final int LATENCY_STEPS = 3;
    private static final String THROTTLED = "throttled";
    private static final String DEAD = "dead";
    private static final String DOWN = "down";

    /** One process with its tenants, in steps of a tenth of a second. */
    private static final class Process {
        private final SteppedTime time = new SteppedTime();
        private final List<HealthEvent> heard = new ArrayList<>();
        private final HealthBoard health =
                HealthBoard.builder(time).listener(heard::add).build();
        private final Pacer pacer = Pacer.builder(time, SteppedTime.seeded(1))
                .profile(PacingProfile.builder()
                        .limit(ScopeLevel.CLOUD, new Limit.Rate(Meter.REQUESTS, 50 * 300, Duration.ofMinutes(1)))
                        .limit("mail", ScopeLevel.RESOURCE, new Limit.Rate(Meter.REQUESTS, 300, Duration.ofMinutes(1)))
                        .build())
                .build();
        private final Breakers breakers = Breakers.builder(time, SteppedTime.seeded(2))
                .listener(health::breaker)
                .build();
        private final TokenSources tokens = TokenSources.builder(time, SteppedTime.seeded(3), Runnable::run)
                .pacer(pacer)
                .breakers(breakers)
                .listener(health::identity)
                .build();
        private final List<Tenant> tenants = new ArrayList<>();
        private int refusedCredentials;

        private void add(String name) {
            tenants.add(new Tenant(this, name));
        }

        private void run() throws InterruptedException {
            while (time.passed().compareTo(LENGTH) < 0) {
                time.pass(STEP);
                for (Tenant tenant : tenants) {
                    tenant.step();
                }
                if (time.passed().toMillis() % 1000 == 0) {
                    health.drive();
                }
            }
        }

        private TokenAnswer identity(String tenant) {
            if (tenant.equals(DEAD)) {
                refusedCredentials++;
                return new TokenAnswer.Rejected("AADSTS7000222", "Make a new secret.");
            }
            return new TokenAnswer.Granted("t", Duration.ofHours(1), Optional.empty());
        }
    }

    /** Sends as fast as it is let, four requests at a time. */
    private static final class Tenant {
        private final Process process;
        private final String name;
        private final Scope mailbox;
        private final TokenSource tokens;
        private final ArrayDeque<Sent> underWay = new ArrayDeque<>();
        private long steps;
        private int served;
        private int sent;

        private record Sent(long step, Permit permit, Breakers.Pass pass) {}

        private Tenant(Process process, String name) {
            this.process = process;
            this.name = name;
            Scope application = Scope.provider("m365")
                    .within(ScopeLevel.CLOUD, "global")
                    .within(ScopeLevel.TENANT, name)
                    .within(ScopeLevel.APPLICATION, "backup");
            this.mailbox = application.within(ScopeLevel.POOL, "mail").within(ScopeLevel.RESOURCE, "one");
            Credential credential = Credential.secret("s".toCharArray(), Optional.empty());
            this.tokens = process.tokens.of(application, () -> credential, request -> process.identity(name));
        }

        private void step() throws InterruptedException {
            steps++;
            while (!underWay.isEmpty() && steps - underWay.getFirst().step() >= LATENCY_STEPS) {
                answer(underWay.removeFirst());
            }
            while (underWay.size() < 4 && send()) {
                sent++;
            }
        }

        private boolean send() throws InterruptedException {
            try {
                assertThat(tokens.token("graph").value()).isEqualTo("t");
            } catch (FailureException e) {
                return false;
            }
            if (!(process.breakers.enter(mailbox) instanceof Breakers.Pass pass)) {
                return false;
            }
            PacedRequest request = new PacedRequest(mailbox, "mail.list", Cost.request(1), Priority.BACKUP);
            if (process.pacer.admit(request, Duration.ZERO) instanceof Admission.Admitted admitted) {
                underWay.addLast(new Sent(steps, admitted.permit(), pass));
                return true;
            }
            pass.close();
            return false;
        }

        private void answer(Sent request) {
            try (Permit permit = request.permit();
                    Breakers.Pass pass = request.pass()) {
                if (name.equals(THROTTLED)) {
                    permit.answered(new Answer.Throttled(ScopeLevel.TENANT, Optional.of(Duration.ofSeconds(5))));
                    pass.failed(new Failure(FailureCategory.THROTTLED, "429", Optional.of(Duration.ofSeconds(5))));
                    process.health.request(mailbox, RequestFate.THROTTLED);
                } else if (name.equals(DOWN)) {
                    permit.answered(new Answer.Lost());
                    pass.failed(Failure.of(FailureCategory.PATH_LOSS, "reset"));
                    process.health.request(mailbox, RequestFate.FAILED);
                } else {
                    permit.answered(new Answer.Served(permit.request().cost(), Optional.empty()));
                    pass.succeeded();
                    process.health.request(mailbox, RequestFate.SERVED);
                    served++;
                }
            }
        }
    }

    @Test
    void oneThatIsThrottledOneWithADeadCredentialAndOneWithABadPathSlowNoneOfTheOthers() throws Exception {
        Process alone = new Process();
        alone.add("tenant 0");
        alone.run();
        Process together = new Process();
        List.of(THROTTLED, DEAD, DOWN).forEach(together::add);
        for (int i = 0; i < 47; i++) {
            together.add("tenant " + i);
        }

        together.run();

        int usual = alone.tenants.get(0).served;
        System.out.printf(
                Locale.ROOT,
                "the slowest of 47 tenants: %.2f %% of what one alone gets; a dead credential: %d token requests%n",
                100.0
                        * together.tenants.subList(3, 50).stream()
                                .mapToInt(tenant -> tenant.served)
                                .min()
                                .orElseThrow()
                        / usual,
                together.refusedCredentials);
        assertThat(usual).as("requests in twenty minutes").isGreaterThan(5500);
        assertThat(together.tenants.subList(3, 50))
                .allSatisfy(tenant -> assertThat(tenant.served).isGreaterThanOrEqualTo((int) (0.99 * usual)));
        assertThat(together.refusedCredentials).as("of the dead credential").isLessThanOrEqualTo(1);
        assertThat(together.tenants.get(2).sent).as("over the bad path").isLessThan(30);

        Set<Scope> troubled = new HashSet<>();
        together.heard.forEach(event -> troubled.add(event.tenant()));
        assertThat(troubled)
                .extracting(Scope::name)
                .as("of whom health tells")
                .containsExactlyInAnyOrder(THROTTLED, DEAD, DOWN);
        assertThat(levelOf(together, DEAD, Aspect.IDENTITY)).isEqualTo(HealthLevel.CRITICAL);
        assertThat(levelOf(together, DOWN, Aspect.BREAKERS)).isEqualTo(HealthLevel.DEGRADED);
        assertThat(levelOf(together, THROTTLED, Aspect.THROTTLING)).isEqualTo(HealthLevel.CRITICAL);
    }

    private static HealthLevel levelOf(Process process, String tenant, Aspect aspect) {
        return process.health.all().stream()
                .filter(each -> each.tenant().name().equals(tenant))
                .findFirst()
                .orElseThrow()
                .aspects()
                .get(aspect)
                .level();
    }
}
