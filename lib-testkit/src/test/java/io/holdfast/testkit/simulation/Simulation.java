// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.simulation;

import static io.holdfast.testkit.simulation.Checker.require;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.error.HoldfastException;
import io.holdfast.repository.Snapshot;
import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.FaultRates;
import io.holdfast.testkit.FaultyObjectStore;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SimulatedCrash;
import io.holdfast.testkit.SourceFault;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * One life of a repository from one seed: a tenant that changes, sessions that meet all kinds of trouble, and in the end calm, in which
 * everything must have come out right.
 */
final class Simulation {
    private static final Duration LONGER_THAN_LEASE_AND_GRACE = Duration.ofDays(9);
    static final List<SourceFault> CHANCES = List.of(
            SourceFault.THROTTLE,
            SourceFault.TRANSIENT,
            SourceFault.BUG,
            SourceFault.BREAK_PAGE,
            SourceFault.RESET,
            SourceFault.LOOP,
            SourceFault.REORDER,
            SourceFault.REPEAT,
            SourceFault.SPARSE,
            SourceFault.HINT,
            SourceFault.INLINE,
            SourceFault.UNREADABLE,
            SourceFault.REFUSE,
            SourceFault.POISON,
            SourceFault.BROKEN,
            SourceFault.UNANSWERED,
            SourceFault.LOOKUP_UNKNOWN,
            SourceFault.LOOKUP_UNANSWERED,
            SourceFault.SHORT,
            SourceFault.WRONG_BYTES,
            SourceFault.BREAK_OFF,
            SourceFault.PART_FAILS,
            SourceFault.PART_POISON,
            SourceFault.FALSE_HASH,
            SourceFault.UNANNOUNCED);

    /** What a session meets. */
    enum Trouble {
        /** Nothing. */
        NONE,
        /** A source that answers badly. */
        SOURCE,
        /** A store that can hardly be reached. */
        NETWORK,
        /** A store whose answers are wrong now and then. */
        LIES,
        /** The end of its process, at some call. */
        CRASH,
        /** A pause before some call, in which another session runs. */
        FROZEN,
        /** Somebody who stops it. */
        STOP,
        /** Changes while it reads. */
        CHANGES
    }

    private final SeededRandomness random;
    private final SimulatedWorld world;
    private final TenantLife life;
    private final Checker checker;
    private final Map<Trouble, Integer> met = new EnumMap<>(Trouble.class);
    private boolean still = true;

    Simulation(long seed) {
        this.world = new SimulatedWorld(seed);
        this.random = world.random.branch("troubles");
        this.life = new TenantLife(world.tenant, world.random.branch("life"));
        this.checker = new Checker(world, life);
    }

    /** Runs the whole life, and says which troubles really happened. */
    Map<Trouble, Integer> run() {
        life.found();
        int sessions = 2 + random.nextInt(5);
        for (int i = 0; i < sessions; i++) {
            world.source.pageSize(1 + random.nextInt(8)).batchSize(1 + random.nextInt(5));
            session(Trouble.values()[random.nextInt(Trouble.values().length)]);
            checker.always();
            life.live(random.nextInt(15));
            world.time.advance(Duration.ofMinutes(1 + random.nextInt(100_000)));
        }
        calm();
        return met;
    }

    /** How often memory was looked at while a long content was read. */
    long longReads() {
        return world.memory.longReads();
    }

    long fired(SourceFault fault) {
        return world.source.fired(fault);
    }

    /** Bad answers come with every other kind of trouble too. */
    private void session(Trouble trouble) {
        if (trouble == Trouble.SOURCE || random.happens(0.5)) {
            badSource();
        }
        // Sparse updates are no fault, and hardly any service does without them.
        world.source.atRate(SourceFault.SPARSE, 0.5);
        if (random.happens(0.5)) {
            slowSource();
        }
        meet(trouble);
        world.source.heal();
    }

    /** So slow that a checkpoint is due at almost every page. */
    private void slowSource() {
        long first = world.source.calls();
        for (int i = 1; i < 60; i += 2) {
            world.source.before(first + i, () -> world.time.advance(Duration.ofMinutes(6)));
        }
    }

    private void meet(Trouble trouble) {
        switch (trouble) {
            case NETWORK:
                attempt(trouble, new FaultyObjectStore(view(), random.branch("net")).atRates(FaultRates.network(0.06)));
                break;
            case LIES:
                attempt(
                        trouble,
                        new FaultyObjectStore(view(), random.branch("lies"))
                                .atRates(new FaultRates(0, 0, 0, 0, 0.04, 0.2)));
                break;
            case CRASH:
                attempt(trouble, new FaultyObjectStore(view(), random.branch("crash")).crashAt(1 + random.nextInt(40)));
                break;
            case FROZEN:
                frozen();
                break;
            case STOP:
                stopped();
                break;
            case CHANGES:
                changing();
                break;
            default:
                attempt(trouble, view());
        }
    }

