// SPDX-License-Identifier: Apache-2.0
package io.holdfast.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.pacing.Admission;
import io.holdfast.pacing.Cost;
import io.holdfast.pacing.PacedRequest;
import io.holdfast.pacing.Pacer;
import io.holdfast.pacing.Priority;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.pacing.Spending;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.SteppedTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TokenSourceTest {
    private static final Scope APPLICATION = SimulatedIdentity.application("a");

    private final SteppedTime time = new SteppedTime();
    private final List<IdentityEvent> heard = new ArrayList<>();
    private final ArrayDeque<Runnable> background = new ArrayDeque<>();
    private final ArrayDeque<TokenAnswer> answers = new ArrayDeque<>();
    private final List<TokenRequest> requests = new ArrayList<>();
    private Credential credential = Credential.secret("first".toCharArray(), Optional.empty());
    private final TokenSources sources = TokenSources.builder(time, SteppedTime.seeded(1), background::add)
            .listener(heard::add)
            .build();
    private final TokenSource source = sources.of(APPLICATION, () -> credential, this::answer);

    private TokenAnswer answer(TokenRequest request) {
        requests.add(request);
        TokenAnswer next = answers.poll();
        return next == null ? granted("token " + requests.size()) : next;
    }

    private static TokenAnswer granted(String value) {
        return new TokenAnswer.Granted(value, Duration.ofHours(1), Optional.empty());
    }

    private String token() {
        return source.token("graph").value();
    }

    private FailureException failure() {
        FailureException error = catchThrowableOfType(FailureException.class, this::token);
        assertThat(error).isNotNull();
        return error;
    }

    private void runBackground() {
        while (!background.isEmpty()) {
            background.poll().run();
        }
    }

    @Test
    void asksOnceAndKeepsTheTokenForItsAudience() {
        assertThat(token()).isEqualTo("token 1");
        assertThat(token()).isEqualTo("token 1");
        assertThat(source.token("sharepoint").value()).isEqualTo("token 2");

        assertThat(requests).extracting(TokenRequest::audience).containsExactly("graph", "sharepoint");
    }

    @Test
    void renewsInTheBackgroundAndUsesTheOldTokenMeanwhile() {
        token();
        time.pass(Duration.ofMinutes(58));

        assertThat(token()).isEqualTo("token 1");
        assertThat(token()).isEqualTo("token 1");
        assertThat(background).hasSize(1);
        runBackground();

        assertThat(token()).isEqualTo("token 2");
        assertThat(requests).hasSize(2);
    }

    @Test
    void spreadsTheRenewalsOfTokensThatWereObtainedTogether() {
        TokenSources many =
                TokenSources.builder(time, SteppedTime.seeded(2), Runnable::run).build();
        AtomicInteger asked = new AtomicInteger();
        List<TokenSource> tenants = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            tenants.add(many.of(SimulatedIdentity.application("t" + i), () -> credential, request -> {
                asked.incrementAndGet();
                return granted("token");
            }));
        }
        int most = 0;
        for (int minute = 0; minute < 59; minute++) {
            int before = asked.get();
            tenants.forEach(tenant -> tenant.token("graph"));
            most = minute == 0 ? 0 : Math.max(most, asked.get() - before);
            time.pass(Duration.ofMinutes(1));
        }

        assertThat(asked.get()).isEqualTo(2000);
        assertThat(most).as("renewals in the worst minute").isLessThan(120);
    }

    @Test
    void usesAValidTokenThroughAnOutageAndAsksAgainLaterAndLater() {
        token();
        time.pass(Duration.ofMinutes(46));
        for (int i = 0; i < 100; i++) {
            answers.add(new TokenAnswer.Unavailable("503", "down"));
        }
        for (int second = 0; second < 12 * 60; second++) {
            assertThat(token()).isEqualTo("token 1");
            runBackground();
            time.pass(Duration.ofSeconds(1));
        }

        assertThat(requests.size() - 1).isBetween(3, 6);
    }

    @Test
    void saysWhenToComeBackIfThereIsNoValidToken() {
        answers.add(new TokenAnswer.Throttled(ScopeLevel.APPLICATION, Optional.of(Duration.ofSeconds(90)), "429"));

        FailureException first = failure();
        FailureException second = failure();

        assertThat(first.failure().category()).isEqualTo(FailureCategory.IDENTITY_OUTAGE);
        assertThat(first.failure().retryAfter().orElseThrow())
                .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(113));
        assertThat(second.failure().code()).isEqualTo("429");
        assertThat(requests).hasSize(1);
        time.pass(first.failure().retryAfter().orElseThrow());
        assertThat(token()).isEqualTo("token 2");
    }

    @Test
    void heedsForAllTenantsWhatTheServiceCountsByAddress() {
        answers.add(new TokenAnswer.Throttled(ScopeLevel.CLOUD, Optional.empty(), "429"));
        TokenSource other = sources.of(SimulatedIdentity.application("b"), () -> credential, this::answer);

        failure();
        FailureException held = catchThrowableOfType(FailureException.class, () -> other.token("graph"));

        assertThat(held.failure().retryAfter().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
        assertThat(requests).hasSize(1);
    }

    @Test
    void stopsTheTenantWhenTheCredentialIsRefusedAndOnlyThatTenant() {
        TokenSource other = sources.of(SimulatedIdentity.application("b"), () -> credential, this::answer);
        source.token("sharepoint");
        answers.add(new TokenAnswer.Rejected("AADSTS7000222", "Make a new client secret."));

        assertThat(failure().failure().category()).isEqualTo(FailureCategory.CREDENTIAL_REJECTED);
        time.pass(Duration.ofMinutes(5));

        assertThat(failure()).hasMessageContaining("Make a new client secret.");
        assertThat(catchThrowableOfType(FailureException.class, () -> source.token("sharepoint")))
                .as("a token that is still valid is not used any more")
                .isNotNull();
        assertThat(source.isRejected()).isTrue();
        assertThat(other.token("graph").value()).isEqualTo("token 3");
        assertThat(requests).hasSize(3);
    }

    @Test
    void goesOnWithoutARestartWhenTheHostRotatesTheCredential() {
        answers.add(new TokenAnswer.Rejected("invalid_client", "Renew it."));
        failure();
        credential = Credential.secret("second".toCharArray(), Optional.empty());
        time.pass(Duration.ofSeconds(11));

        assertThat(token()).isEqualTo("token 2");
        assertThat(source.isRejected()).isFalse();
        assertThat(heard)
                .extracting(IdentityEvent::kind)
                .containsExactly(
                        IdentityEvent.Kind.REJECTED, IdentityEvent.Kind.CREDENTIAL_CHANGED, IdentityEvent.Kind.GRANTED);
    }

    @Test
    void looksAfterAnHourWhetherARefusedCredentialWorksAgain() {
        answers.add(new TokenAnswer.Rejected("AADSTS700016", "Consent."));
        failure();
        time.pass(Duration.ofMinutes(61));

        assertThat(token()).isEqualTo("token 2");
    }

    @Test
    void refusesOneAudienceWithoutStoppingTheTenant() {
        answers.add(new TokenAnswer.Denied("invalid_grant", "no such user"));

        FailureException denied = catchThrowableOfType(FailureException.class, () -> source.token("gone@example.com"));
        FailureException again = catchThrowableOfType(FailureException.class, () -> source.token("gone@example.com"));

        assertThat(again.failure()).isEqualTo(denied.failure());
        assertThat(denied.failure().category()).isEqualTo(FailureCategory.PERMISSION_MISSING);
        assertThat(token()).isEqualTo("token 2");
        assertThat(requests).hasSize(2);
    }

    @Test
    void replacesARefusedTokenOnceForAllWhoComplain() {
        AccessToken refused = source.token("graph");
        time.pass(Duration.ofMinutes(5));

        AccessToken next = source.replace("graph", refused, Optional.empty());

        assertThat(next.value()).isEqualTo("token 2");
        assertThat(source.replace("graph", refused, Optional.empty())).isSameAs(next);
        assertThat(requests).hasSize(2);
    }

    @Test
    void doesNotReplaceAYoungTokenUnlessSomethingNewIsDemanded() {
        AccessToken young = source.token("graph");

        FailureException waits =
                catchThrowableOfType(FailureException.class, () -> source.replace("graph", young, Optional.empty()));
        source.replace("graph", young, Optional.of("{claims}"));

        assertThat(waits.failure().category()).isEqualTo(FailureCategory.TRANSIENT);
        assertThat(requests)
                .extracting(TokenRequest::claims)
                .containsExactly(Optional.empty(), Optional.of("{claims}"));
    }

    @Test
    void aServiceThatAcceptsNoTokenDoesNotWearTheIdentityServiceOut() {
        AccessToken token = source.token("graph");
        while (time.passed().compareTo(Duration.ofHours(6)) < 0) {
            try {
                token = source.replace("graph", token, Optional.of("{the same}"));
                time.pass(Duration.ofSeconds(1));
            } catch (FailureException e) {
                time.pass(e.failure().retryAfter().orElseThrow());
            }
        }

        assertThat(requests.size()).isLessThan(6 * 4 + 6);
    }

    @Test
    void aRefusedCredentialIsProbedEvenIfAnotherTokenIsStillValid() {
        source.token("sharepoint");
        answers.add(new TokenAnswer.Rejected("AADSTS700016", "Consent."));
        failure();
        time.pass(Duration.ofMinutes(61));
        answers.add(new TokenAnswer.Rejected("AADSTS700016", "Consent."));

        FailureException still = catchThrowableOfType(FailureException.class, () -> source.token("sharepoint"));

        assertThat(still.failure().category()).isEqualTo(FailureCategory.CREDENTIAL_REJECTED);
        assertThat(requests).hasSize(3);
    }

    @Test
    void aSupplierThatFailsAfterARefusalHasNothingNew() {
        boolean[] sealed = {false};
        TokenSource refused = sources.of(
                SimulatedIdentity.application("b"),
                () -> {
                    if (sealed[0]) {
                        throw new IllegalStateException("vault sealed");
                    }
                    return credential;
                },
                request -> new TokenAnswer.Rejected("invalid_client", "Renew it."));
        assertThat(catchThrowableOfType(FailureException.class, () -> refused.token("graph")))
                .isNotNull();
        sealed[0] = true;
        time.pass(Duration.ofSeconds(11));

        assertThat(catchThrowableOfType(FailureException.class, () -> refused.token("graph"))
                        .failure()
                        .category())
                .isEqualTo(FailureCategory.CREDENTIAL_REJECTED);
    }

    @Test
    void waitsOfTheIdentityServiceHoldUpNothingThatAValidTokenOpens() throws Exception {
        Pacer pacer = Pacer.builder(time, SteppedTime.seeded(4)).build();
        TokenSource paced = TokenSources.builder(time, SteppedTime.seeded(1), Runnable::run)
                .pacer(pacer)
                .build()
                .of(APPLICATION, () -> credential, this::answer);
        answers.add(new TokenAnswer.Throttled(ScopeLevel.CLOUD, Optional.of(Duration.ofMinutes(10)), "429"));
        assertThat(catchThrowableOfType(FailureException.class, () -> paced.token("graph")))
                .isNotNull();

        Admission mail = pacer.admit(
                new PacedRequest(
                        APPLICATION.within(ScopeLevel.POOL, "mail"), "mail.list", Cost.request(1), Priority.BACKUP),
                Duration.ZERO);

        assertThat(mail).isInstanceOf(Admission.Admitted.class);
        assertThat(pacer.spending())
                .extracting(Spending::operation, Spending::throttled)
                .contains(tuple("identity.token", 1L));
    }

    @Test
    void tellsAheadThatACredentialEndsAtEachThresholdOnce() {
        credential = Credential.secret("first".toCharArray(), Optional.of(SteppedTime.START.plus(Duration.ofDays(40))));
        Set<Long> daysAhead = new HashSet<>();
        int told = 0;
        for (int hour = 0; hour < 24 * 42; hour += 2) {
            int before = heard.size();
            token();
            runBackground();
            for (IdentityEvent event : heard.subList(before, heard.size())) {
                if (event.kind() == IdentityEvent.Kind.CREDENTIAL_EXPIRES) {
                    told++;
                    daysAhead.add(40 - time.passed().toDays());
                }
            }
            time.pass(Duration.ofHours(2));
        }

        assertThat(told).isEqualTo(6);
        assertThat(daysAhead).containsExactlyInAnyOrder(30L, 14L, 7L, 3L, 1L, 0L);
    }

    @Test
    void takesWhatAnEndpointOrSupplierThrowsForAnOutage() {
        TokenSource broken = sources.of(SimulatedIdentity.application("b"), () -> credential, request -> {
            throw new IllegalStateException("no route");
        });
        TokenSource keyless = sources.of(
                SimulatedIdentity.application("c"),
                () -> {
                    throw new IllegalStateException("vault sealed");
                },
                this::answer);

        assertThat(catchThrowableOfType(FailureException.class, () -> broken.token("graph"))
                        .failure()
                        .category())
                .isEqualTo(FailureCategory.IDENTITY_OUTAGE);
        assertThat(catchThrowableOfType(FailureException.class, () -> keyless.token("graph"))
                        .failure()
                        .code())
                .isEqualTo("credential");
    }

    @Test
    void printsNothingSecret() {
        AccessToken token = source.token("graph");

        assertThat(String.valueOf(token)).doesNotContain("token 1");
        assertThat(requests.get(0).toString()).doesNotContain("first");
        assertThat(granted("hidden").toString()).doesNotContain("hidden");
        assertThat(heard.toString()).doesNotContain("token 1");
    }

    @Test
    void refusesAnApplicationWithoutATenant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sources.of(Scope.provider("m365"), () -> credential, this::answer))
                .withMessageContaining("m365");
        assertThatIllegalArgumentException().isThrownBy(() -> Credential.secret(new char[0], Optional.empty()));
    }

    @Test
    void sharesOneSourceAmongAllSessionsOfAnApplicationUntilItIsForgotten() {
        assertThat(sources.of(APPLICATION, () -> credential, this::answer)).isSameAs(source);

        sources.forget(APPLICATION);

        assertThat(sources.of(APPLICATION, () -> credential, this::answer)).isNotSameAs(source);
    }
}
