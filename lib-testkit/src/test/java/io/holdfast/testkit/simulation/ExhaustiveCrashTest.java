// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.source.Feed;
import io.holdfast.testkit.FaultyObjectStore;
import io.holdfast.testkit.ScriptedItem;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SimulatedCrash;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The process dies before store call k of a session, for all k; the next session finishes, and the result is as if nothing had happened.
 *
 * <p>Feeds of all kinds and time that passes between pages, so that there are checkpoints in the middle of walks: a cursor that ran ahead of
 * its data would lose an item here, since no feed names it twice.
 */
class ExhaustiveCrashTest {
    private static final String BOX = "mail";
    private static final int MANY = 10_000;

    private static SimulatedWorld founded() {
        SimulatedWorld world = new SimulatedWorld(1);
        world.source.pageSize(4);
        world.tenant
                .resource(BOX)
                .feed(BOX, "change", Feed.Kind.INCREMENTAL)
                .feed(BOX, "mark", Feed.Kind.WATERMARK)
                .feed(BOX, "walk", Feed.Kind.ENUMERATION);
        for (String feed : new String[] {"change", "mark", "walk"}) {
            for (int i = 10; i < 22; i++) {
                world.tenant.put(BOX, feed, ScriptedItem.file(feed + i, "the text of " + feed + i));
            }
        }
        return world;
    }

    private static void change(SimulatedWorld world) {
        for (String feed : new String[] {"change", "walk"}) {
            for (int i = 10; i < 16; i++) {
                world.tenant.put(BOX, feed, ScriptedItem.file(feed + i, "another text of " + feed + i));
            }
            world.tenant.remove(BOX, feed + 17);
            world.tenant.put(BOX, feed, ScriptedItem.file(feed + "new", "new in " + feed));
        }
        world.tenant.move(BOX, "change18", "walk");
        world.tenant.move(BOX, "walk18", "change");
        world.tenant.edit(BOX, "mark12", item -> item.with("read", "yes"));
    }

    /** Every few calls of the source five minutes pass, so that a checkpoint is due at almost every page. */
    private static void slowly(SimulatedWorld world) {
        long first = world.source.calls();
        for (int i = 1; i < 60; i += 2) {
            world.source.before(first + i, () -> world.time.advance(Duration.ofMinutes(6)));
        }
    }

    private static int dieEverywhere(Consumer<SimulatedWorld> before, Consumer<SimulatedWorld> check) {
        int call = 1;
        boolean died = true;
        for (; died && call < MANY; call++) {
            SimulatedWorld world = founded();
            before.accept(world);
            FaultyObjectStore store = new FaultyObjectStore(world.store, new SeededRandomness(1)).crashAt(call);
            slowly(world);
            try {
                world.backup(store, session -> {});
                died = false;
            } catch (SimulatedCrash crash) {
                died = true;
            }
            world.source.heal();
            // The simulated processes are all this one, which lives: only its silence says that the session is over.
            world.time.advance(Duration.ofMinutes(2));
            try {
                check.accept(world);
            } catch (AssertionError wrong) {
                throw new AssertionError("died before call " + call, wrong);
            }
        }
        assertThat(call).isLessThan(MANY);
        return call - 1;
    }

    private static void finished(SimulatedWorld world, ManifestDigest wanted) {
        BackupReport report = world.backup();
        // What was named in a page that was done before the crash and changed since is named again by the next walk:
        // nothing changed here.
        assertThat(world.stored(BOX)).isEqualTo(world.model(BOX));
        assertThat(report.snapshot().orElseThrow().digest()).isEqualTo(wanted);
        assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(world.backup().bytes().newStored()).isZero();
    }

    @Test
    void aFirstSessionThatDiesAtAnyCallIsFinishedByTheNext() {
        ManifestDigest wanted = founded().backupOfFreshRepository().digest();
        int calls = dieEverywhere(world -> {}, world -> finished(world, wanted));

        assertThat(calls).isGreaterThan(25);
    }

    @Test
    void anIncrementalSessionThatDiesAtAnyCallIsFinishedByTheNext() {
        SimulatedWorld model = founded();
        change(model);
        ManifestDigest wanted = model.backupOfFreshRepository().digest();
        int calls = dieEverywhere(
                world -> {
                    world.backup();
                    change(world);
                },
                world -> finished(world, wanted));

        assertThat(calls).isGreaterThan(25);
    }

    @Test
    void aWalkOverAnUnchangedSourceThatDiesAtAnyCallRemovesNothing() {
        int calls = dieEverywhere(SimulatedWorld::backup, world -> {
            BackupReport report = world.backup();
            assertThat(report.items().removed()).isZero();
            assertThat(report.items().stored()).isZero();
            assertThat(world.source.calls("lookup")).isZero();
            assertThat(world.stored(BOX)).isEqualTo(world.model(BOX));
        });

        assertThat(calls).isGreaterThan(10);
    }

    @Test
    void whatACompletePassDidNotNameIsStillRemovedAfterACrash() {
        Consumer<SimulatedWorld> silent = world -> {
            world.backup();
            world.tenant.removeSilently(BOX, "change13");
            world.tenant.removeSilently(BOX, "mark13");
            world.tenant.forgetCursors(BOX, "change");
            world.tenant.forgetCursors(BOX, "mark");
        };
        dieEverywhere(silent, world -> {
            world.backup();
            assertThat(world.stored(BOX)).isEqualTo(world.model(BOX));
        });
    }
}
