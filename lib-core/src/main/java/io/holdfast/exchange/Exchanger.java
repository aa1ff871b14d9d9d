// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import io.holdfast.identity.AccessToken;
import io.holdfast.pacing.Admission;
import io.holdfast.pacing.Pacer;
import io.holdfast.pacing.Permit;
import io.holdfast.retry.Breakers;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.Announcer;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to services: once each, when breaker and pacer let it, with a token for those who may see it, and says what came of it.
 *
 * <p>Every call is one attempt of an operation; whoever calls repeats it by the engine's retrier, and by nothing else. It fails with a
 * {@link FailureException} whose category decides what becomes of the operation:
 *
 * <ul>
 *   <li>{@code THROTTLED} with code {@code parked} and a time: it would have to wait for longer than its patience; nothing was sent
 *   <li>{@code TRANSIENT} with code {@code breaker-open} and a time: what it counts for keeps failing; nothing was sent
 *   <li>what {@link io.holdfast.identity.TokenSource} fails with, if there is no token
 *   <li>a category of the network, with the phase as its code, if there was no response, or not all of it
 *   <li>what the {@link ServiceDialect} makes of an error
 *   <li>{@code TOKEN_EXPIRED}: the service refused the token; another one is there already
 * </ul>
 *
 * <p>Safe for use by several threads. One for each service and tenant or one for all, as the connector likes: what is shared are pacer, breakers and
 * transport. Nothing to close.
 */
public final class Exchanger {
    /** After such a wait breaker and token are asked anew. */
    private static final Duration STALE = Duration.ofSeconds(1);

    private final HttpTransport transport;
    private final ServiceDialect dialect;
    private final TimeSource time;
    private final Randomness randomness;
    private final Pacer pacer;
    private final Breakers breakers;
    private final Announcer<ExchangeRecord> records;

    private Exchanger(Builder builder) {
        this.transport = builder.transport;
        this.dialect = builder.dialect;
        this.time = builder.time;
        this.randomness = builder.randomness;
        this.pacer = builder.pacer == null ? Pacer.builder(time, randomness).build() : builder.pacer;
        this.breakers =
                builder.breakers == null ? Breakers.builder(time, randomness).build() : builder.breakers;
        this.records = new Announcer<>(builder.listener);
    }

    /**
     * Starts an exchanger.
     *
     * @param transport what puts requests on the wire; stays the caller's to close
     * @param time what deadlines and waits go by
     * @param randomness what ids are drawn from
     * @return a builder
     */
    public static Builder builder(HttpTransport transport, TimeSource time, Randomness randomness) {
        return new Builder(transport, time, randomness);
    }

    /**
     * Sends a request and waits until its answer begins.
     *
     * @param request the request
     * @return the answer, of status 2xx or one that the request expects; the caller closes it
     * @throws FailureException as above; an answer that is none was read and closed then. When the thread is interrupted, too; its flag is set then
     */
    public Exchange send(ServiceRequest request) {
        String id = dialect.requestIdField().isPresent() ? newId() : "";
        Attempt attempt = admit(request, id);
        boolean handedOver = false;
        try {
            HttpResponse response = transport.send(dressed(request, attempt));
            attempt.responded(response);
            if (!request.expects(response.status())) {
                throw refused(request, attempt, response);
            }
            Exchange exchange = new Exchange(attempt, response, request.http().deadlines());
            handedOver = true;
            return exchange;
        } catch (TransportException e) {
            throw attempt.broken(e);
        } finally {
            if (!handedOver) {
                attempt.close();
            }
        }
    }

    /**
     * Reads content that goes on by ranges (RFC 9110, section 14) where a connection breaks: within one attempt, as long as each connection brings
     * it forward by {@value Download#LEAST_PROGRESS} bytes at least.
     *
     * @param request gives the request, a GET without {@code Range}; asked again for each connection, so that an address that has expired can be
     *     another one
     * @param offset where to begin, at least 0
     * @param validator what the content was when earlier bytes were read: an entity tag or a date as a response gave it; empty if it is not known
     * @return the content, which the caller closes
     * @throws FailureException as {@link #send}; {@code CONTENT_MISMATCH} if the service does not serve this range of that content any more
     */
    public Download download(Supplier<ServiceRequest> request, long offset, Optional<String> validator) {
        return new Download(this, request, offset, validator);
    }

    private Attempt admit(ServiceRequest request, String id) {
        long asked = time.nanos();
        Breakers.Pass pass = pass(request);
        @Nullable Permit permit = null;
        boolean complete = false;
        try {
            Optional<AccessToken> token = token(request);
            permit = permit(request);
            Duration waited = Duration.ofNanos(time.nanos() - asked);
            if (waited.compareTo(STALE) > 0) {
                pass.close();
                pass = pass(request);
                token = token(request);
            }
            complete = true;
            return new Attempt(request, id, pass, permit, token, waited, dialect, time, records);
        } finally {
            if (!complete) {
                pass.close();
                if (permit != null) {
                    permit.close();
                }
            }
        }
    }

    private Breakers.Pass pass(ServiceRequest request) {
        Breakers.Entry entry = breakers.enter(request.paced().scope());
        if (entry instanceof Breakers.Held held) {
            throw unsent(
                    aside(FailureCategory.TRANSIENT, "breaker-open", held.until()),
                    request,
                    held.scope() + " keeps failing: held back until " + held.until());
        }
        return (Breakers.Pass) entry;
    }

