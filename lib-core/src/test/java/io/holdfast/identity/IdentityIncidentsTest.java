// SPDX-License-Identifier: Apache-2.0
package io.holdfast.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Public incidents of identity services, replayed: what counts is how often the service is asked, and that all sessions go on. */
final class IdentityIncidentsTest {
    private static final Duration LENGTH = Duration.ofHours(6);
    private static final Duration FROM = Duration.ofMinutes(50);
    private static final Duration UNTIL = Duration.ofMinutes(110);

    /** A session that asks for a token every ten seconds, and waits when it is told to. */
    private static final class Session {
        private final TokenSource source;
        private Duration next;
        private Duration waited = Duration.ZERO;
        private Duration lastWorked = Duration.ZERO;
        private int failures;

        private Session(TokenSource source, Duration next) {
            this.source = source;
            this.next = next;
        }

        private void step(Duration now) {
            if (now.compareTo(next) < 0) {
                return;
            }
            try {
                assertThat(source.token("service").value()).startsWith("token");
                next = now.plusSeconds(10);
                lastWorked = now;
            } catch (FailureException e) {
                failures += e.failure().category() == FailureCategory.IDENTITY_OUTAGE ? 0 : 1;
                Duration wait = e.failure().retryAfter().orElseThrow();
                next = now.plus(wait);
                waited = waited.plus(wait);
            }
        }
    }

