// SPDX-License-Identifier: Apache-2.0
package io.holdfast.identity;

import io.holdfast.pacing.ScopeLevel;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What an identity service answered to a token request. Codes and details hold no secret. */
public sealed interface TokenAnswer {

    /**
     * A token.
     *
     * @param value the token
     * @param expiresIn for how long it is valid, more than zero
     * @param renewIn after what time the service would like it to be renewed, if it says so
     */
    record Granted(String value, Duration expiresIn, Optional<Duration> renewIn) implements TokenAnswer {
        /** Checks the ranges. */
        public Granted {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(renewIn, "renewIn");
            if (expiresIn.isNegative() || expiresIn.isZero()) {
                throw new IllegalArgumentException("a token that expires in " + expiresIn);
            }
        }

        @Override
        public String toString() {
            return "granted for " + expiresIn;
        }
    }

    /**
     * Too many requests.
     *
     * @param level whose requests are too many: {@code APPLICATION} or {@code TENANT} if the answer names it, {@code CLOUD} if the service counts by
     *     address, or does not say
     * @param retryAfter how long it asked to wait, if it did; a minute otherwise
     * @param code the raw code
     */
    record Throttled(ScopeLevel level, Optional<Duration> retryAfter, String code) implements TokenAnswer {
        /** Checks for null. */
        public Throttled {
            Objects.requireNonNull(level, "level");
            Objects.requireNonNull(retryAfter, "retryAfter");
            Objects.requireNonNull(code, "code");
        }
    }

    /**
     * No answer, or one of a service in trouble.
     *
     * @param code the raw code, or what failed, such as {@code connect}
     * @param detail what happened, on one line
     */
    record Unavailable(String code, String detail) implements TokenAnswer {
        /** Checks for null. */
        public Unavailable {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(detail, "detail");
        }
    }

    /**
     * The credential, or the application as a whole, is refused: the tenant stops.
     *
     * @param code the raw code
     * @param remedy what to renew or grant, in the imperative
     */
    record Rejected(String code, String remedy) implements TokenAnswer {
        /** Checks for null. */
        public Rejected {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(remedy, "remedy");
        }
    }

    /**
     * This audience alone is refused, such as a user who no longer exists; the tenant goes on.
     *
     * @param code the raw code
     * @param detail what happened, on one line
     */
    record Denied(String code, String detail) implements TokenAnswer {
        /** Checks for null. */
        public Denied {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(detail, "detail");
        }
    }
}
