// SPDX-License-Identifier: Apache-2.0
package io.holdfast.identity;

import io.holdfast.identity.IdentityEvent.Kind;
import io.holdfast.identity.TokenSources.Line;
import io.holdfast.pacing.Admission;
import io.holdfast.pacing.Answer;
import io.holdfast.pacing.Cost;
import io.holdfast.pacing.PacedRequest;
import io.holdfast.pacing.Permit;
import io.holdfast.pacing.Priority;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.retry.Breakers;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends the token requests of one application, unless it knows better: paced, behind a breaker, never with a credential that was refused. */
final class Asker {
    private static final Duration SILENT_WAIT = Duration.ofMinutes(1);
    private static final long PROBE_REJECTED = Duration.ofHours(1).toNanos();
    private static final long LOOK_AGAIN = Duration.ofSeconds(10).toNanos();

    private final Scope application;
    private final Scope service;
    private final Supplier<Credential> credential;
    private final TokenEndpoint endpoint;
    private final Line line;
    private final ExpiryWatch expiry;
    private @Nullable Rejection rejection;

    Asker(Scope application, Supplier<Credential> credential, TokenEndpoint endpoint, Line line) {
        this.application = application;
        this.service = serviceOf(application);
        this.credential = credential;
        this.endpoint = endpoint;
        this.line = line;
        this.expiry = new ExpiryWatch(application, line);
    }

    /** What became of the wish to ask: an answer, or that nothing was sent and until when nothing will be. */
    record Result(@Nullable TokenAnswer answer, Duration notBefore) {}

    /** A refused credential, and when it may be tried or compared with a new one again. */
    private static final class Rejection {
        private final Credential credential;
        private final Failure failure;
        private final String message;
        private long probeAt;
        private long lookAt;

        private Rejection(Credential credential, Failure failure, String message, long now) {
            this.credential = credential;
            this.failure = failure;
            this.message = message;
            this.probeAt = now + PROBE_REJECTED;
            this.lookAt = now + LOOK_AGAIN;
        }

        private FailureException error() {
            return new FailureException(failure, message, null);
        }
    }

    /** The identity service counts by itself: its waits must not hold up what a valid token opens, so it is a provider of its own. */
    private static Scope serviceOf(Scope application) {
        @Nullable Scope scope = null;
        for (ScopeLevel level : ScopeLevel.values()) {
            Optional<String> name = application.at(level).map(Scope::name);
            if (name.isPresent()) {
                scope = scope == null ? Scope.provider(name.get() + " identity") : scope.within(level, name.get());
            }
        }
        return Objects.requireNonNull(scope, "scope");
    }

    synchronized boolean isRejected() {
        return rejection != null;
    }

    /** Why the tenant stands still, if it does. */
    synchronized Optional<FailureException> refusal() {
        return Optional.ofNullable(rejection).map(Rejection::error);
    }

    /**
     * Tells when the credential comes to its end, and stops whoever would use one that was refused.
     *
     * @return true if it was refused, and this caller is the one who finds out whether it still is
     * @throws FailureException if it was refused and is still the same
     */
    boolean checkCredential() {
        expiry.look(credential);
        Rejection current;
        synchronized (this) {
            current = rejection;
            if (current == null) {
                return false;
            }
            long now = line.time().nanos();
            if (now >= current.probeAt) {
                current.probeAt = now + PROBE_REJECTED;
                return true;
            }
            if (now < current.lookAt) {
                throw current.error();
            }
            current.lookAt = now + LOOK_AGAIN;
        }
        if (isStill(current.credential)) {
            throw current.error();
        }
        forgive(current);
        return false;
    }

    /** A supplier that cannot answer has nothing new. */
    private boolean isStill(Credential refused) {
        try {
            return credential.get().equals(refused);
        } catch (RuntimeException e) {
            return true;
        }
    }

    private void forgive(Rejection current) {
        synchronized (this) {
            if (rejection == current) {
                rejection = null;
                tell(Kind.CREDENTIAL_CHANGED, "", "the host gave another credential");
            }
        }
    }

    /** Asks, unless a wait of the service, its breaker or a budget is in the way. */
    Result ask(String audience, Optional<String> claims) {
        // Outages are those of a cloud: with a breaker for each tenant, each of them would have to find out by itself.
        Breakers.Entry entry =
                line.breakers().enter(service.at(ScopeLevel.CLOUD).orElse(service));
        if (!(entry instanceof Breakers.Pass pass)) {
            return held(((Breakers.Held) entry).until());
        }
        try (pass) {
            Admission admission = admit();
            if (!(admission instanceof Admission.Admitted admitted)) {
                return held(((Admission.Parked) admission).until());
            }
            try (Permit permit = admitted.permit()) {
                TokenAnswer answer = answerOf(audience, claims);
                settle(answer, permit, pass);
                return new Result(answer, Duration.ZERO);
            }
        }
    }

    private Result held(Instant until) {
        return new Result(null, Duration.between(line.time().now(), until));
    }

    private Admission admit() {
        PacedRequest request = new PacedRequest(service, "identity.token", Cost.request(0), Priority.RESTORE);
        try {
            return line.pacer().admit(request, Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Admission.Parked(service, line.time().now());
        }
    }

    private TokenAnswer answerOf(String audience, Optional<String> claims) {
        Credential present;
        try {
            present = credential.get();
        } catch (RuntimeException e) {
            return new TokenAnswer.Unavailable("credential", "the host's supplier of credentials threw " + e);
        }
        TokenAnswer answer;
        try {
            answer = endpoint.ask(new TokenRequest(application, audience, present, claims));
        } catch (RuntimeException e) {
            answer = new TokenAnswer.Unavailable(e.getClass().getSimpleName(), "the token request failed: " + e);
        }
        remember(answer, present);
        return answer;
    }

    private synchronized void remember(TokenAnswer answer, Credential used) {
        if (answer instanceof TokenAnswer.Rejected rejected) {
            Failure failure = Failure.of(FailureCategory.CREDENTIAL_REJECTED, rejected.code());
            String message =
                    "the identity service refuses " + application + " (" + rejected.code() + "): " + rejected.remedy();
            rejection = new Rejection(used, failure, message, line.time().nanos());
        } else if (answer instanceof TokenAnswer.Granted) {
            rejection = null;
        }
    }

    private void settle(TokenAnswer answer, Permit permit, Breakers.Pass pass) {
        if (answer instanceof TokenAnswer.Throttled throttled) {
            Duration wait = throttled.retryAfter().orElse(SILENT_WAIT);
            permit.answered(new Answer.Throttled(throttled.level(), Optional.of(wait)));
            tell(Kind.THROTTLED, throttled.code(), "asked to wait for " + wait);
            return;
        }
        if (answer instanceof TokenAnswer.Unavailable unavailable) {
            pass.failed(Failure.of(FailureCategory.TRANSIENT, unavailable.code()));
            tell(Kind.UNAVAILABLE, unavailable.code(), unavailable.detail());
            return;
        }
        permit.answered(new Answer.Served(permit.request().cost(), Optional.empty()));
        pass.succeeded();
        if (answer instanceof TokenAnswer.Rejected rejected) {
            tell(Kind.REJECTED, rejected.code(), rejected.remedy());
        } else if (answer instanceof TokenAnswer.Denied denied) {
            tell(Kind.DENIED, denied.code(), denied.detail());
        } else {
            tell(Kind.GRANTED, "", "");
        }
    }

    private void tell(Kind kind, String code, String detail) {
        line.events()
                .add(new IdentityEvent(
                        application, kind, code, detail, line.time().now()));
    }
}