    private static List<Session> run(SteppedTime time, SimulatedIdentity service, int sessions, int tenants) {
        TokenSources sources =
                TokenSources.builder(time, SteppedTime.seeded(5), Runnable::run).build();
        Credential credential = Credential.secret("s".toCharArray(), Optional.empty());
        List<Session> all = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            TokenSource source =
                    sources.of(SimulatedIdentity.application("t" + i % tenants), () -> credential, service);
            all.add(new Session(source, Duration.ofMillis(i * 37L)));
        }
        while (time.passed().compareTo(LENGTH) < 0) {
            time.pass(Duration.ofSeconds(5));
            all.forEach(session -> session.step(time.passed()));
        }
        return all;
    }

    private static long normal(int sessions, int tenants) {
        SteppedTime time = new SteppedTime();
        SimulatedIdentity service = new SimulatedIdentity(time, 7);
        run(time, service, sessions, tenants);
        return service.requests.size();
    }

    @ParameterizedTest(name = "{0} sessions of {1} tenants, Retry-After of {2} s")
    @CsvSource({"500, 500, 60", "500, 50, 60", "500, 500, 10", "500, 500, 0", "500, 5, 60"})
    void tokensThatExpireWhileTheServiceThrottlesDoNotMultiplyItsRequests(int sessions, int tenants, long retryAfter) {
        long normal = normal(sessions, tenants);
        SteppedTime time = new SteppedTime();
        SimulatedIdentity service = new SimulatedIdentity(time, 7)
                .throttling(
                        FROM, UNTIL, Optional.of(Duration.ofSeconds(retryAfter)).filter(wait -> !wait.isZero()));

        List<Session> all = run(time, service, sessions, tenants);

        assertThat(all).allSatisfy(session -> {
            assertThat(session.failures).isZero();
            assertThat(session.lastWorked).isGreaterThan(LENGTH.minusSeconds(30));
        });
        assertThat(service.refusedForNumber).as("the incident was felt").isPositive();
        long waits = UNTIL.minus(FROM).toSeconds() / Math.max(10, retryAfter == 0 ? 60 : retryAfter);
        assertThat(service.refusedForNumber)
                .as("one probe for each wait at most")
                .isLessThanOrEqualTo((int) waits + 1);
        System.out.printf(
                Locale.ROOT,
                "%d sessions of %d tenants, Retry-After of %d s: %d token requests, %.2f times normal%n",
                sessions,
                tenants,
                retryAfter,
                service.requests.size(),
                (double) service.requests.size() / normal);
        if (tenants >= 50) {
            assertThat((double) service.requests.size()).isLessThanOrEqualTo(1.2 * normal);
        }
    }

    @Test
    void aCallerThatAsksAgainAtOnceWouldMultiplyThem() {
        SteppedTime time = new SteppedTime();
        SimulatedIdentity service = new SimulatedIdentity(time, 7).throttling(FROM, UNTIL, Optional.empty());
        Credential credential = Credential.secret("s".toCharArray(), Optional.empty());
        Duration[] valid = new Duration[50];
        while (time.passed().compareTo(LENGTH) < 0) {
            time.pass(Duration.ofSeconds(10));
            for (int i = 0; i < valid.length; i++) {
                if (valid[i] == null || valid[i].compareTo(time.passed()) < 0) {
                    TokenAnswer answer = service.ask(new TokenRequest(
                            SimulatedIdentity.application("t" + i), "service", credential, Optional.empty()));
                    valid[i] = answer instanceof TokenAnswer.Granted granted
                            ? time.passed().plus(granted.expiresIn())
                            : null;
                }
            }
        }

        long normalInTheIncident = 50;
        assertThat(service.requestsBetween(FROM, UNTIL)).isGreaterThan(15 * normalInTheIncident);
    }

    @Test
    void anOutageShorterThanWhatTokensHaveLeftIsNoticedByNobody() {
        SteppedTime time = new SteppedTime();
        SimulatedIdentity service = new SimulatedIdentity(time, 7).out(Duration.ofMinutes(40), Duration.ofMinutes(55));

        List<Session> all = run(time, service, 500, 100);

        assertThat(service.refusedForNumber).as("renewals met the outage").isPositive();
        assertThat(all).allSatisfy(session -> assertThat(session.waited).isZero());
    }

    @Test
    void aLongOutageIsProbedByOneForAllAndEverybodyGoesOnAfterIt() {
        SteppedTime time = new SteppedTime();
        Duration end = Duration.ofMinutes(170);
        SimulatedIdentity service = new SimulatedIdentity(time, 7).out(Duration.ofMinutes(50), end);

        List<Session> all = run(time, service, 500, 100);

        assertThat(service.requestsBetween(Duration.ofMinutes(50), end)).isLessThan(100);
        assertThat(all).allSatisfy(session -> {
            assertThat(session.failures).isZero();
            assertThat(session.lastWorked).isGreaterThan(LENGTH.minusSeconds(30));
        });
        assertThat(service.requestsBetween(end, end.plusMinutes(20)))
                .as("all have a token again soon")
                .isGreaterThanOrEqualTo(100);
    }

    @Test
    void aDeadCredentialCostsThreeRequestsAnHourAtMostAndNobodyElse() {
        SteppedTime time = new SteppedTime();
        SimulatedIdentity service = new SimulatedIdentity(time, 7);
        Credential dead = Credential.secret("dead".toCharArray(), Optional.empty());
        Credential good = Credential.secret("good".toCharArray(), Optional.empty());
        service.refused.add(dead);
        TokenSources sources =
                TokenSources.builder(time, SteppedTime.seeded(5), Runnable::run).build();
        List<TokenSource> tenants = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Credential credential = i == 13 ? dead : good;
            tenants.add(sources.of(SimulatedIdentity.application("t" + i), () -> credential, service));
        }
        int refusals = 0;
        while (time.passed().compareTo(LENGTH) < 0) {
            for (int i = 0; i < tenants.size(); i++) {
                for (String audience : List.of("graph", "sharepoint", "other", "another")) {
                    try {
                        assertThat(tenants.get(i).token(audience).value()).startsWith("token");
                        assertThat(i).isNotEqualTo(13);
                    } catch (FailureException e) {
                        assertThat(i).isEqualTo(13);
                        assertThat(e.failure().category()).isEqualTo(FailureCategory.CREDENTIAL_REJECTED);
                        assertThat(e).hasMessageContaining("AADSTS7000215").hasMessageContaining("new client secret");
                        refusals++;
                    }
                }
            }
            time.pass(Duration.ofSeconds(30));
        }

        assertThat(refusals).isEqualTo(4 * (int) LENGTH.dividedBy(Duration.ofSeconds(30)));
        assertThat(service.asked("t13")).isBetween(2, 3 * 6);
    }
}
