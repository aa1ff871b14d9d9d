// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.SourceException;
import io.holdfast.model.ResourceId;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.source.Part;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A list of many resources meets more failures than a policy allows one operation. */
class DiscoveryTest {
    private static final int BOXES = 40;
    private static final int ATTEMPTS = 3;
    private static final RetryPolicy POLICY = (failure, progress) -> progress.attempt() < ATTEMPTS
            ? new RetryPolicy.RetryAfter(Duration.ZERO)
            : new RetryPolicy.GiveUp("it was tried " + ATTEMPTS + " times");

    private final MapConnector source = new MapConnector("many");
    private final AtomicInteger attempts = new AtomicInteger();

    @BeforeEach
    void fill() {
        for (int i = 0; i < BOXES; i++) {
            source.put(
                    new ResourceId("box:" + (100 + i)),
                    "item",
                    new MapConnector.Piece("content", Part.Form.FILE, new byte[] {1, 2, 3}));
        }
    }

    /** Breaks each list off, behind so many resources as the number of the attempt says. */
    private void breakOff(FailureCategory category, IntUnaryOperator behind) {
        source.discovering = inner -> new Pull<>() {
            private final int most = behind.applyAsInt(attempts.incrementAndGet());
            private int told;

            @Override
            public @Nullable Resource next() {
                if (told++ == most) {
                    throw new FailureException(Failure.of(category, "test"), "it broke off", null);
                }
                return inner.next();
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }

    private BackupReport backUp() {
        return source.backUp(session -> session.retrying(POLICY));
    }

    @Test
    void aListThatComesFurtherEachFewAttemptsIsFinished() {
        breakOff(FailureCategory.TRANSIENT, attempt -> attempt / 2);

        BackupReport report = backUp();

        assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(report.resources().discovered()).hasSize(BOXES + 1);
        assertThat(attempts.get()).isEqualTo(2 * (BOXES + 2));
    }

    @Test
    void aListThatComesNoFurtherIsGivenUp() {
        breakOff(FailureCategory.TRANSIENT, attempt -> 5);

        assertThatThrownBy(this::backUp)
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("could not be listed");
        assertThat(attempts.get()).isEqualTo(2 * ATTEMPTS);
    }

    @Test
    void aRefusalIsFinalHoweverFarTheListCame() {
        breakOff(FailureCategory.PERMISSION_MISSING, attempt -> 5 * attempt);

        assertThatThrownBy(this::backUp).isInstanceOf(SourceException.class);
        assertThat(attempts.get()).isEqualTo(ATTEMPTS);
    }
}
