// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Fetched;
import io.holdfast.source.Lookup;
import io.holdfast.source.Observations;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import io.holdfast.store.InMemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a session does with resources whose service asks to wait for longer than a session can; and what it keeps of what sources learn. */
final class ParkedResourceTest {
    private static final Duration LONG = Duration.ofHours(2);

    private final SimTime time = SimTime.create();
    private final HoldfastRuntime runtime = Holdfast.runtime().time(time).build();
    private final Repository repository = Repository.create(new InMemoryObjectStore(), KeyProviders.raw(new byte[32]))
            .on(runtime);
    private final InMemorySource notes = InMemorySource.create("notes");
    private final ResourceId ana = notes.addResource("notes:ana", "ana");
    private final ResourceId ben = notes.addResource("notes:ben", "ben");
    private final ItemKey folder = notes.addFolder(ana, "inbox");
    private final List<String> calls = new ArrayList<>();

    ParkedResourceTest() {
        for (int i = 0; i < 40; i++) {
            add(ana, folder, i);
        }
        ItemKey other = notes.addFolder(ben, "inbox");
        for (int i = 0; i < 5; i++) {
            add(ben, other, i);
        }
    }

    private void add(ResourceId resource, ItemKey into, int number) {
        notes.add(resource, into, "note-" + number, ("text " + number).getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        repository.close();
        runtime.close();
    }

    private BackupReport backUp(SourceConnector source) {
        return BackupSession.builder()
                .on(runtime)
                .from(source)
                .into(repository)
                .build()
                .run();
    }

    private static FailureException held(FailureCategory category) {
        return new FailureException(
                new Failure(category, "parked", Optional.of(LONG)), "held back until the afternoon", null);
    }

    /** Ana's notes are refused from some fetch on. */
    private SourceConnector fetching(int before, FailureCategory category) {
        return ForwardingSource.opening(notes, (inner, context) -> new ForwardingSource(inner) {
            private int fetched;

            @Override
            public int maxFetchBatch() {
                return 1;
            }

            @Override
            public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
                synchronized (calls) {
                    calls.add(resource.value());
                    if (resource.equals(ana) && fetched++ >= before) {
                        throw held(category);
                    }
                }
                return super.fetch(resource, items);
            }
        });
    }

    @Test
    void putsAResourceAsideWhoseServiceAsksToWaitAndGoesOnWithTheOthers() {
        for (FailureCategory category :
                List.of(FailureCategory.THROTTLED, FailureCategory.IDENTITY_OUTAGE, FailureCategory.TRANSIENT)) {
            calls.clear();
            BackupReport report = backUp(fetching(0, category));
            assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.PARTIAL);
            assertThat(report.resources().notCaughtUp()).containsOnlyKeys(ana);
            assertThat(report.resources().notCaughtUp().get(ana)).contains("held back until the afternoon");
            assertThat(report.failures()).isEmpty();
            assertThat(calls.stream().filter(ana.value()::equals)).hasSizeLessThan(2 + runtime.parallelism() * 2);
        }
        assertThat(time.slept()).isLessThan(LONG);
    }

    @Test
    void keepsWhatItHasOfAParkedResourceAndStoresTheRestLater() {
        BackupReport parked = backUp(fetching(10, FailureCategory.THROTTLED));
        assertThat(parked.failures()).isEmpty();
        long reads = notes.contentReads();
        assertThat(reads).isGreaterThanOrEqualTo(10).isLessThan(45);

        BackupReport later = backUp(notes);
        assertThat(later.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(notes.contentReads()).as("each note is read once").isEqualTo(45);
        assertThat(backUp(notes).items().stored()).isZero();
    }

    @Test
    void losesNoRemovalWhenTheLookupHasToWait() {
        backUp(notes);
        notes.delete(ana, notes.items(ana).get(3).key());
        BackupReport parked = backUp(ForwardingSource.opening(notes, (inner, context) -> new ForwardingSource(inner) {
            @Override
            public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
                throw held(FailureCategory.THROTTLED);
            }
        }));
        assertThat(parked.items().removed()).isZero();
        assertThat(parked.failures()).isEmpty();
        assertThat(parked.resources().notCaughtUp()).containsOnlyKeys(ana);

        BackupReport later = backUp(notes);
        assertThat(later.items().removed()).isEqualTo(1);
        assertThat(later.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
    }

    @Test
    void opensNoFailureForAFeedThatHasToWait() {
        BackupReport parked = backUp(ForwardingSource.opening(notes, (inner, context) -> new ForwardingSource(inner) {
            @Override
            public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
                if (resource.id().equals(ana)) {
                    throw held(FailureCategory.THROTTLED);
                }
                return super.changes(resource, feed, from);
            }
        }));
        assertThat(parked.failures()).isEmpty();
        assertThat(parked.resources().notCaughtUp()).containsOnlyKeys(ana);
        assertThat(backUp(notes).outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
    }

    @Test
    void givesASourceBackWhatItLearnedByItsLastSnapshot() {
        List<Integer> met = new ArrayList<>();
        SourceConnector learning =
                ForwardingSource.opening(notes, (inner, context) -> new Learning(inner, context, met));
        backUp(learning);
        backUp(learning);
        backUp(notes);
        backUp(learning);
        assertThat(met).containsExactly(0, 1, 0);
    }

    @Test
    void keepsWhatWasLearnedWhenASourceCannotSayWhatItLearned() {
        List<Integer> met = new ArrayList<>();
        backUp(ForwardingSource.opening(notes, (inner, context) -> new Learning(inner, context, met)));
        backUp(ForwardingSource.opening(notes, (inner, context) -> new ForwardingSource(inner) {
            @Override
            public Observations observations() {
                throw new IllegalStateException("out of order");
            }
        }));
        backUp(ForwardingSource.opening(notes, (inner, context) -> new Learning(inner, context, met)));
        assertThat(met).containsExactly(0, 1);
    }

    /** Learns how many sessions it has seen. */
    private static final class Learning extends ForwardingSource {
        private final int sessions;

        private Learning(Source inner, SourceContext context, List<Integer> met) {
            super(inner);
            byte[] form = context.earlier().form();
            this.sessions = form.length == 0 ? 0 : form[0];
            met.add(sessions);
        }

        @Override
        public Observations observations() {
            return Observations.of(new byte[] {(byte) (sessions + 1)});
        }
    }
}
