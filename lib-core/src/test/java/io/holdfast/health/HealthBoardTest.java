// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.identity.Credential;
import io.holdfast.identity.TokenAnswer;
import io.holdfast.identity.TokenSource;
import io.holdfast.identity.TokenSources;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.retry.Breakers;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class HealthBoardTest {
    private final SteppedTime time = new SteppedTime();
    private final List<HealthEvent> heard = new ArrayList<>();
    private final HealthBoard board = HealthBoard.builder(time)
            .rpo(Duration.ofHours(6))
            .listener(heard::add)
            .build();

    private static Scope tenant(String name) {
        return Scope.provider("m365").within(ScopeLevel.CLOUD, "global").within(ScopeLevel.TENANT, name);
    }

    private static Scope mailbox(String tenant) {
        return tenant(tenant)
                .within(ScopeLevel.APPLICATION, "backup")
                .within(ScopeLevel.POOL, "mail")
                .within(ScopeLevel.RESOURCE, "one");
    }

    /** Lets seconds pass, in each of which something happens. */
    private void seconds(long count, Consumer<Long> each) {
        for (long i = 0; i < count; i++) {
            time.pass(Duration.ofSeconds(1));
            each.accept(i);
            board.drive();
        }
    }

    private void requests(String tenant, RequestFate fate, int count) {
        for (int i = 0; i < count; i++) {
            board.request(mailbox(tenant), fate);
        }
    }

    private HealthLevel levelOf(String tenant, Aspect aspect) {
        return board.of(tenant(tenant)).aspects().get(aspect).level();
    }

    @Test
    void aTenantWhoseRequestsAllFailIsCriticalWithinASecondAndNobodyElse() {
        seconds(120, i -> {
            requests("a", RequestFate.SERVED, 2);
            requests("b", RequestFate.SERVED, 2);
        });
        assertThat(heard).isEmpty();
        Instant storm = time.now();
        seconds(120, i -> {
            requests("a", RequestFate.FAILED, 20);
            requests("b", RequestFate.SERVED, 2);
        });

        assertThat(heard).allSatisfy(event -> assertThat(event.tenant()).isEqualTo(tenant("a")));
        assertThat(heard.get(0).aspect()).isEqualTo(Aspect.FAILURES);
        assertThat(heard.get(0).at()).isBetween(storm, storm.plusSeconds(1));
        assertThat(board.of(tenant("a")).level()).isEqualTo(HealthLevel.CRITICAL);
        assertThat(board.of(tenant("b")).level()).isEqualTo(HealthLevel.HEALTHY);
    }

    @Test
    void getsBetterByTheClockAloneWhenNothingIsSentAnyMore() {
        seconds(10, i -> requests("a", RequestFate.THROTTLED, 5));
        assertThat(levelOf("a", Aspect.THROTTLING)).isEqualTo(HealthLevel.CRITICAL);

        seconds(60 + 110, i -> {});
        assertThat(levelOf("a", Aspect.THROTTLING)).isEqualTo(HealthLevel.CRITICAL);
        seconds(20, i -> {});

        assertThat(levelOf("a", Aspect.THROTTLING)).isEqualTo(HealthLevel.HEALTHY);
        assertThat(heard).hasSize(2);
    }

    @Test
    void doesNotFlutterWhenAValueSwingsAroundItsThreshold() {
        seconds(3600, i -> {
            boolean bad = i / 30 % 2 == 0;
            requests("a", RequestFate.SERVED, bad ? 8 : 10);
            requests("a", RequestFate.FAILED, bad ? 2 : 0);
        });

        assertThat(heard).as("once degraded, never back in between").hasSize(1);
    }

    @Test
    void doesNotJudgeByAHandfulOfRequests() {
        requests("a", RequestFate.FAILED, 9);

        assertThat(heard).isEmpty();
    }

    @Test
    void noticesWithinASecondThatTheObjectiveIsMissedAndThatASnapshotIsThereAgain() {
        board.snapshot(tenant("a"), time.now());
        Instant due = time.now().plus(Duration.ofHours(6));
        seconds(6 * 3600 + 5, i -> {});

        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).aspect()).isEqualTo(Aspect.FRESHNESS);
        assertThat(heard.get(0).at()).isBetween(due, due.plusSeconds(1));

        board.snapshot(tenant("a"), time.now());
        assertThat(heard.get(1).to()).isEqualTo(HealthLevel.HEALTHY);
        assertThat(heard.get(1).at()).isEqualTo(time.now());
    }

    @Test
    void aTenantThatNeverHadASnapshotIsCountedFromWhenItBecameKnown() {
        board.backlog(tenant("a"), 0, 0);
        seconds(6 * 3600 + 1, i -> {});

        assertThat(levelOf("a", Aspect.FRESHNESS)).isEqualTo(HealthLevel.DEGRADED);
    }

    @Test
    void aRefusedCredentialIsCriticalAtOnceAndWellWhenItIsRenewed() {
        Credential[] credential = {Credential.secret("old".toCharArray(), Optional.empty())};
        TokenSource tokens = TokenSources.builder(time, SteppedTime.seeded(1), Runnable::run)
                .listener(board::identity)
                .build()
                .of(
                        tenant("a").within(ScopeLevel.APPLICATION, "backup"),
                        () -> credential[0],
                        request -> ((Credential.Secret) request.credential()).secret().length == 3
                                ? new TokenAnswer.Rejected("AADSTS7000222", "Make a new secret.")
                                : new TokenAnswer.Granted("t", Duration.ofHours(1), Optional.empty()));

        assertThat(catchThrowable(() -> tokens.token("graph"))).isInstanceOf(FailureException.class);
        assertThat(levelOf("a", Aspect.IDENTITY)).isEqualTo(HealthLevel.CRITICAL);

        credential[0] = Credential.secret("newer".toCharArray(), Optional.empty());
        time.pass(Duration.ofSeconds(11));
        assertThat(tokens.token("graph").value()).isEqualTo("t");
        assertThat(levelOf("a", Aspect.IDENTITY)).isEqualTo(HealthLevel.HEALTHY);
    }

    @Test
    void anOpenBreakerShowsAtItsTenant() {
        Breakers breakers = Breakers.builder(time, SteppedTime.seeded(1))
                .opensAt(1, 1)
                .probes(1)
                .listener(board::breaker)
                .build();
        fail(breakers, mailbox("a"));
        fail(breakers, Scope.provider("m365"));

        assertThat(levelOf("a", Aspect.BREAKERS)).isEqualTo(HealthLevel.DEGRADED);
        time.pass(Duration.ofSeconds(30));
        ((Breakers.Pass) breakers.enter(mailbox("a"))).succeeded();
        assertThat(levelOf("a", Aspect.BREAKERS)).isEqualTo(HealthLevel.HEALTHY);
        assertThat(board.all()).hasSize(1);
    }

    private static void fail(Breakers breakers, Scope scope) {
        ((Breakers.Pass) breakers.enter(scope)).failed(Failure.of(FailureCategory.CONNECT, "refused"));
    }

    @Test
    void warnsOfASessionThatNeedsManyTimesTheCallsOfItsOwnHistory() {
        for (int session = 0; session < 10; session++) {
            assertThat(board.calls(tenant("a"), new SessionCalls("incremental", 1000, 500), true))
                    .isLessThan(1.01);
            board.calls(tenant("a"), new SessionCalls("first", 100_000, 50_000), true);
        }

        double times = board.calls(tenant("a"), new SessionCalls("incremental", 15_000, 500), false);

        assertThat(times).isBetween(14.9, 15.1);
        assertThat(levelOf("a", Aspect.CALL_VOLUME)).isNotEqualTo(HealthLevel.HEALTHY);
        assertThat(board.calls(tenant("b"), new SessionCalls("incremental", 15_000, 500), false))
                .as("without a history nothing is known")
                .isEqualTo(1);
    }

    @Test
    void goesOnWithTheHistoryThatAnEarlierProcessKept() {
        for (int session = 0; session < 5; session++) {
            board.calls(tenant("a"), new SessionCalls("incremental", 1000, 500), true);
        }
        HealthBoard later = HealthBoard.builder(time).build();
        later.remember(tenant("a"), board.callHistory(tenant("a")));
        later.remember(tenant("a"), new byte[] {1, 2, 3});

        assertThat(later.calls(tenant("a"), new SessionCalls("incremental", 20_000, 500), false))
                .isBetween(19.9, 20.1);
        assertThat(later.callHistory(tenant("a"))).isEqualTo(board.callHistory(tenant("a")));
        assertThat(board.callHistory(tenant("unknown"))).hasSize(2);
    }

    @Test
    void keepsTheFormOfTheHistorySmallWhateverTheModesAreCalled() {
        for (int i = 0; i < 1000; i++) {
            board.calls(tenant("a"), new SessionCalls("m".repeat(60) + i, Long.MAX_VALUE, 1), true);
        }

        assertThat(board.callHistory(tenant("a")).length).isLessThan(1300);
        assertThatIllegalArgumentException().isThrownBy(() -> new SessionCalls("m".repeat(65), 1, 1));
    }

    @Test
    void showsTheWorstAspectAsTheTenantsLevel() {
        board.backlog(tenant("a"), 1, 100);
        board.snapshot(tenant("a"), time.now().minus(Duration.ofDays(1)));

        TenantHealth health = board.of(tenant("a"));

        assertThat(health.aspects().get(Aspect.BACKLOG).level()).isEqualTo(HealthLevel.DEGRADED);
        assertThat(health.level()).isEqualTo(HealthLevel.CRITICAL);
        assertThat(heard.get(1).tenantLevel()).isEqualTo(HealthLevel.CRITICAL);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> board.request(Scope.provider("m365"), RequestFate.SERVED))
                .withMessageContaining("m365");
        assertThatIllegalArgumentException().isThrownBy(() -> board.backlog(tenant("a"), -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Thresholds(2, 1, 1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new SessionCalls("first", -1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HealthBoard.builder(time).rpo(Duration.ZERO));
    }

    @Test
    void forgetsATenantThatLeaves() {
        board.backlog(tenant("a"), 0, 0);

        board.forget(mailbox("a"));

        assertThat(board.all()).isEmpty();
        assertThat(board.of(tenant("a")).level()).isEqualTo(HealthLevel.HEALTHY);
    }
}
