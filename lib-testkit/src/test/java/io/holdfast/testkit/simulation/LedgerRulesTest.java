// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.BackupReport;
import io.holdfast.BackupReport.Outcome;
import io.holdfast.Selection;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.SourceException;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.OpenFailure;
import io.holdfast.repository.ResourceSummary;
import io.holdfast.source.Feed;
import io.holdfast.source.Resource;
import io.holdfast.testkit.ScriptedItem;
import io.holdfast.testkit.ScriptedPart;
import io.holdfast.testkit.SourceFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Outcomes, the ledger and its schedule, and what is carried forward: nothing that is missing goes unsaid. */
class LedgerRulesTest {
    private static final String BOX = "mail";

    private final SimulatedWorld world = new SimulatedWorld(1);

    @BeforeEach
    void aMailbox() {
        world.tenant.resource(BOX).feed(BOX, "a", Feed.Kind.INCREMENTAL).feed(BOX, "walk", Feed.Kind.ENUMERATION);
    }

    @AfterEach
    void allFaultsFired() {
        world.source.assertAllFired();
    }

    private void put(String feed, String key, String text) {
        world.tenant.put(BOX, feed, ScriptedItem.file(key, text));
    }

    private static ScriptedItem mail(String key, String body, String attachment) {
        return ScriptedItem.leaf(
                key,
                List.of(
                        ScriptedPart.text(body),
                        ScriptedPart.file("attachment", attachment.getBytes(StandardCharsets.UTF_8))));
    }

    private static OpenFailure onlyFailure(BackupReport report) {
        assertThat(report.failures()).hasSize(1);
        return report.failures().get(0);
    }

    @Test
    void aFailedItemIsTriedInTheNextSessionAndThenMoreAndMoreSeldom() {
        put("walk", "one", "text");
        world.source.always(SourceFault.REFUSE, "one");
        List<Long> hoursBetweenAttempts = new ArrayList<>();
        long hour = 0;
        long last = 0;
        int attempts = 0;
        while (attempts < 8) {
            int now = onlyFailure(world.backup()).attempts();
            if (now > attempts) {
                hoursBetweenAttempts.add(hour - last);
                last = hour;
                attempts = now;
            }
            world.time.advance(Duration.ofHours(1));
            hour++;
            if (attempts > 2) {
                world.time.advance(Duration.ofHours(11));
                hour += 11;
            }
        }

        assertThat(hoursBetweenAttempts).containsExactly(0L, 1L, 4L, 24L, 72L, 168L, 168L, 168L);
    }

    @Test
    void aSessionThatIsToldToRetriesBeforeTheTime() {
        put("a", "one", "text");
        world.source.always(SourceFault.REFUSE, "one");
        world.backup();
        world.backup();
        world.source.heal();
        assertThat(onlyFailure(world.backup()).attempts()).isEqualTo(2);
        BackupReport report = world.backup(world.store, session -> session.retryFailures());

        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(world.stored(BOX)).isEqualTo(world.model(BOX));
    }

