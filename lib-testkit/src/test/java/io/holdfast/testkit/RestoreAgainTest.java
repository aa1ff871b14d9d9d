// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.RestoreReport;
import io.holdfast.RestoreReport.Outcome;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.Selection;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.Snapshot;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.source.RestoreSettings.Conflict;
import io.holdfast.source.SourceItem;
import io.holdfast.testkit.BreakableTarget.Died;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A restore to a source that breaks off and is run again, and what stands in its way: at the level of whole sessions. */
class RestoreAgainTest {
    private static final int MANY = 1_000;

    private RestoreWorld world = new RestoreWorld();

    private static FailureException lost() {
        return new FailureException(Failure.of(FailureCategory.TRANSIENT, "reset"), "the answer was lost", null);
    }

    @Test
    void aResourceWhoseTargetAsksToWaitLongIsPutAsideAndTheSameRestoreGoesOn() {
        ResourceId ben = world.source.addResource("notes:ben", "ben");
        world.source.add(ben, world.source.addFolder(ben, "inbox"), "note", RestoreWorld.text("ben's", 0));
        Snapshot both = world.backUp();
        world.deleteAll();
        Set<ItemKey> open = Set.of(world.notes.get(0));
        BreakableTarget target = new BreakableTarget(RestoreTargets.source(world.source)).before((put, item) -> {
            if (world.notes.contains(item.item().key())
                    && !open.contains(item.item().key())) {
                throw new FailureException(
                        new Failure(FailureCategory.THROTTLED, "busy", Optional.of(Duration.ofHours(2))),
                        "the mailbox is closed for two hours",
                        null);
            }
        });

        RestoreReport report = world.restore(both, target.destination(), session -> {}, session -> {});

        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.failed()).isZero();
        assertThat(report.restored()).isEqualTo(1);
        assertThat(report.skipped()).as("of the other resource, which is there").isEqualTo(1);
        assertThat(report.putAside())
                .singleElement()
                .asString()
                .contains("notes:ana", "4 items left for another run", "closed for two hours");
        assertThat(target.puts()).as("nobody asks for what waits").isLessThan(10);

        RestoreReport rest = world.restore(both, RestoreTargets.source(world.source), session -> {}, session -> {});

        assertThat(rest.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(world.contents()).isEqualTo(RestoreWorld.once("old"));
    }

    private interface Breaking {
        void at(BreakableTarget target, BreakableTarget.Hook hook);
    }

    /** Lets a restore die at put k for all k, each time in a new world, runs it again and checks what is there then. */
    private int dieEverywhere(Breaking breaking, Consumer<RestoreWorld> prepare, Conflict conflict, Runnable check) {
        for (int k = 1; k < MANY; k++) {
            int at = k;
            world = new RestoreWorld();
            prepare.accept(world);
            BreakableTarget target = new BreakableTarget(RestoreTargets.source(world.source));
            breaking.at(target, (put, item) -> {
                if (put == at) {
                    throw new Died(put);
                }
            });
            boolean died = false;
            try {
                world.restore(target.destination(), session -> session.onConflict(conflict));
            } catch (Died death) {
                died = true;
            }
            RestoreReport again =
                    world.restore(RestoreTargets.source(world.source), session -> session.onConflict(conflict));
            assertThat(again.outcome()).as("died at put %s", k).isEqualTo(Outcome.COMPLETE);
            check.run();
            if (!died) {
                return k - 1;
            }
        }
        throw new AssertionError("it never ended");
    }

    @Test
    void aRestoreThatDiesBeforeAnyPutIsFinishedByTheNextAndCreatesNothingTwice() {
        for (Conflict conflict : Conflict.values()) {
            int puts = dieEverywhere(BreakableTarget::before, RestoreWorld::deleteAll, conflict, () -> {
                assertThat(world.contents()).isEqualTo(RestoreWorld.once("old"));
                assertThat(world.folders()).isEqualTo(2);
            });

            assertThat(puts).isEqualTo(RestoreWorld.NOTES + 2);
        }
    }

    @Test
    void aRestoreThatDiesBehindAnyPutIsFinishedByTheNextAndCreatesNothingTwice() {
        for (Conflict conflict : Conflict.values()) {
            int puts = dieEverywhere(BreakableTarget::after, RestoreWorld::deleteAll, conflict, () -> {
                assertThat(world.contents()).isEqualTo(RestoreWorld.once("old"));
                assertThat(world.folders()).isEqualTo(2);
            });

            assertThat(puts).isEqualTo(RestoreWorld.NOTES + 2);
        }
    }

    @Test
    void whatStandsInTheWayIsLeftHoweverOftenTheRestoreDies() {
        dieEverywhere(
                BreakableTarget::after,
                changed -> changed.changeAll("new"),
                Conflict.SKIP,
                () -> assertThat(world.contents()).isEqualTo(RestoreWorld.once("new")));
    }

    @Test
    void whatStandsInTheWayGetsOneNeighbourHoweverOftenTheRestoreDies() {
        dieEverywhere(
                BreakableTarget::after,
                changed -> changed.changeAll("new"),
                Conflict.KEEP_BOTH,
                () -> assertThat(world.contents()).isEqualTo(RestoreWorld.once("new", "old")));
    }

    @Test
    void whatStandsInTheWayIsWrittenOverOnceHoweverOftenTheRestoreDies() {
        dieEverywhere(BreakableTarget::after, changed -> changed.changeAll("new"), Conflict.REPLACE, () -> {
            assertThat(world.contents()).isEqualTo(RestoreWorld.once("old"));
            assertThat(world.source.items(world.box))
                    .extracting(SourceItem::key)
                    .containsAll(world.notes);
        });
    }

