// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateFeedbackTest {

    private static Optional<RateFeedback> parse(Map<String, String> headers) {
        return RateFeedback.parse(headers::get);
    }

    @Test
    void readsThreeHeadersOfTheIetfDraft() {
        assertThat(parse(Map.of("ratelimit-limit", "1200", "ratelimit-remaining", "120", "ratelimit-reset", "5")))
                .contains(new RateFeedback(0.9, Optional.of(Duration.ofSeconds(5))));
    }

    @Test
    void readsThemWithAPrefixAndWithPolicies() {
        assertThat(parse(Map.of("x-ratelimit-limit", "100, 100;w=60", "x-ratelimit-remaining", "100")))
                .contains(new RateFeedback(0, Optional.empty()));
    }

    @Test
    void readsOneJoinedHeader() {
        assertThat(parse(Map.of("ratelimit", "limit=100, remaining=0, reset=50")))
                .contains(new RateFeedback(1, Optional.of(Duration.ofSeconds(50))));
    }

    @Test
    void readsAPercentageThatMayPassOne() {
        assertThat(parse(Map.of("x-ms-throttle-limit-percentage", "1.3")))
                .contains(new RateFeedback(1.3, Optional.empty()));
    }

    @Test
    void takesAResetThatIsAPointInTimeForUnknown() {
        assertThat(parse(Map.of(
                        "x-ratelimit-limit", "60", "x-ratelimit-remaining", "30", "x-ratelimit-reset", "1767225600")))
                .contains(new RateFeedback(0.5, Optional.empty()));
    }

    @Test
    void takesNonsenseForNothing() {
        assertThat(parse(Map.of())).isEmpty();
        assertThat(parse(Map.of("ratelimit-limit", "0", "ratelimit-remaining", "0")))
                .isEmpty();
        assertThat(parse(Map.of("ratelimit-limit", "many", "ratelimit-remaining", "few")))
                .isEmpty();
        assertThat(parse(Map.of("ratelimit", "remaining"))).isEmpty();
        assertThat(parse(Map.of("ratelimit-limit", "-5", "ratelimit-remaining", "1")))
                .isEmpty();
    }
}