    /** The store as one process sees it: closing it leaves the store to the next. */
    private ObjectStore view() {
        return world.store;
    }

    private void badSource() {
        int kinds = 1 + random.nextInt(6);
        for (int i = 0; i < kinds; i++) {
            SourceFault fault = CHANCES.get(random.nextInt(CHANCES.size()));
            world.source.atRate(fault, 0.05 + random.nextInt(40) / 100.0);
        }
    }

    private void stopped() {
        world.source.before(world.source.calls() + 1 + random.nextInt(12), () -> {
            met.merge(Trouble.STOP, 1, Integer::sum);
            world.running.orElseThrow().stop();
        });
        still = false;
        run(world.store, session -> {});
    }

    private void changing() {
        long first = world.source.calls();
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            world.source.before(first + 1 + i * 5L + random.nextInt(5), () -> {
                met.merge(Trouble.CHANGES, 1, Integer::sum);
                life.live(1 + random.nextInt(4));
            });
        }
        still = false;
        run(world.store, session -> {});
    }

    /** The first session stands still before a call, for longer than its lease and the grace period, while a second one runs. */
    private void frozen() {
        OptionalLong[] second = {OptionalLong.empty()};
        FaultyObjectStore store = new FaultyObjectStore(view(), random.branch("frozen"));
        store.before(1 + random.nextInt(30), () -> {
            met.merge(Trouble.FROZEN, 1, Integer::sum);
            world.time.advance(LONGER_THAN_LEASE_AND_GRACE);
            life.live(random.nextInt(3));
            second[0] = run(world.store, session -> {})
                    .flatMap(BackupReport::snapshot)
                    .map(snapshot -> OptionalLong.of(snapshot.sequence()))
                    .orElse(OptionalLong.empty());
        });
        still = false;
        Optional<BackupReport> first = run(store, session -> {});
        Optional<Snapshot> mine = first.flatMap(BackupReport::snapshot);
        if (mine.isPresent() && second[0].isPresent() && mine.get().sequence() > second[0].getAsLong()) {
            require(
                    mine.get().parent().orElse(0) >= second[0].getAsLong(),
                    () -> "the thawed session committed " + mine + " beside " + second[0]);
        }
    }

    private void attempt(Trouble trouble, ObjectStore through) {
        Optional<BackupReport> report = run(through, session -> {});
        met.merge(trouble, 1, Integer::sum);
        boolean exact = still && report.flatMap(BackupReport::snapshot).isPresent() && !world.lastSessionResumed();
        if (exact) {
            checker.always();
            checker.exact(report.get());
        }
        // Only a session that wrote a snapshot has read everything that was there.
        still = report.flatMap(BackupReport::snapshot).isPresent();
    }

    private Optional<BackupReport> run(ObjectStore through, Consumer<BackupSession.Builder> more) {
        try {
            BackupReport report = world.backup(through, more);
            Checker.addUp(report.items());
            return Optional.of(report);
        } catch (HoldfastException troubled) {
            require(!troubled.remedy().isBlank(), () -> "no remedy: " + troubled);
            return Optional.empty();
        } catch (SimulatedCrash crash) {
            return Optional.empty();
        }
    }

    /** No more trouble: what is left of the old ones must heal by itself, and everything must be right. */
    private void calm() {
        life.settle();
        for (int i = 0; i < 3; i++) {
            world.time.advance(Duration.ofDays(8));
            world.backup();
            checker.always();
        }
        BackupReport healed = world.backup();
        checker.always();
        checker.exact(healed);
        life.forgetAllCursors();
        BackupReport last = world.backup();
        checker.always();
        checker.exact(last);
        require(last.outcome() == BackupReport.Outcome.COMPLETE, () -> "in calm: " + last);
        Snapshot fresh = world.backupOfFreshRepository();
        Snapshot mine = last.snapshot().orElseThrow();
        require(mine.digest().equals(fresh.digest()), () -> "the digest depends on history: " + mine + fresh);
        BackupReport again = world.backup();
        require(
                again.items().stored() == 0
                        && again.bytes().newStored() == 0
                        && again.snapshot().orElseThrow().digest().equals(mine.digest()),
                () -> "a second session over the same state stored something: " + again);
        checker.always();
        checker.inTheEnd();
        checker.noPlaintext();
        world.source.assertAllFired();
    }
}
