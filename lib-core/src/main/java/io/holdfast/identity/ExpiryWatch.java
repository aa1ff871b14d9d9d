// SPDX-License-Identifier: Apache-2.0
package io.holdfast.identity;

import io.holdfast.identity.TokenSources.Line;
import io.holdfast.pacing.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells ahead that a credential ends: each threshold once for each end. Safe for use by several threads. */
final class ExpiryWatch {
    private static final long LOOK_EVERY = Duration.ofHours(1).toNanos();
    private static final List<Duration> AHEAD = List.of(
            Duration.ZERO,
            Duration.ofDays(1),
            Duration.ofDays(3),
            Duration.ofDays(7),
            Duration.ofDays(14),
            Duration.ofDays(30));

    private final Scope application;
    private final Line line;
    private boolean looked;
    private long lookedAt;
    private @Nullable Instant end;
    private int told = AHEAD.size();

    ExpiryWatch(Scope application, Line line) {
        this.application = application;
        this.line = line;
    }

    void look(Supplier<Credential> credential) {
        synchronized (this) {
            long now = line.time().nanos();
            if (looked && now - lookedAt < LOOK_EVERY) {
                return;
            }
            looked = true;
            lookedAt = now;
        }
        expiresOf(credential).ifPresent(this::look);
    }

    /** A supplier that cannot answer now is told of by the request that needs it. */
    private static Optional<Instant> expiresOf(Supplier<Credential> credential) {
        try {
            return credential.get().expires();
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private synchronized void look(Instant expires) {
        if (!expires.equals(end)) {
            end = expires;
            told = AHEAD.size();
        }
        Instant now = line.time().now();
        int stage = 0;
        while (stage < told && now.plus(AHEAD.get(stage)).isBefore(expires)) {
            stage++;
        }
        if (stage < told) {
            told = stage;
            String detail = (now.isBefore(expires) ? "the credential ends at " : "the credential ended at ") + expires
                    + "; make a new one and give it to the supplier";
            line.events().add(new IdentityEvent(application, IdentityEvent.Kind.CREDENTIAL_EXPIRES, "", detail, now));
        }
    }
}