    @Test
    void theReportCountsWhatWasLeftAndWhatWasThere() {
        world.source.change(world.box, world.notes.get(1), RestoreWorld.text("new", 1));
        world.source.delete(world.box, world.notes.get(RestoreWorld.NOTES - 1));

        RestoreReport first = world.restore(RestoreTargets.source(world.source), session -> {});
        RestoreReport second = world.restore(RestoreTargets.source(world.source), session -> {});

        assertThat(first.restored()).isEqualTo(1);
        assertThat(first.skipped()).isEqualTo(RestoreWorld.NOTES - 1);
        assertThat(second.alreadyThere()).isEqualTo(1);
        assertThat(second.skipped()).isEqualTo(RestoreWorld.NOTES - 1);
        assertThat(second.restored()).isZero();
        assertThat(second.restoreId()).isEqualTo(first.restoreId());
    }

    @Test
    void aCreateWhoseOutcomeIsUnknownIsLookedUpBeforeItIsSentAgain() {
        world.deleteAll();
        BreakableTarget target = new BreakableTarget(RestoreTargets.source(world.source)).after((put, item) -> {
            if (put % 2 == 1) {
                throw lost();
            }
        });

        RestoreReport report = world.restore(target.destination(), session -> session.onConflict(Conflict.KEEP_BOTH));

        assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(target.puts()).isEqualTo(2 * (RestoreWorld.NOTES + 2));
        assertThat(world.contents()).isEqualTo(RestoreWorld.once("old"));
        assertThat(world.folders()).isEqualTo(2);
    }

    @Test
    void aCreateWhoseOutcomeStaysUnknownIsReportedAndFoundByTheNextRun() {
        world.deleteAll();
        BreakableTarget target = new BreakableTarget(RestoreTargets.source(world.source)).after((put, item) -> {
            if (item.item().key().equals(world.notes.get(3))) {
                throw lost();
            }
        });

        RestoreReport report = world.restore(target.destination(), session -> session.retrying(RetryPolicy.never()));
        RestoreReport again = world.restore(RestoreTargets.source(world.source), session -> {});

        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.failures())
                .singleElement()
                .satisfies(failed -> assertThat(failed.item().entry().key()).isEqualTo(world.notes.get(3)));
        assertThat(again.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(again.alreadyThere()).isEqualTo(RestoreWorld.NOTES);
        assertThat(world.contents()).isEqualTo(RestoreWorld.once("old"));
    }

    @Test
    void aTargetThatStumblesOverOneItemRestoresTheOthers() {
        world.deleteAll();
        BreakableTarget target = new BreakableTarget(RestoreTargets.source(world.source)).before((put, item) -> {
            if (item.item().key().equals(world.notes.get(1))) {
                throw new IllegalStateException("a mistake in the connector");
            }
        });

        RestoreReport report = world.restore(target.destination(), session -> {});

        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.restored()).isEqualTo(RestoreWorld.NOTES - 1);
        assertThat(report.failures())
                .singleElement()
                .satisfies(failed -> assertThat(failed.trouble())
                        .hasValueSatisfying(why -> assertThat(why).contains("a mistake in the connector")));
    }

    @Test
    void aRestoreThatWasStoppedGoesOnWhereItWas() {
        world.deleteAll();
        BreakableTarget target = new BreakableTarget(RestoreTargets.source(world.source));
        List<RestoreSession> running = new ArrayList<>();
        target.after((put, item) -> {
            if (put == 4) {
                running.get(0).stop();
            }
        });

        RestoreReport stopped = world.restore(world.first, target.destination(), session -> {}, running::add);
        RestoreReport again = world.restore(RestoreTargets.source(world.source), session -> {});

        assertThat(stopped.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(stopped.restored()).isEqualTo(2);
        assertThat(target.puts()).isEqualTo(4);
        assertThat(again.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(again.restored()).isEqualTo(RestoreWorld.NOTES - 2);
        assertThat(again.alreadyThere()).isEqualTo(2);
        assertThat(world.contents()).isEqualTo(RestoreWorld.once("old"));
    }

    @Test
    void anotherRestoreIsAskedForExplicitly() {
        world.deleteAll();
        world.restore(RestoreTargets.source(world.source), session -> {});

        RestoreReport other = world.restore(
                RestoreTargets.source(world.source),
                session -> session.again("once more").onConflict(Conflict.KEEP_BOTH));

        assertThat(other.restored()).isEqualTo(RestoreWorld.NOTES);
        assertThat(world.contents().values()).containsOnly(2);
    }

    /** What a host selects in one order, another process of it selects in another: sets have none. */
    @Test
    void theOrderOfASelectionDoesNotMakeItAnotherRestore() {
        world.deleteAll();
        List<String> keys = world.notes.stream().map(ItemKey::value).toList();
        List<String> backwards = new ArrayList<>(keys);
        Collections.reverse(backwards);

        RestoreReport first = world.restore(
                RestoreTargets.source(world.source),
                session -> session.selecting(Selection.items(keys.toArray(String[]::new))));
        RestoreReport second = world.restore(
                RestoreTargets.source(world.source),
                session -> session.selecting(Selection.items(backwards.toArray(String[]::new))));

        assertThat(second.restoreId()).isEqualTo(first.restoreId());
        assertThat(second.alreadyThere()).isEqualTo(RestoreWorld.NOTES);
        assertThat(world.contents()).isEqualTo(RestoreWorld.once("old"));
    }
}
