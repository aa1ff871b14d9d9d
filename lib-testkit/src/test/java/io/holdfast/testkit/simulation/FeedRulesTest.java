// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupReport.Outcome;
import io.holdfast.Selection;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.OpenFailure;
import io.holdfast.source.Feed;
import io.holdfast.testkit.ScriptedItem;
import io.holdfast.testkit.ScriptedPart;
import io.holdfast.testkit.SourceFault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What feeds say, and what may be believed of it: each rule has a way to lose mail behind it. */
class FeedRulesTest {
    private static final String BOX = "mail";

    private final SimulatedWorld world = new SimulatedWorld(1);

    @BeforeEach
    void aMailboxOfTwoFolders() {
        world.tenant.resource(BOX).feed(BOX, "a", Feed.Kind.INCREMENTAL).feed(BOX, "b", Feed.Kind.INCREMENTAL);
    }

    @AfterEach
    void allFaultsFired() {
        world.source.assertAllFired();
    }

    private Map<String, String> stored() {
        return world.stored(BOX);
    }

    private void put(String feed, String... keys) {
        for (String key : keys) {
            world.tenant.put(BOX, feed, ScriptedItem.file(key, "the text of " + key));
        }
    }

    private void many(String feed, int count) {
        for (int i = 100; i < 100 + count; i++) {
            put(feed, "item-" + i);
        }
    }

    @Test
    void anItemThatMovedAwayAndBackIsKeptThoughItsFeedCallsItRemoved() {
        put("a", "one", "two");
        world.backup();
        // All that the folders tell of it: it left the one, it left the other. That it came back, neither says.
        world.tenant.announceRemoval(BOX, "one", "a");
        world.tenant.announceRemoval(BOX, "one", "b");
        BackupReport report = world.backup();

        assertThat(report.items().removed()).isZero();
        assertThat(stored()).containsOnlyKeys("one", "two");
    }

    @Test
    void anItemThatMovedThroughASecondFeedAndWasDeletedThereIsRemoved() {
        put("a", "one", "two");
        world.backup();
        world.tenant.move(BOX, "one", "b");
        world.tenant.remove(BOX, "one");
        BackupReport report = world.backup();

        assertThat(report.items().removed()).isEqualTo(1);
        assertThat(stored()).containsOnlyKeys("two");
    }

    @Test
    void aMovedItemKeepsItsContentAndIsNotFetchedAgain() {
        put("a", "one");
        world.backup();
        world.source.takeFetched();
        world.tenant.move(BOX, "one", "b");
        world.backup();

        assertThat(world.source.takeFetched()).isEmpty();
        assertThat(stored()).containsOnlyKeys("one");
    }

    @Test
    void aMovedItemWithoutTagsIsReadAgainSinceNothingSaysThatItIsTheSame() {
        world.tenant.put(BOX, "a", ScriptedItem.file("one", "old").untagged());
        world.backup();
        world.tenant.put(BOX, "a", ScriptedItem.file("one", "new").untagged());
        world.tenant.moveSilently(BOX, "one", "b");
        world.backup();

        assertThat(stored()).isEqualTo(world.model(BOX));
    }

    @Test
    void aPageThatWasShiftedByADeletionLosesNoItem() {
        world.tenant.feed(BOX, "listed", Feed.Kind.ENUMERATION);
        many("listed", 20);
        world.backup();
        world.source.pageSize(5);
        // Pages go by offset: with one item of the first page gone, one of the second is never named.
        world.source.before(world.source.calls() + 6, () -> world.tenant.remove(BOX, "item-101"));
        BackupReport report = world.backup();

        assertThat(report.items().removed()).isZero();
        assertThat(stored()).hasSize(20);
        assertThat(world.backup().items().removed()).isEqualTo(1);
        assertThat(stored()).isEqualTo(world.model(BOX));
    }

    @Test
    void whatACompletePassDoesNotNameIsAskedForAndKeptIfItExists() {
        put("a", "one", "two");
        world.backup();
        world.tenant.forgetCursors(BOX, "a");
        world.tenant.hide(BOX, "two");
        BackupReport report = world.backup();

        assertThat(report.items().removed()).isZero();
        assertThat(world.source.calls("lookup")).isEqualTo(1);
        assertThat(stored()).containsOnlyKeys("one", "two");
    }

    @Test
    void aRemovalThatWasNeverToldIsFoundByTheNextCompletePass() {
        put("a", "one", "two");
        world.backup();
        world.tenant.removeSilently(BOX, "one");
        assertThat(world.backup().items().removed()).isZero();
        world.tenant.forgetCursors(BOX, "a");

        assertThat(world.backup().items().removed()).isEqualTo(1);
        assertThat(stored()).containsOnlyKeys("two");
    }

