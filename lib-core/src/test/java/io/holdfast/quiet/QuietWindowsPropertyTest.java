// SPDX-License-Identifier: Apache-2.0
package io.holdfast.quiet;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.runtime.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class QuietWindowsPropertyTest {
    private static final ZoneId ZONE = ZoneOffset.UTC;

    private static QuietWindows learned(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        QuietWindows windows = QuietWindows.empty(ZONE);
        int answers = random.nextInt(3000);
        Instant at = SteppedTime.START;
        for (int i = 0; i < answers; i++) {
            at = at.plusSeconds(random.nextInt(4000));
            windows.answered(
                    random.nextBoolean() ? "mail" : "drives",
                    "list",
                    at,
                    random.nextInt(168) < at.getEpochSecond() / 3600 % 168,
                    Duration.ofMillis(random.nextInt(1, 500)));
        }
        return windows;
    }

    @Property(tries = 300)
    void whateverWasLearnedTheObjectiveIsKeptThroughTheWeek(
            @ForAll long seed,
            @ForAll @IntRange(min = 20, max = 600) int lengthMinutes,
            @ForAll @IntRange(min = 0, max = 72) int slackHours,
            @ForAll @IntRange(min = 0, max = 5000) int agoMinutes) {
        Duration length = Duration.ofMinutes(lengthMinutes);
        long least = Math.max(1, (lengthMinutes + 59) / 60);
        Duration rpo = length.plusHours(1 + least + slackHours).plusMinutes(7);
        Instant now = SteppedTime.START.plus(Duration.ofDays(90)).plusSeconds(1234);
        Instant lastStart = now.minus(Duration.ofMinutes(agoMinutes));

        List<ProposedStart> starts =
                learned(seed).plan(new SessionWish(now, lastStart, rpo, length, Set.of("mail", "drives")));

        boolean late = lastStart.plus(rpo).isBefore(now.plus(length));
        Instant last = late ? now : lastStart;
        for (ProposedStart start : starts) {
            assertThat(start.at()).isAfterOrEqualTo(now);
            assertThat(Duration.between(last, start.at()).plus(length)).isLessThanOrEqualTo(rpo);
            assertThat(start.trouble()).isBetween(0.0, 1.0);
            assertThat(start.confidence()).isBetween(0.0, 1.0);
            last = start.at();
        }
        assertThat(last.plus(rpo).minus(length)).isAfterOrEqualTo(now.plus(Duration.ofHours(166)));
    }

    @Property(tries = 100)
    void readsBackWhatItWrote(@ForAll long seed) {
        byte[] form = learned(seed).toBytes();

        assertThat(QuietWindows.read(form, ZONE).toBytes()).isEqualTo(form);
    }

    @Property(tries = 500)
    void takesDamagedFormsForNothingOrForSomethingBounded(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 5000) int at, @ForAll byte value) {
        byte[] form = learned(seed % 20).toBytes();
        byte[] cut = Arrays.copyOf(form, Math.min(form.length, at));
        form[at % form.length] = value;

        assertThat(QuietWindows.read(cut, ZONE).toBytes().length).isLessThan(17 * 1024);
        assertThat(QuietWindows.read(form, ZONE).toBytes().length).isLessThan(17 * 1024);
    }
}
