// SPDX-License-Identifier: Apache-2.0
package io.holdfast.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DriftHistoryTest {
    private static final Instant AT = Instant.parse("2030-01-01T10:20:30.456Z");

    private static DriftEvent event(int number) {
        return new DriftEvent(DriftEvent.Kind.VALUE, "mail.list", "importance", "value " + number, AT);
    }

    private static DriftHistory of(int events) {
        DriftHistory history = new DriftHistory();
        for (int i = 0; i < events; i++) {
            history.add(event(i));
        }
        return history;
    }

    @Test
    void comesBackAsItWas() {
        DriftHistory history = of(3);
        history.add(new DriftEvent(DriftEvent.Kind.FULL, "mail.list", "", "", AT));

        assertThat(DriftHistory.read(history.toBytes(1000)).events()).isEqualTo(history.events());
        assertThat(DriftHistory.read(new byte[0]).events()).isEmpty();
    }

    @Test
    void keepsTheNewestThatFit() {
        DriftHistory history = of(100);
        int line = history.toBytes(10_000).length / 100;

        byte[] form = history.toBytes(5 * line + line / 2);

        assertThat(DriftHistory.read(form).events())
                .isEqualTo(List.of(event(95), event(96), event(97), event(98), event(99)));
        assertThat(of(700).events()).hasSize(500).endsWith(event(699));
        assertThat(history.toBytes(0)).isEmpty();
    }

    @Test
    void readsWhatItCanOfAFormThatIsDamagedOrOfALaterVersion() {
        String form = new String(of(2).toBytes(1000), StandardCharsets.UTF_8);

        byte[] odd = ("\tx\n1\tNEW_KIND\ta\tb\tc\nno time\tVALUE\ta\tb\tc\n" + form).getBytes(StandardCharsets.UTF_8);

        assertThat(DriftHistory.read(odd).events()).isEqualTo(of(2).events());
    }

    @Test
    void nothingThatAServiceAnswersBreaksTheForm() {
        DriftHistory history = new DriftHistory();
        history.add(new DriftEvent(DriftEvent.Kind.CODE, "op", "a\tb", "x\ny" + "z".repeat(5000), AT));

        assertThat(DriftHistory.read(history.toBytes(1000)).events())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.path()).isEqualTo("a?b");
                    assertThat(each.what()).startsWith("x?yz").hasSize(200);
                });
    }
}