    @Test
    void aFeedThatResetsOnceIsReadFromItsBeginningWithoutFetchingWhatIsKnown() {
        many("a", 12);
        world.backup();
        world.source.takeFetched();
        world.source.once(SourceFault.RESET, "a");
        BackupReport report = world.backup();

        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(report.items().unchanged()).isEqualTo(12);
        assertThat(world.source.takeFetched()).isEmpty();
    }

    @Test
    void aFirstPassThatBeginsAgainFindsWhatVanishedMeanwhile() {
        many("a", 12);
        world.source.pageSize(5);
        // The first page has named it, and its content is stored; the feed has forgotten it when it begins again.
        world.source.before(world.source.calls() + 6, () -> {
            world.tenant.removeSilently(BOX, "item-100");
            world.source.once(SourceFault.RESET, "a");
        });
        BackupReport report = world.backup();

        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(report.items().removed()).isEqualTo(1);
        assertThat(stored()).hasSize(11).isEqualTo(world.model(BOX));
    }

    @Test
    void aFirstSessionHasNothingToAskFor() {
        many("a", 12);
        world.backup();

        assertThat(world.source.calls("lookup")).isZero();
        assertThat(stored()).isEqualTo(world.model(BOX));
    }

    @Test
    void aFeedThatResetsTwiceStopsAndTheOthersGoOn() {
        many("a", 12);
        world.backup();
        put("a", "more");
        put("b", "other");
        world.source.once(SourceFault.RESET, "a").once(SourceFault.RESET, "a");
        BackupReport report = world.backup();

        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.resources().notCaughtUp()).containsOnlyKeys(new ResourceId(BOX));
        assertThat(report.failures()).extracting(OpenFailure::cause).containsExactly("feed-broken");
        assertThat(stored()).containsKey("other").hasSize(13);
        BackupReport next = world.backup();
        assertThat(next.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(next.items().openFailures()).isZero();
        assertThat(stored()).isEqualTo(world.model(BOX));
    }

    @Test
    void aFeedThatGoesInCirclesStopsWithALineInTheLedgerAndWithItsOldCursor() {
        many("a", 12);
        put("b", "other");
        world.source.always(SourceFault.LOOP, "a");
        BackupReport report = world.backup();

        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.failures()).extracting(OpenFailure::cause).containsExactly("feed-broken");
        assertThat(world.source.fired(SourceFault.LOOP)).isEqualTo(3);
        assertThat(stored()).containsKey("other");
        world.source.heal();
        BackupReport next = world.backup();
        assertThat(next.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(stored()).isEqualTo(world.model(BOX));
    }

    @Test
    void aSparseUpdateIsMergedAndNeverTakenForTheItem() {
        world.tenant.put(
                BOX, "a", ScriptedItem.file("one", "text").with("subject", "s").with("read", "no"));
        world.backup();
        world.source.takeFetched();
        world.tenant.edit(BOX, "one", item -> item.with("read", "yes").named("renamed"));
        world.source.once(SourceFault.SPARSE, "one");
        BackupReport report = world.backup();

        assertThat(report.items().stored()).isEqualTo(1);
        assertThat(world.source.takeFetched()).isEmpty();
        assertThat(stored()).isEqualTo(world.model(BOX));
        assertThat(report.snapshot().orElseThrow().digest())
                .isEqualTo(world.backupOfFreshRepository().digest());
    }

    @Test
    void aHintIsFetchedByItsKey() {
        put("a", "one");
        world.source.once(SourceFault.HINT, "one");
        world.backup();

        assertThat(stored()).isEqualTo(world.model(BOX));
    }

    @Test
    void inlinePartsAreStoredWithoutAFetch() {
        put("a", "one");
        world.source.once(SourceFault.INLINE, "one");
        world.backup();

        assertThat(world.source.takeFetched()).isEmpty();
        assertThat(stored()).isEqualTo(world.model(BOX));
    }

    @Test
    void theLastWordHoldsWithinOneFeed() {
        put("a", "one");
        world.backup();
        world.tenant.announceRemoval(BOX, "one", "a");
        world.tenant.edit(BOX, "one", item -> item.with("read", "yes"));
        world.source.once(SourceFault.SPARSE, "one");
        world.backup();

        assertThat(world.source.calls("lookup")).isZero();
        assertThat(stored()).isEqualTo(world.model(BOX));
    }

    @Test
    void aCursorOfAnotherMeaningIsNotUsedAndTheFeedBeginsAnew() {
        many("a", 12);
        world.backup();
        world.source.takeFetched();
        world.tenant.removeSilently(BOX, "item-100");
        world.tenant.fingerprint(BOX, "a", "another filter");
        BackupReport report = world.backup();

        assertThat(report.items().unchanged()).isEqualTo(11);
        assertThat(report.items().removed()).isEqualTo(1);
        assertThat(world.source.takeFetched()).isEmpty();
    }

