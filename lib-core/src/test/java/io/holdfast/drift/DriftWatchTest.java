// SPDX-License-Identifier: Apache-2.0
package io.holdfast.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.runtime.SteppedTime;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DriftWatchTest {
    private static final String LIST = "mail.list";
    private static final AnswerSchema SCHEMA = AnswerSchema.builder()
            .codes(LIST, "200", "429", "ErrorItemNotFound")
            .field(LIST, "value[].subject", FieldType.STRING)
            .field(LIST, "value[].size", FieldType.NUMBER)
            .field(LIST, "value[].importance", FieldType.STRING)
            .values(LIST, "value[].importance", "low", "normal", "high")
            .build();

    private final SteppedTime time = new SteppedTime();
    private final List<DriftEvent> heard = new ArrayList<>();

    private DriftWatch session(byte[]... earlier) {
        DriftWatch.Builder builder = DriftWatch.builder(time).schema(SCHEMA).listener(heard::add);
        for (byte[] form : earlier) {
            builder.remembering(form);
        }
        return builder.build();
    }

    private static void usual(DriftWatch watch) {
        watch.code(LIST, "200");
        watch.field(LIST, "value[].subject", Optional.of(FieldType.STRING));
        watch.field(LIST, "value[].subject", Optional.empty());
        watch.field(LIST, "value[].size", Optional.of(FieldType.NUMBER));
        watch.value(LIST, "value[].importance", "high");
    }

    private static void strange(DriftWatch watch) {
        watch.code(LIST, "ErrorBrandNew");
        watch.value(LIST, "value[].importance", "urgent");
        watch.field(LIST, "value[].mood", Optional.of(FieldType.STRING));
        watch.field(LIST, "value[].size", Optional.of(FieldType.STRING));
    }

    private DriftEvent event(DriftEvent.Kind kind, String path, String what) {
        return new DriftEvent(kind, LIST, path, what, time.now());
    }

    @Test
    void tellsEachKindOfNewThingOnceWithItsPlace() {
        DriftWatch watch = session();
        for (int i = 0; i < 3; i++) {
            usual(watch);
            strange(watch);
        }

        assertThat(heard)
                .containsExactly(
                        event(DriftEvent.Kind.CODE, "", "ErrorBrandNew"),
                        event(DriftEvent.Kind.VALUE, "value[].importance", "urgent"),
                        event(DriftEvent.Kind.FIELD, "value[].mood", ""),
                        event(DriftEvent.Kind.TYPE, "value[].size", "STRING"));
    }

    @Test
    void aSessionWithoutHistoryTellsNothingThatTheSchemaSays() {
        usual(session());

        assertThat(heard).isEmpty();
    }

    @Test
    void tellsNothingAgainInLaterSessions() {
        DriftWatch first = session();
        strange(first);
        heard.clear();

        DriftWatch second = session(first.toBytes());
        usual(second);
        strange(second);

        assertThat(heard).isEmpty();
        second.code(LIST, "another");
        assertThat(heard).hasSize(1);
    }

    @Test
    void learnsAnOperationThatNobodyDescribesInSilenceAndWatchesItFromTheNextSessionOn() {
        DriftWatch first = session();
        first.code("drive.delta", "200");
        first.field("drive.delta", "name", Optional.of(FieldType.STRING));
        assertThat(heard).isEmpty();

        DriftWatch second = session(first.toBytes());
        second.code("drive.delta", "200");
        second.field("drive.delta", "name", Optional.of(FieldType.OBJECT));

        assertThat(heard).extracting(DriftEvent::kind).containsExactly(DriftEvent.Kind.TYPE);
    }

    @Test
    void aFieldThatIsFirstSeenAsNullIsOneThingAndItsTypeAnother() {
        DriftWatch watch = session();
        watch.field(LIST, "value[].mood", Optional.empty());
        watch.field(LIST, "value[].mood", Optional.of(FieldType.STRING));

        assertThat(heard).extracting(DriftEvent::kind).containsExactly(DriftEvent.Kind.FIELD, DriftEvent.Kind.TYPE);
    }

    @Test
    void keepsOperationsAndPathsApart() {
        DriftWatch watch = session();
        watch.code(LIST, "x");
        watch.field(LIST, "x", Optional.empty());
        watch.value(LIST, "", "x");
        watch.value(LIST, "x", "");

        assertThat(heard).hasSize(4);
    }

    @Test
    void remembersWhatSeveralProcessesSaw() {
        DriftWatch one = session();
        one.code(LIST, "a");
        DriftWatch other = session();
        other.code(LIST, "b");
        heard.clear();

        DriftWatch next = session(one.toBytes(), other.toBytes());
        next.code(LIST, "a");
        next.code(LIST, "b");

        assertThat(heard).isEmpty();
    }

    @Test
    void saysOnceThatItIsFullAndStaysBoundedHoweverMuchIsNew() {
        DriftWatch watch = session();
        for (int i = 0; i < 30_000; i++) {
            watch.field(LIST, "value[].field" + i, Optional.empty());
        }

        assertThat(heard).hasSize(Fingerprints.MOST + 1);
        assertThat(heard.get(Fingerprints.MOST).kind()).isEqualTo(DriftEvent.Kind.FULL);
        assertThat(watch.size()).isEqualTo(Fingerprints.MOST);
        assertThat(watch.toBytes().length).isLessThanOrEqualTo(44_200);

        heard.clear();
        session(watch.toBytes()).code(LIST, "after all");
        assertThat(heard).isEmpty();
    }

    @Test
    void holdsNeitherNamesNorValuesInItsForm() {
        DriftWatch watch = session();
        watch.value(LIST, "value[].importance", "urgent");

        assertThat(new String(watch.toBytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain("urgent")
                .doesNotContain("importance");
    }

    @Test
    void fingerprintsStayWhatTheyWereWhenRepositoriesWereWritten() {
        assertThat(Sighting.code(LIST, "200")).isEqualTo(1005021362101L);
        assertThat(Sighting.type(LIST, "value[].size", FieldType.NUMBER)).isEqualTo(1094456362966L);
    }
}
