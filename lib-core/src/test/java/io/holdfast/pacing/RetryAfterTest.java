// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant RECEIVED = Instant.parse("2030-03-04T05:06:07Z");

    private static Optional<Duration> parse(String header) {
        return RetryAfter.parse(header, Optional.empty(), RECEIVED);
    }

    @ParameterizedTest
    @CsvSource({"30,PT30S", "2.128,PT2.128S", " 7 ,PT7S", "'5, 12',PT12S", "999999999999,PT24H"})
    void readsSeconds(String header, Duration wait) {
        assertThat(parse(header)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "soon", "1e3", "NaN", "0x10", ","})
    void takesNonsenseForAbsent(String header) {
        assertThat(parse(header)).isEmpty();
    }

    @Test
    void readsADateAgainstTheDateOfTheAnswerSoThatAWrongClockDoesNotMatter() {
        Optional<Duration> wait = RetryAfter.parse(
                "Mon, 04 Mar 2019 10:01:00 GMT", Optional.of("Mon, 04 Mar 2019 10:00:00 GMT"), RECEIVED);

        assertThat(wait).contains(Duration.ofMinutes(1));
    }

    @Test
    void readsADateAgainstOurClockIfTheAnswerHasNone() {
        assertThat(parse("Mon, 04 Mar 2030 05:07:07 GMT")).contains(Duration.ofMinutes(1));
    }

    @Test
    void takesADateInThePastForAbsent() {
        assertThat(parse("Mon, 04 Mar 2019 10:00:00 GMT")).isEmpty();
    }

    @Test
    void cutsAWaitOfYearsToADay() {
        assertThat(parse("Mon, 04 Mar 2080 05:06:07 GMT")).contains(RetryAfter.LONGEST);
    }
}
