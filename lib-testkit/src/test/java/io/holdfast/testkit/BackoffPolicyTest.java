// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.retry.RetryPolicy;
import java.time.Duration;

final class BackoffPolicyTest extends RetryPolicyContract {
    @Override
    protected RetryPolicy createPolicy() {
        return RetryPolicy.defaults();
    }

    @Override
    protected int mostAttempts() {
        return 6;
    }

    @Override
    protected Duration longestTime() {
        return Duration.ofMinutes(10);
    }
}