    @Test
    void aWatermarkFeedIsReadWholeEachEleventhSessionAndOnlyThenLosesWhatIsGone() {
        world.tenant.feed(BOX, "contacts", Feed.Kind.WATERMARK);
        put("contacts", "one", "two");
        world.backup();
        world.tenant.remove(BOX, "one");
        int sessions = 0;
        while (stored().containsKey("one") && sessions < 30) {
            world.backup();
            sessions++;
        }

        assertThat(sessions).isBetween(1, 11);
        assertThat(stored()).containsOnlyKeys("two");
    }

    /** Two feeds whose turns lie a session apart: a host that comes to them in each second session meets both all the same. */
    @Test
    void aHostThatBacksUpPartsInTurnsMeetsTheTurnOfEachWatermarkFeed() {
        world.tenant.resource("other");
        world.tenant.feed(BOX, "mark0", Feed.Kind.WATERMARK);
        world.tenant.feed(BOX, "mark1", Feed.Kind.WATERMARK);
        put("mark0", "one");
        put("mark1", "two");
        world.backup();
        world.tenant.remove(BOX, "one");
        world.tenant.remove(BOX, "two");
        for (int turn = 0; turn < 11; turn++) {
            world.backup(world.store, session -> session.selecting(Selection.resources("other")));
            world.backup(world.store, session -> session.selecting(Selection.resources(BOX)));
        }

        assertThat(stored()).isEmpty();
    }

    @Test
    void aFeedThatEndedTakesNothingWithItThatStillExists() {
        put("a", "one");
        put("b", "two");
        world.backup();
        world.tenant.moveSilently(BOX, "one", "b");
        world.tenant.endFeed(BOX, "a");
        world.backup();

        assertThat(stored()).containsOnlyKeys("one", "two");
        world.tenant.feed(BOX, "c", Feed.Kind.INCREMENTAL);
        world.tenant.endFeed(BOX, "b");
        world.backup();
        assertThat(stored()).isEmpty();
    }

    @Test
    void aRenamedFolderChangesOneEntryAndEmptyFoldersAreKept() {
        world.tenant.put(BOX, "a", ScriptedItem.folder("inbox"));
        world.tenant.put(BOX, "a", ScriptedItem.folder("empty"));
        for (int i = 0; i < 10; i++) {
            world.tenant.put(BOX, "a", ScriptedItem.file("m" + i, "text " + i).in("inbox"));
        }
        world.backup();
        world.source.takeFetched();
        world.tenant.edit(BOX, "inbox", folder -> folder.named("Posteingang"));
        BackupReport report = world.backup();

        assertThat(report.items().stored()).isEqualTo(1);
        assertThat(world.source.takeFetched()).isEmpty();
        assertThat(stored()).hasSize(12).isEqualTo(world.model(BOX));
        assertThat(world.paths(BOX)).contains(List.of("Posteingang", "m3"), List.of("empty"));
    }

    @Test
    void repeatsAndAnotherOrderChangeNothing() {
        many("a", 12);
        world.source.always(SourceFault.REPEAT, "").always(SourceFault.REORDER, "");
        world.backup();

        assertThat(stored()).isEqualTo(world.model(BOX));
        assertThat(world.backup().bytes().newStored()).isZero();
    }

    @Test
    void aPageThatBreaksOffIsReadAgain() {
        many("a", 12);
        world.source.once(SourceFault.BREAK_PAGE, "a").once(SourceFault.TRANSIENT, "changes");
        BackupReport report = world.backup();

        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(stored()).isEqualTo(world.model(BOX));
    }

    @Test
    void aFinalRemovalIsBelievedAtOnce() {
        world.tenant.feed(BOX, "drive", Feed.Kind.INCREMENTAL, true);
        put("drive", "one", "two");
        world.backup();
        world.tenant.remove(BOX, "one");
        BackupReport report = world.backup();

        assertThat(report.items().removed()).isEqualTo(1);
        assertThat(world.source.calls("lookup")).isZero();
        assertThat(stored()).containsOnlyKeys("two");
    }

    @Test
    void anItemOfThousandsOfAttachmentsIsStoredWhole() {
        List<ScriptedPart> parts = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = ("bytes " + i % 700).getBytes(StandardCharsets.UTF_8);
            parts.add(ScriptedPart.file("attachment/" + i, bytes));
        }
        world.tenant.put(BOX, "a", ScriptedItem.leaf("one", parts));
        world.backup();

        assertThat(stored()).isEqualTo(world.model(BOX));
    }
}