    private Permit permit(ServiceRequest request) {
        try {
            Admission admission = pacer.admit(request.paced(), request.patience());
            if (admission instanceof Admission.Parked parked) {
                throw unsent(
                        aside(FailureCategory.THROTTLED, "parked", parked.until()),
                        request,
                        "the budget of " + parked.scope() + " lets it go at " + parked.until() + ", too late for it");
            }
            return ((Admission.Admitted) admission).permit();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unsent(Failure.of(FailureCategory.TRANSIENT, "interrupted"), request, "interrupted while it waited");
        }
    }

    private Failure aside(FailureCategory category, String code, Instant until) {
        Duration wait = Duration.between(time.now(), until);
        return new Failure(category, code, Optional.of(wait.isNegative() ? Duration.ZERO : wait));
    }

    private static FailureException unsent(Failure failure, ServiceRequest request, String what) {
        return new FailureException(failure, request.paced().operation() + " was not sent: " + what, null);
    }

    private static Optional<AccessToken> token(ServiceRequest request) {
        return request.access()
                .filter(access -> access.isFor(request.http().uri()))
                .map(access -> access.tokens().token(access.audience()));
    }

    private HttpRequest dressed(ServiceRequest request, Attempt attempt) {
        HttpRequest wire = request.http();
        Optional<String> field = dialect.requestIdField();
        if (field.isPresent()) {
            wire = wire.with(field.get(), attempt.id());
        }
        // A range is one of the bytes as they are sent: a coding on the way would make it one of something else.
        if (wire.fields().first("range").isEmpty()
                && wire.fields().first("accept-encoding").isEmpty()) {
            wire = wire.with("Accept-Encoding", "gzip");
        }
        if (attempt.token().isPresent()) {
            wire = wire.with("Authorization", "Bearer " + attempt.token().get().value());
        }
        return wire;
    }

    private FailureException refused(ServiceRequest request, Attempt attempt, HttpResponse response) {
        byte[] start = ErrorBody.read(response, attempt, request.http().deadlines());
        ErrorAnswer answer = new ErrorAnswer(
                response.status(),
                response.fields(),
                start,
                time.now(),
                attempt.token().isPresent());
        FailureException refusal = attempt.refused(dialect.classify(answer));
        if (refusal.failure().category() == FailureCategory.TOKEN_EXPIRED) {
            replaceToken(request, attempt, response.fields());
        }
        return refusal;
    }

    /** Once for each token, whoever asks: the token source sees to that. */
    private static void replaceToken(ServiceRequest request, Attempt attempt, HttpFields fields) {
        // While another token is asked for, nobody else should wait for this one's slot.
        attempt.close();
        Optional<AccessToken> refused = attempt.token();
        if (refused.isPresent() && request.access().isPresent()) {
            Access access = request.access().get();
            access.tokens().replace(access.audience(), refused.get(), Challenges.claims(fields));
        }
    }

    private String newId() {
        byte[] bytes = randomness.bytes(16);
        bytes[6] = (byte) (bytes[6] & 0x0f | 0x40);
        bytes[8] = (byte) (bytes[8] & 0x3f | 0x80);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }

    /** Puts an exchanger together; for one thread. */
    public static final class Builder {
        private final HttpTransport transport;
        private final TimeSource time;
        private final Randomness randomness;
        private ServiceDialect dialect = ServiceDialect.plain();
        private @Nullable Pacer pacer;
        private @Nullable Breakers breakers;
        private Consumer<? super ExchangeRecord> listener = exchange -> {};

        private Builder(HttpTransport transport, TimeSource time, Randomness randomness) {
            this.transport = Objects.requireNonNull(transport, "transport");
            this.time = Objects.requireNonNull(time, "time");
            this.randomness = Objects.requireNonNull(randomness, "randomness");
        }

        /**
         * Sets how the service speaks; by default no more is known of it than HTTP.
         *
         * @param spoken the dialect
         * @return this builder
         */
        public Builder dialect(ServiceDialect spoken) {
            this.dialect = Objects.requireNonNull(spoken);
            return this;
        }

        /**
         * Sets what paces requests; by default a pacer of its own without limits, which heeds what the service asks for.
         *
         * @param shared the pacer of the process
         * @return this builder
         */
        public Builder pacer(Pacer shared) {
            this.pacer = Objects.requireNonNull(shared);
            return this;
        }

        /**
         * Sets what stands before services that fail; by default breakers of its own.
         *
         * @param shared the breakers of the process
         * @return this builder
         */
        public Builder breakers(Breakers shared) {
            this.breakers = Objects.requireNonNull(shared);
            return this;
        }

        /**
         * Sets who hears of every exchange that was sent; nobody by default.
         *
         * @param hears hears of each, one at a time; must not block
         * @return this builder
         */
        public Builder listener(Consumer<? super ExchangeRecord> hears) {
            this.listener = Objects.requireNonNull(hears);
            return this;
        }

        /**
         * Builds the exchanger.
         *
         * @return an exchanger that has nothing to close
         */
        public Exchanger build() {
            return new Exchanger(this);
        }
    }
}