    @Test
    void aFailedItemIsRetriedThoughItsFeedDoesNotNameItAgain() {
        put("a", "one", "text");
        world.source.once(SourceFault.REFUSE, "one");
        BackupReport first = world.backup();
        BackupReport second = world.backup();

        assertThat(first.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(first.items().failed()).isEqualTo(1);
        assertThat(second.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(second.items().stored()).isEqualTo(1);
        assertThat(world.stored(BOX)).isEqualTo(world.model(BOX));
    }

    @Test
    void anItemWhoseNewVersionFailsKeepsItsLastGoodOneMarkedStale() {
        put("a", "one", "good");
        world.backup();
        Map<String, String> good = world.stored(BOX);
        put("a", "one", "newer");
        world.source.once(SourceFault.REFUSE, "one");
        BackupReport report = world.backup();

        assertThat(onlyFailure(report).condition()).isEqualTo(OpenFailure.Condition.STALE);
        assertThat(report.items().stale()).isEqualTo(1);
        assertThat(world.stored(BOX)).isEqualTo(good);
    }

    @Test
    void anItemThatIsRefusedForGoodKeepsItsLastGoodVersionToo() {
        put("a", "one", "good");
        world.backup();
        Map<String, String> good = world.stored(BOX);
        put("a", "one", "with malware");
        world.source.always(SourceFault.PART_POISON, "one/content");
        BackupReport report = world.backup();

        assertThat(onlyFailure(report).condition()).isEqualTo(OpenFailure.Condition.SKIPPED);
        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(world.stored(BOX)).isEqualTo(good);
        put("a", "one", "clean again");
        world.source.heal();
        world.backup();
        assertThat(world.stored(BOX)).isEqualTo(world.model(BOX));
    }

    @Test
    void anAttachmentFailsAloneAndTheItemStaysDegradedUntilItComes() {
        world.tenant.put(BOX, "a", mail("one", "body", "attached"));
        world.source.always(SourceFault.PART_FAILS, "one/attachment");
        BackupReport first = world.backup();
        BackupReport second = world.backup();

        assertThat(first.items().degraded()).isEqualTo(1);
        assertThat(first.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(second.items().degraded()).isEqualTo(1);
        assertThat(onlyFailure(second).condition()).isEqualTo(OpenFailure.Condition.DEGRADED);
        assertThat(world.stored(BOX).get("one")).contains("body").doesNotContain("attachment");
        world.source.heal();
        world.time.advance(Duration.ofHours(5));
        assertThat(world.backup().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(world.stored(BOX)).isEqualTo(world.model(BOX));
    }

    @Test
    void oneBadItemStopsNeitherTheOthersNorTheSession() {
        for (int i = 0; i < 10; i++) {
            put("walk", "item" + i, "text " + i);
        }
        world.source
                .always(SourceFault.POISON, "item1")
                .always(SourceFault.REFUSE, "item2")
                .always(SourceFault.UNREADABLE, "item3")
                .always(SourceFault.PART_FAILS, "item4/content")
                .always(SourceFault.UNANSWERED, "item5");
        BackupReport report = world.backup();

        assertThat(report.items().skipped()).isEqualTo(1);
        assertThat(report.items().failed()).isEqualTo(4);
        assertThat(report.items().stored()).isEqualTo(5);
        assertThat(report.items().discovered()).isEqualTo(10);
        assertThat(world.stored(BOX)).containsOnlyKeys("item0", "item6", "item7", "item8", "item9");
    }

    @Test
    void aMistakeInTheConnectorIsAFailureOfOneOperationOnly() {
        for (int i = 0; i < 10; i++) {
            put("a", "item" + i, "text " + i);
        }
        world.source.once(SourceFault.BUG, "fetch").once(SourceFault.BUG, "changes");
        BackupReport report = world.backup();

        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(world.stored(BOX)).isEqualTo(world.model(BOX));
    }

    @Test
    void anItemThatVanishesBeforeItIsFetchedIsGoneAndNoFailure() {
        put("a", "one", "text");
        put("a", "two", "text");
        world.source.once(SourceFault.VANISH, "one");
        BackupReport report = world.backup();

        assertThat(report.items().gone()).isEqualTo(1);
        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(world.stored(BOX)).containsOnlyKeys("two");
    }

    @Test
    void aFailedItemThatIsDeletedLeavesTheLedgerWithItsRemoval() {
        put("a", "one", "text");
        world.source.always(SourceFault.REFUSE, "one");
        world.backup();
        world.backup();
        world.source.heal();
        world.tenant.remove(BOX, "one");
        BackupReport report = world.backup();

        assertThat(report.failures()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
    }

    @Test
    void shortAndWrongBytesAreReadAgainAndNeverStored() {
        put("a", "one", "a text of some length");
        put("a", "two", "another text of some length");
        put("a", "three", "a third text of some length");
        world.source
                .once(SourceFault.SHORT, "one/content")
                .once(SourceFault.WRONG_BYTES, "two/content")
                .once(SourceFault.BREAK_OFF, "three/content");
        BackupReport report = world.backup();

        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(world.stored(BOX)).isEqualTo(world.model(BOX));
    }

    @Test
    void equalBytesTwiceAreBelievedThoughTheAnnouncedHashIsAnother() {
        put("a", "one", "what the service rewrote");
        world.source.always(SourceFault.FALSE_HASH, "one/content");
        world.backup();

        assertThat(world.stored(BOX)).isEqualTo(world.model(BOX));
        boolean differs = world.reading(repository -> {
            List<Boolean> flags = new ArrayList<>();
            repository.items(
                    repository.latest(world.source.id()).orElseThrow(),
                    new ResourceId(BOX),
                    item -> flags.add(item.entry().parts().get(0).providerHashDiffers()));
            return flags.get(0);
        });
        assertThat(differs).isTrue();
    }

    @Test
    void missingConsentMakesASessionPartialAndAMissingLicenceDoesNot() {
        put("a", "one", "text");
        world.tenant.resource("other").feed("other", "a", Feed.Kind.INCREMENTAL);
        world.tenant.cover("other", Optional.of(new Resource.NotCovered(Resource.Reason.NOT_LICENSED, "plan")));
        assertThat(world.backup().outcome()).isEqualTo(Outcome.COMPLETE);
        world.tenant.cover("other", Optional.of(new Resource.NotCovered(Resource.Reason.NO_CONSENT, "Mail.Read")));

        assertThat(world.backup().outcome()).isEqualTo(Outcome.PARTIAL);
    }

    @Test
    void aResourceThatIsNoLongerNamedIsCarriedForwardWithSinceWhen() {
        put("a", "one", "text");
        world.tenant.resource("other").feed("other", "a", Feed.Kind.INCREMENTAL);
        world.backup();
        world.tenant.list(BOX, false);
        BackupReport report = world.backup();
        world.backup();

        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(world.stored(BOX)).containsOnlyKeys("one");
        assertThat(summary(BOX).departedSince()).isPresent();
        world.tenant.list(BOX, true);
        world.backup();
        assertThat(summary(BOX).departedSince()).isEmpty();
        assertThat(world.backup().bytes().newStored()).isZero();
    }

    @Test
    void aResourceOutsideOfTheSelectionIsCarriedForward() {
        put("a", "one", "text");
        world.tenant.resource("other").feed("other", "a", Feed.Kind.INCREMENTAL);
        world.backup();
        world.time.advance(Duration.ofHours(1));
        put("a", "two", "text");
        world.backup(world.store, session -> session.selecting(Selection.resources("other")));

        assertThat(world.stored(BOX)).containsOnlyKeys("one");
        assertThat(summary(BOX).lastCompleted().orElseThrow())
                .isBefore(summary("other").lastCompleted().orElseThrow());
        world.backup();
        assertThat(world.stored(BOX)).containsOnlyKeys("one", "two");
    }

    private ResourceSummary summary(String resource) {
        return world.reading(repository ->
                repository.resources(repository.latest(world.source.id()).orElseThrow()).stream()
                        .filter(each -> each.id().value().equals(resource))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void aRefusedCredentialIsUsedNoMore() {
        put("a", "one", "text");
        world.tenant.resource("other").feed("other", "a", Feed.Kind.INCREMENTAL);
        world.source.once(SourceFault.CREDENTIAL_REJECTED, "feeds");
        BackupReport report = world.backup();

        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.snapshot()).isEmpty();
        assertThat(report.resources().notCaughtUp()).hasSize(2);
        assertThat(world.source.calls("feeds")).isEqualTo(1);
        assertThat(world.backup().outcome()).isEqualTo(Outcome.COMPLETE);
    }

    @Test
    void aSourceThatCannotBeListedIsToldToTheHostWithARemedy() {
        world.source.always(SourceFault.TRANSIENT, "discover");
        assertThatThrownBy(world::backup)
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE));
        world.source.heal();
        world.source.once(SourceFault.CREDENTIAL_REJECTED, "discover");

        assertThatThrownBy(world::backup)
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_REFUSED));
    }
}
