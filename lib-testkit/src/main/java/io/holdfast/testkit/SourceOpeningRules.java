// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.holdfast.model.ByteSize;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.Fetched;
import io.holdfast.source.Pull;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A factory that sends nothing, sessions that do not know one another, and memory that comes back. */
abstract class SourceOpeningRules extends SourceRules {
    private static final int LARGE = 100_000;

    SourceOpeningRules(Given given) {
        super(given);
    }

    @Test
    void sendsNothingBeforeItIsOpened() {
        OptionalLong before = fixture().requests();

        SourceConnector connector = fixture().connector();
        assertThat(connector.id()).isNotNull();
        assertThat(connector.tenant()).isNotNull();
        assertThat(connector.toString()).isNotNull();

        assertThat(fixture().requests()).isEqualTo(before);
    }

    @Test
    void keepsItsNameAndTenant() {
        SourceConnector connector = fixture().connector();

        assertThat(connector.id()).isEqualTo(fixture().connector().id()).isEqualTo(connector.id());
        assertThat(connector.tenant()).isEqualTo(fixture().connector().tenant()).isEqualTo(connector.tenant());
    }

    @Test
    void worksInSeveralSessionsOfWhichOneEnds() throws Exception {
        List<ItemKey> keys = create(2);
        Source other = anotherSession();
        assertThat(read(other).named()).containsAll(keys);

        other.close();

        assertThat(read(source()).named()).containsAll(keys);
    }

    @Test
    void canBeClosedTwice() {
        Source other = anotherSession();

        other.close();
        other.close();
    }

    @Test
    void worksForThreadsThatDidNotOpenIt() throws Exception {
        List<ItemKey> keys = create(4);
        SourceReading reading = read(source());

        List<Set<ItemKey>> named =
                StoreRules.together(4, i -> () -> read(source()).named());
        List<Boolean> whole = StoreRules.together(4, i -> () -> {
            Got got = fetch(ref(reading, keys.get(i)));
            return holds(got, contentOf(i))
                    && lookup(source(), List.of(ref(reading, keys.get(i)))).size() == 1;
        });

        assertThat(named).containsOnly(reading.named());
        assertThat(whole).containsOnly(true);
    }

    @Test
    void givesBackAllTheMemoryThatItTook() throws Exception {
        List<ItemKey> keys = create(given.many());
        SourceReading reading = read(source());
        fetch(source(), refs(reading, keys));

        source().close();

        assertThat(given.memory().freeBytes()).isEqualTo(given.memory().totalBytes());
    }

    @Test
    void givesMemoryBackWhenAFetchIsClosedEarly() throws Exception {
        ItemKey key = fixture().create("large", noise(LARGE, 1));
        ItemRef ref = ref(read(source()), key);

        try (Pull<Fetched> pull = source().fetch(fixture().resource(), List.of(ref))) {
            assertThat(pull.next()).isNotNull();
        }

        assertThat(given.memory().freeBytes()).isEqualTo(given.memory().totalBytes());
    }

    @Test
    void takesWhatItBuffersFromTheBudget() throws Exception {
        ItemKey key = fixture().create("large", noise(LARGE, 1));
        ItemRef ref = ref(read(source()), key);

        try (Pull<Fetched> pull = source().fetch(fixture().resource(), List.of(ref))) {
            assertThat(pull.next()).isInstanceOf(Fetched.Found.class);
            long taken = given.memory().totalBytes() - given.memory().freeBytes();
            assertThat(taken).as("bytes taken from the budget").isGreaterThanOrEqualTo(given.buffers() ? LARGE : 0);
        }
    }

    @Test
    void getsAlongWithASmallBudget() throws Exception {
        List<ItemKey> keys = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            keys.add(fixture().create("large-" + i, noise(LARGE, i)));
        }
        Source tight = given.openAgain(new MemoryBudget(ByteSize.bytes(4096)));

        List<Got> got = assertTimeoutPreemptively(given.patience(), () -> fetch(tight, refs(read(tight), keys)));

        assertThat(got)
                .hasSize(3)
                .allSatisfy(each -> assertThat(each.unreadable()).isEmpty());
    }
}
