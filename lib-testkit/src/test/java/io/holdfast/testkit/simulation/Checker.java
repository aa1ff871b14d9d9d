// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.simulation;

import io.holdfast.BackupReport;
import io.holdfast.Repository;
import io.holdfast.model.ItemKey;
import io.holdfast.model.SourceId;
import io.holdfast.repository.OpenFailure;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.source.Resource;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectListing;
import io.holdfast.testkit.ScriptedTenant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Compares what the repository holds with what the tenant was, after each session; says all that is wrong. */
final class Checker {
    private final SimulatedWorld world;
    private final TenantLife life;
    private final Map<Long, Map<String, Map<String, String>>> committed = new TreeMap<>();

    Checker(SimulatedWorld world, TenantLife life) {
        this.world = world;
        this.life = life;
    }

    /** What must hold after any session, however it ended. */
    void always() {
        world.reading(repository -> {
            Set<Long> numbers = new HashSet<>();
            Snapshot newest = null;
            for (Snapshot snapshot : repository.snapshots(new SourceId(SimulatedWorld.SOURCE))) {
                numbers.add(snapshot.sequence());
                newest = snapshot;
                if (!committed.containsKey(snapshot.sequence())) {
                    committed.put(snapshot.sequence(), Restored.of(repository, snapshot));
                    verify(repository, VerifyLevel.STRUCTURE);
                }
            }
            require(numbers.containsAll(committed.keySet()), () -> "of " + committed.keySet() + " are left " + numbers);
            if (newest != null) {
                everSeen(newest, failures(repository).keySet());
            }
            return numbers;
        });
    }

    /** Every snapshot that was ever committed still gives back what it did then, and verify finds nothing. */
    void inTheEnd() {
        world.reading(repository -> {
            for (Snapshot snapshot : repository.snapshots(new SourceId(SimulatedWorld.SOURCE))) {
                Map<String, Map<String, String>> now = Restored.of(repository, snapshot);
                require(
                        now.equals(committed.get(snapshot.sequence())),
                        () -> "snapshot " + snapshot.sequence() + " gives back something else now");
            }
            verify(repository, VerifyLevel.CONTENT);
            return committed;
        });
    }

    private static void verify(Repository repository, VerifyLevel level) {
        VerifyReport report = repository.verify(VerifyRequest.of(level));
        require(report.sound(), () -> "verify at " + level + " finds " + report.damages());
    }

    /** Each item of a snapshot is in a state in which it really was, unless the ledger says that a part is missing. */
    private void everSeen(Snapshot snapshot, Set<String> open) {
        committed
                .get(snapshot.sequence())
                .forEach((resource, items) -> items.forEach((key, text) -> {
                    List<String> states = world.tenant.history(resource, key).stream()
                            .map(Restored::of)
                            .toList();
                    require(
                            states.contains(text) || open.contains(resource + "/" + key),
                            () -> resource + "/" + key + " was never like this:\n" + text + "\nit was\n" + states);
                }));
    }

    /** What must hold after a session during which the tenant stood still, and that began at the beginning. */
    void exact(BackupReport report) {
        Snapshot snapshot = report.snapshot().orElseThrow();
        Map<String, OpenFailure> open = failures();
        Map<String, Map<String, String>> now = committed.get(snapshot.sequence());
        for (String resource : life.resources()) {
            Optional<Resource> listed = report.resources().discovered().stream()
                    .filter(r -> r.id().value().equals(resource))
                    .findFirst();
            boolean visited = listed.isPresent() && listed.get().notCovered().isEmpty();
            Map<String, String> held = now.getOrDefault(resource, Map.of());
            if (!visited) {
                Map<String, String> before = snapshot.parent().isPresent()
                        ? newestBefore(snapshot.sequence()).getOrDefault(resource, Map.of())
                        : Map.of();
                require(held.equals(before), () -> resource + " was not visited, and is not what it was");
            } else if (!report.resources()
                    .notCaughtUp()
                    .containsKey(listed.get().id())) {
                compare(resource, held, open);
            }
        }
        outcome(report, open);
    }

    private Map<String, Map<String, String>> newestBefore(long sequence) {
        Map<String, Map<String, String>> newest = Map.of();
        for (Map.Entry<Long, Map<String, Map<String, String>>> each : committed.entrySet()) {
            if (each.getKey() < sequence) {
                newest = each.getValue();
            }
        }
        return newest;
    }

    private void compare(String resource, Map<String, String> held, Map<String, OpenFailure> open) {
        Map<ItemKey, ScriptedTenant.Placed> model = world.tenant.items(resource);
        model.forEach((key, placed) -> {
            String wanted = Restored.of(placed.item());
            String got = held.get(key.value());
            require(
                    wanted.equals(got) || open.containsKey(resource + "/" + key.value()),
                    () -> resource + "/" + key.value() + " in " + placed.feed() + " is\n" + got + "\nand should be\n"
                            + wanted);
        });
        for (String key : held.keySet()) {
            String name = resource + "/" + key;
            require(
                    model.containsKey(new ItemKey(key)) || open.containsKey(name) || life.lingering.contains(name),
                    () -> name + " is gone and still there");
        }
    }

    private static void outcome(BackupReport report, Map<String, OpenFailure> open) {
        long bad = open.values().stream()
                .filter(f -> f.condition() != OpenFailure.Condition.SKIPPED)
                .count();
        require(
                bad == report.items().openFailures(),
                () -> "the report counts " + report.items().openFailures() + " open failures, the ledger " + open);
        boolean consentMissing = report.resources().discovered().stream()
                .flatMap(r -> r.notCovered().stream())
                .anyMatch(why -> why.reason() == Resource.Reason.NO_CONSENT);
        boolean complete = bad == 0 && report.resources().notCaughtUp().isEmpty() && !consentMissing;
        require(
                complete == (report.outcome() == BackupReport.Outcome.COMPLETE)
                        && complete == report.snapshot().orElseThrow().complete(),
                () -> "the outcome is " + report.outcome() + " with open " + open + " and "
                        + report.resources().notCaughtUp());
        addUp(report.items());
    }

    static void addUp(BackupReport.Items items) {
        long sum = items.stored()
                + items.unchanged()
                + items.removed()
                + items.gone()
                + items.skipped()
                + items.degraded()
                + items.failed();
        require(sum == items.discovered(), () -> "outcomes do not add up: " + items);
    }

    private Map<String, OpenFailure> failures() {
        return world.reading(Checker::failures);
    }

    private static Map<String, OpenFailure> failures(Repository repository) {
        Map<String, OpenFailure> open = new HashMap<>();
        repository.failures(
                new SourceId(SimulatedWorld.SOURCE),
                failure -> open.put(
                        failure.resource().value() + "/" + failure.key().value(), failure));
        return open;
    }

    /** Neither names nor contents stand anywhere in the store. */
    void noPlaintext() {
        String mark = new String(TenantLife.MARK.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        try (ObjectListing listing = world.store.list("")) {
            while (listing.hasNext()) {
                var name = listing.next().name();
                try (InputStream in = world.store.get(name, ByteRange.all())) {
                    String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                    require(!bytes.contains(mark) && !name.value().contains(mark), () -> "plaintext in " + name);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void require(boolean holds, java.util.function.Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }
}
