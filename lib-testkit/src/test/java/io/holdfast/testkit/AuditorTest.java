// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.observe.SessionEvent;
import io.holdfast.repository.OpenFailure;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Resource;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.TimeRange;
import io.holdfast.store.InMemoryObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What no feed ever announces is found within the sessions of one rotation, and what feeds announce is not taken for it. */
final class AuditorTest {
    private static final int RUNS = 7;

    private final SimTime time = SimTime.create();
    private final HoldfastRuntime runtime = Holdfast.runtime().time(time).build();
    private final Repository repository = Repository.create(new InMemoryObjectStore(), KeyProviders.raw(new byte[32]))
            .on(runtime);
    private final InMemorySource notes =
            InMemorySource.create("notes").inPagesOf(100).auditedIn(RUNS);
    private final ResourceId box = notes.addResource("notes:ana", "ana");
    private final ItemKey inbox = notes.addFolder(box, "inbox");
    private final ItemKey archive = notes.addFolder(box, "archive");
    private final List<ItemKey> keys = new ArrayList<>();
    private final List<SessionEvent.Unannounced> heard = new ArrayList<>();
    private long stored;
    private int names;

    @AfterEach
    void close() {
        repository.close();
        runtime.close();
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            keys.add(add("note-" + i));
        }
    }

    private ItemKey add(String name) {
        return notes.add(box, inbox, name, ("text of " + name).getBytes(StandardCharsets.UTF_8));
    }

    private BackupReport backUp(SourceConnector source) {
        time.advance(Duration.ofHours(12));
        BackupReport report = BackupSession.builder()
                .on(runtime)
                .from(source)
                .into(repository)
                .listener(event -> {
                    if (event instanceof SessionEvent.Unannounced unannounced) {
                        heard.add(unannounced);
                    }
                })
                .build()
                .run();
        stored += report.items().stored();
        return report;
    }

    /** Runs the sessions of one rotation and adds up what the auditor found. */
    private BackupReport.Audit rotation(SourceConnector source) {
        long[] sums = new long[6];
        for (int i = 0; i < RUNS; i++) {
            BackupReport.Audit each = backUp(source).audit();
            long[] values = {each.compared(), each.added(), each.changed(), each.moved(), each.removed(), each.unread()
            };
            for (int field = 0; field < sums.length; field++) {
                sums[field] += values[field];
            }
        }
        return new BackupReport.Audit(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
    }

    private Map<String, String> stored() {
        return stored(repository);
    }

    private Map<String, String> stored(Repository in) {
        Map<String, String> contents = new TreeMap<>();
        Snapshot latest = in.latest(notes.id()).orElseThrow();
        in.items(latest, box, item -> contents.put(String.join("/", item.path()), content(in, latest, item)));
        return contents;
    }

    private static String content(Repository repository, Snapshot snapshot, StoredItem item) {
        return item.entry().parts().stream()
                .map(part -> {
                    try (InputStream in = repository.read(snapshot, part)) {
                        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .findFirst()
                .orElse("");
    }

    @Test
    void findsAndRepairsWithinARotationWhatNoFeedAnnounced() {
        findsAndRepairs(20);
    }

    @Test
    void findsAndRepairsWithinARotationOfSeveralTurnsWhatNoFeedAnnounced() {
        findsAndRepairs(2_500);
    }

    private void findsAndRepairs(int count) {
        fill(count);
        backUp(notes);
        notes.quietly(box, () -> {
            add("arrived");
            notes.change(box, keys.get(1), "changed".getBytes(StandardCharsets.UTF_8));
            notes.rename(box, keys.get(2), "renamed");
            notes.move(box, keys.get(3), archive);
            notes.delete(box, keys.get(4));
        });
        assertThat(stored()).containsKey("inbox/note-4").doesNotContainKey("inbox/arrived");

        BackupReport.Audit found = rotation(notes);

        assertThat(found.added()).isEqualTo(1);
        assertThat(found.removed()).isEqualTo(1);
        assertThat(found.moved()).isEqualTo(1);
        assertThat(found.changed()).isEqualTo(2);
        assertThat(found.unread()).isZero();
        assertThat(heard)
                .hasSize(5)
                .extracting(SessionEvent.Unannounced::resource)
                .containsOnly(box);
        assertThat(stored())
                .containsEntry("inbox/arrived", "text of arrived")
                .containsEntry("inbox/note-1", "changed")
                .containsEntry("inbox/renamed", "text of note-2")
                .containsEntry("archive/note-3", "text of note-3")
                .doesNotContainKeys("inbox/note-2", "inbox/note-3", "inbox/note-4");
    }

    @Test
    void comparesEveryItemOnceInARotationAndStoresNothingWhereNothingIsWrong() {
        comparesEveryItem(20);
    }

    @Test
    void comparesEveryItemOnceInARotationOfSeveralTurns() {
        comparesEveryItem(2_500);
    }

    private void comparesEveryItem(int count) {
        fill(count);
        backUp(notes);
        long reads = notes.contentReads();
        long written = stored;

        BackupReport.Audit found = rotation(notes);

        assertThat(found).isEqualTo(new BackupReport.Audit(count + 2, 0, 0, 0, 0, 0));
        assertThat(notes.contentReads()).isEqualTo(reads);
        assertThat(stored).isEqualTo(written);
    }

    @Test
    void takesForUnannouncedNothingThatTheFeedStillHasToTell() {
        fill(20);
        backUp(notes);
        SourceConnector busy = ForwardingSource.opening(notes, (inner, context) -> new ForwardingSource(inner) {
            private int changes;

            @Override
            public ChangePage list(Resource resource, Feed feed, TimeRange modified, Optional<Cursor> from) {
                // Somebody is at work between the feed's end and the listing, and between the listing and what the feed
                // tells then.
                int number = changes++;
                ItemKey leaving = keys.remove(keys.size() - 1);
                add("late-" + number);
                notes.change(box, keys.get(5), ("late " + number).getBytes(StandardCharsets.UTF_8));
                notes.rename(box, keys.get(6), "late name " + number);
                notes.rename(box, leaving, "leaving");
                ChangePage page = super.list(resource, feed, modified, from);
                notes.change(box, keys.get(5), "latest".getBytes(StandardCharsets.UTF_8));
                notes.rename(box, keys.get(6), "latest name");
                notes.delete(box, leaving);
                return page;
            }
        });

        BackupReport.Audit found = rotation(busy);

        assertThat(found.compared()).isPositive();
        assertThat(found.unannounced()).isZero();
        assertThat(heard).isEmpty();
        assertThat(stored())
                .containsEntry("inbox/note-5", "latest")
                .containsEntry("inbox/latest name", "text of note-6")
                .doesNotContainKeys("inbox/leaving", "inbox/note-19");
    }

    @Test
    void believesNoListingThatLacksWhatIsThere() {
        fill(20);
        backUp(notes);
        SourceConnector blind = ForwardingSource.opening(notes, (inner, context) -> new ForwardingSource(inner) {
            @Override
            public ChangePage list(Resource resource, Feed feed, TimeRange modified, Optional<Cursor> from) {
                ChangePage page = super.list(resource, feed, modified, from);
                for (int i = 0; i < 5; i++) {
                    page.next();
                }
                return page;
            }
        });

        BackupReport.Audit found = rotation(blind);

        assertThat(found.unannounced()).isZero();
        assertThat(stored()).containsKeys("inbox/note-0", "inbox/note-19");
    }

    @Test
    void countsAListingThatFailsAndKeepsTheSnapshotWhole() {
        fill(20);
        backUp(notes);
        SourceConnector broken = ForwardingSource.opening(notes, (inner, context) -> new ForwardingSource(inner) {
            @Override
            public ChangePage list(Resource resource, Feed feed, TimeRange modified, Optional<Cursor> from) {
                throw new FailureException(Failure.of(FailureCategory.UNKNOWN, "500"), "no listing today", null);
            }
        });

        BackupReport.Audit found = rotation(broken);

        assertThat(found.unread()).isEqualTo(3);
        assertThat(found.compared()).isZero();
        List<OpenFailure> failures = new ArrayList<>();
        repository.failures(notes.id(), failures::add);
        assertThat(failures).isEmpty();
    }

    /** {@code -Dholdfast.audit.seeds=N} for more of them. */
    @Test
    void storesTheTruthAfterARotationWhateverWasLostBefore() {
        for (int seed = 0; seed < Integer.getInteger("holdfast.audit.seeds", 6); seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            fill(20 + random.nextInt(20));
            backUp(notes);
            SourceConnector busy = ForwardingSource.opening(notes, (inner, context) -> new ForwardingSource(inner) {
                @Override
                public ChangePage list(Resource resource, Feed feed, TimeRange modified, Optional<Cursor> from) {
                    act(random);
                    if (random.nextInt(4) == 0) {
                        throw new FailureException(Failure.of(FailureCategory.UNKNOWN, "500"), "not now", null);
                    }
                    ChangePage page = super.list(resource, feed, modified, from);
                    act(random);
                    return page;
                }
            });
            for (int session = 0; session < 2 * RUNS; session++) {
                act(random);
                notes.quietly(box, () -> act(random));
                backUp(busy);
            }

            rotation(notes);

            assertThat(stored()).as("seed " + seed).isEqualTo(truth());
        }
    }

    /** Somebody works on the notes. */
    private void act(SplittableRandom random) {
        for (int i = random.nextInt(4); i > 0; i--) {
            int which = random.nextInt(keys.size());
            ItemKey key = keys.get(which);
            String name = "name-" + names++;
            switch (random.nextInt(5)) {
                case 0 -> keys.add(add(name));
                case 1 -> notes.change(box, key, name.getBytes(StandardCharsets.UTF_8));
                case 2 -> notes.rename(box, key, name);
                case 3 -> notes.move(box, key, random.nextBoolean() ? inbox : archive);
                default -> notes.delete(box, keys.remove(which));
            }
        }
    }

    /** What a first session into a new repository stores. */
    private Map<String, String> truth() {
        try (Repository fresh = Repository.create(new InMemoryObjectStore(), KeyProviders.raw(new byte[32]))
                .on(runtime)) {
            BackupSession.builder().on(runtime).from(notes).into(fresh).build().run();
            return stored(fresh);
        }
    }

    @Test
    void leavesWhatIsInTheLedgerToItsSchedule() {
        fill(20);
        notes.breakPart(box, keys.get(7), "content");
        backUp(notes);

        BackupReport.Audit found = rotation(notes);

        assertThat(found.unannounced()).isZero();
    }

    @Test
    void asksNothingOfASourceThatIsNotAudited() {
        InMemorySource plain = InMemorySource.create("plain");
        ResourceId resource = plain.addResource("notes:ben", "ben");
        ItemKey folder = plain.addFolder(resource, "inbox");
        plain.add(resource, folder, "one", new byte[] {1});
        backUp(plain);
        long before = plain.requests();

        backUp(plain);

        // Resources, their feeds, and one page of each of the two feeds.
        assertThat(plain.requests() - before).isEqualTo(4);
    }
}
