// SPDX-License-Identifier: Apache-2.0
package io.holdfast.identity;

import io.holdfast.identity.TokenSources.Line;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The token of one audience: the one that is held, the request that is under way, and until when there will be none. Never holds its lock while it
 * asks.
 */
final class TokenSlot {
    private static final long MARGIN = Duration.ofMinutes(1).toNanos();
    private static final Duration YOUNG = Duration.ofMinutes(1);
    private static final Duration OLD = Duration.ofMinutes(40);
    private static final int MOST_DOUBLINGS = 4;
    private static final double FIRST_BACKOFF = Duration.ofSeconds(30).toNanos();
    private static final double LONGEST_BACKOFF = Duration.ofMinutes(10).toNanos();
    private static final double DENIED_WAIT = Duration.ofMinutes(30).toNanos();
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);

    private final String audience;
    private final Asker asker;
    private final Line line;

    private @Nullable Held held;
    private @Nullable Flight flight;
    private long notBefore;
    private int failures;
    private @Nullable Failure lastFailure;
    private Optional<String> claims = Optional.empty();

    /** What was demanded of the token that is held. */
    private Optional<String> heldClaims = Optional.empty();

    private int refusedYoung;

    TokenSlot(String audience, Asker asker, Line line) {
        this.audience = audience;
        this.asker = asker;
        this.line = line;
        this.notBefore = line.time().nanos();
    }

    /** A token, in the time of the stop-watch: a clock that is set must not make it look valid or expired. */
    private record Held(AccessToken token, long renewAt, long usableUntil) {}

    /** A request that somebody is to make: whoever claims it first, so that no waiting thread depends on a free one. */
    private static final class Flight {
        private final AtomicBoolean claimed = new AtomicBoolean();
        private final CompletableFuture<Boolean> landed = new CompletableFuture<>();
    }

    AccessToken token() {
        Flight mine;
        @Nullable AccessToken valid = null;
        synchronized (this) {
            long now = line.time().nanos();
            Held current = held;
            if (current == null || now >= current.usableUntil()) {
                mine = flightFor(now);
            } else if (now < current.renewAt() || now < notBefore || flight != null) {
                return current.token();
            } else {
                mine = new Flight();
                flight = mine;
                valid = current.token();
            }
        }
        if (valid != null) {
            renewInBackground(mine);
            return valid;
        }
        fly(mine);
        await(mine);
        return landed();
    }

    AccessToken replace(AccessToken refused, Optional<String> demanded) {
        synchronized (this) {
            Held current = held;
            if (current != null && current.token() == refused) {
                checkAge(refused, demanded.isEmpty() || demanded.equals(heldClaims));
                held = null;
                claims = demanded;
            }
        }
        return token();
    }

    /** Forgets the token that is held. */
    synchronized void drop() {
        held = null;
    }

    /** Services that accept no token, and services that have not heard of one yet, would have it replaced for ever. */
    private void checkAge(AccessToken refused, boolean nothingNew) {
        Duration age = Duration.between(refused.obtained(), line.time().now());
        refusedYoung = age.compareTo(OLD) < 0 ? refusedYoung : 0;
        Duration wait =
                YOUNG.multipliedBy(1L << Math.min(refusedYoung, MOST_DOUBLINGS)).minus(age);
        if (nothingNew && !wait.isNegative() && !wait.isZero()) {
            throw failure(FailureCategory.TRANSIENT, "young token", "a token of " + age + " was not accepted", wait);
        }
        refusedYoung++;
    }

    private Flight flightFor(long now) {
        Flight underWay = flight;
        if (underWay != null) {
            return underWay;
        }
        if (now < notBefore) {
            throw postponed(now);
        }
        Flight started = new Flight();
        flight = started;
        return started;
    }

    private void renewInBackground(Flight renewal) {
        try {
            line.background().execute(() -> {
                fly(renewal);
                line.events().deliver();
            });
        } catch (RejectedExecutionException e) {
            // The process ends, or its threads are all taken: the token is still valid, and the next caller tries
            // again.
            synchronized (this) {
                flight = null;
            }
        }
    }

    private void fly(Flight mine) {
        if (!mine.claimed.compareAndSet(false, true)) {
            return;
        }
        Optional<String> demanded;
        synchronized (this) {
            demanded = claims;
        }
        try {
            land(asker.ask(audience, demanded), demanded);
        } finally {
            synchronized (this) {
                flight = null;
            }
            mine.landed.complete(true);
        }
    }

    private static void await(Flight underWay) {
        try {
            underWay.landed.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(
                    FailureCategory.IDENTITY_OUTAGE,
                    "interrupted",
                    "interrupted while waiting for a token",
                    LEAST_WAIT);
        } catch (ExecutionException e) {
            throw new AssertionError("a flight always lands", e);
        }
    }

    private synchronized AccessToken landed() {
        long now = line.time().nanos();
        Held current = held;
        if (current == null || now >= current.usableUntil()) {
            throw postponed(now);
        }
        return current.token();
    }

    private synchronized void land(Asker.Result result, Optional<String> demanded) {
        long now = line.time().nanos();
        TokenAnswer answer = result.answer();
        double random = line.randomness().unit();
        if (answer instanceof TokenAnswer.Granted granted) {
            hold(granted, now, random);
            heldClaims = demanded;
            claims = claims.equals(demanded) ? Optional.empty() : claims;
        } else if (answer == null) {
            // Spread, or all who wait for the same moment would come at once.
            double wait = Math.max(LEAST_WAIT.toNanos(), result.notBefore().toNanos());
            notBefore = now + (long) (wait * (1 + random / 4));
            lastFailure = lastFailure == null ? Failure.of(FailureCategory.IDENTITY_OUTAGE, "held") : lastFailure;
        } else if (answer instanceof TokenAnswer.Throttled throttled) {
            double wait = throttled.retryAfter().orElse(Duration.ofMinutes(1)).toNanos();
            notBefore = now + (long) (wait * (1 + random / 4));
            lastFailure = Failure.of(FailureCategory.IDENTITY_OUTAGE, throttled.code());
        } else if (answer instanceof TokenAnswer.Unavailable unavailable) {
            double longest = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * (1L << Math.min(failures++, 20)));
            notBefore = now + (long) (longest * (1 + random) / 2);
            lastFailure = Failure.of(FailureCategory.IDENTITY_OUTAGE, unavailable.code());
        } else {
            refuse(answer, now, random);
        }
    }

    private void hold(TokenAnswer.Granted granted, long now, double random) {
        long life = granted.expiresIn().toNanos();
        long usable = Math.max(life / 2, life - MARGIN);
        long earliest = granted.renewIn()
                .map(Duration::toNanos)
                .filter(wish -> wish < usable)
                .orElse(life / 2);
        long renewAt = earliest + (long) ((usable - earliest) * random / 2);
        held = new Held(new AccessToken(granted.value(), line.time().now()), now + renewAt, now + usable);
        notBefore = now;
        failures = 0;
        lastFailure = null;
    }

    /** What is refused is not used any more, even where the old token would still be accepted. */
    private void refuse(TokenAnswer answer, long now, double random) {
        held = null;
        if (answer instanceof TokenAnswer.Denied denied) {
            notBefore = now + (long) (DENIED_WAIT * (1 + random));
            lastFailure = Failure.of(FailureCategory.PERMISSION_MISSING, denied.code());
        } else if (answer instanceof TokenAnswer.Rejected rejected) {
            // The asker keeps the credential from being sent again; here nothing is in the way of a new one.
            notBefore = now;
            lastFailure = Failure.of(FailureCategory.CREDENTIAL_REJECTED, rejected.code());
        }
    }

    private FailureException postponed(long now) {
        Failure cause = lastFailure == null ? Failure.of(FailureCategory.IDENTITY_OUTAGE, "") : lastFailure;
        Duration wait = Duration.ofNanos(Math.max(LEAST_WAIT.toNanos(), notBefore - now));
        if (cause.category() == FailureCategory.IDENTITY_OUTAGE) {
            return failure(
                    cause.category(), cause.code(), "no token for now; the identity service does not give one", wait);
        }
        String message = "the identity service refuses a token for '" + audience + "' (" + cause.code() + ")";
        return asker.refusal().orElseGet(() -> new FailureException(cause, message, null));
    }

    private static FailureException failure(FailureCategory category, String code, String message, Duration wait) {
        return new FailureException(new Failure(category, code, Optional.of(wait)), message, null);
    }
}
