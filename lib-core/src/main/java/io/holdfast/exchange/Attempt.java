// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import io.holdfast.identity.AccessToken;
import io.holdfast.pacing.Answer;
import io.holdfast.pacing.Cost;
import io.holdfast.pacing.PacedRequest;
import io.holdfast.pacing.Permit;
import io.holdfast.pacing.RateFeedback;
import io.holdfast.retry.Breakers;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.Announcer;
import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One exchange from its admission to its end: tells pacer and breaker, and puts it on record once. For one thread. */
final class Attempt implements AutoCloseable {
    private static final Pattern NO_WORD = Pattern.compile("[^A-Za-z0-9._:/+=-]");
    private static final Logger LOG = LoggerFactory.getLogger(Exchanger.class);

    private final ServiceRequest request;
    private final String id;
    private final Breakers.Pass pass;
    private final Permit permit;
    private final Optional<AccessToken> token;
    private final Duration waited;
    private final ServiceDialect dialect;
    private final TimeSource time;
    private final Announcer<ExchangeRecord> records;
    private final Instant at;
    private final long sent;

    private int status;
    private String answerId;
    private Cost cost;
    private Duration firstByte = Duration.ZERO;
    private long bytesDown;
    private Optional<Failure> failure = Optional.empty();
    private boolean closed;

    Attempt(
            ServiceRequest request,
            String id,
            Breakers.Pass pass,
            Permit permit,
            Optional<AccessToken> token,
            Duration waited,
            ServiceDialect dialect,
            TimeSource time,
            Announcer<ExchangeRecord> records) {
        this.request = request;
        this.id = id;
        this.answerId = id;
        this.pass = pass;
        this.permit = permit;
        this.token = token;
        this.waited = waited;
        this.dialect = dialect;
        this.time = time;
        this.records = records;
        this.cost = request.paced().cost();
        this.at = time.now();
        this.sent = time.nanos();
    }

    String id() {
        return id;
    }

    String answerId() {
        return answerId;
    }

    Optional<AccessToken> token() {
        return token;
    }

    TimeSource time() {
        return time;
    }

    /** The response begins; what it means is not known yet. */
    void responded(HttpResponse response) {
        firstByte = sinceSent();
        status = response.status();
        answerId = dialect.answerId(response.fields()).orElse(id);
        long up = request.http().body().map(HttpBody::length).orElse(0L);
        long down = ContentLength.of(response.fields()).orElse(cost.bytesDown());
        cost = dialect.actual(cost, response.fields()).withBytes(up, down);
        if (request.expects(status)) {
            permit.answered(new Answer.Served(cost, feedback(response.fields())));
        }
    }

    /** The response is a failure. */
    FailureException refused(Verdict verdict) {
        Failure refusal = verdict.failure();
        if (refusal.category() == FailureCategory.THROTTLED) {
            permit.answered(new Answer.Throttled(verdict.level(), refusal.retryAfter()));
        } else {
            permit.answered(new Answer.Served(cost, Optional.empty()));
        }
        return failed(refusal, "answered " + status + code(refusal), null);
    }

    /** There is no response, or no more of it. */
    FailureException broken(TransportException error) {
        if (status == 0) {
            firstByte = sinceSent();
        }
        Failure loss = Failure.of(error.phase().category(), error.phase().name().toLowerCase(Locale.ROOT));
        if (bytesDown >= Download.LEAST_PROGRESS) {
            // A way that brought so much forward is one to be taken again.
            pass.succeeded();
        }
        return failed(loss, error.getMessage() == null ? "failed" : error.getMessage(), error);
    }

    private FailureException failed(Failure how, String what, @Nullable Throwable cause) {
        pass.failed(how);
        failure = Optional.of(how);
        String named = answerId.isEmpty() ? "" : " (id " + answerId + ")";
        return new FailureException(how, request.paced().operation() + ": " + what + named, cause);
    }

    void received(long bytes) {
        bytesDown += bytes;
    }

    /** Ends the exchange; one that did not fail has succeeded. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (failure.isEmpty() && status != 0) {
            pass.succeeded();
        }
        pass.close();
        permit.close();
        records.add(record());
        records.deliver();
        failure.ifPresent(this::log);
    }

    private ExchangeRecord record() {
        return new ExchangeRecord(
                at,
                request.paced(),
                status,
                failure.map(Failure::code).map(Attempt::clean).orElse(""),
                failure.map(Failure::category),
                cost,
                waited,
                firstByte,
                sinceSent(),
                status == 0 ? 0 : cost.bytesUp(),
                bytesDown,
                clean(answerId));
    }

    /** One line for each exchange that failed; neither address nor text of the service, which may hold content. */
    private void log(Failure how) {
        PacedRequest paced = request.paced();
        LOG.warn(
                "exchange failed: operation={} scope={} method={} status={} category={} code={} retryAfter={} id={} waited={} took={}",
                paced.operation(),
                paced.scope(),
                request.http().method(),
                status,
                how.category(),
                clean(how.code()),
                how.retryAfter().map(Duration::toString).orElse("-"),
                clean(answerId),
                waited,
                sinceSent());
    }

    private static String code(Failure refusal) {
        String code = clean(refusal.code());
        return code.isEmpty() ? "" : " " + code;
    }

    /** Codes and ids are words; whatever else a service puts there goes into no log. */
    private static String clean(String word) {
        String kept = word.length() > 100 ? word.substring(0, 100) : word;
        return NO_WORD.matcher(kept).replaceAll("_");
    }

    private static Optional<RateFeedback> feedback(HttpFields fields) {
        return RateFeedback.parse(name -> fields.first(name).orElse(null));
    }

    private Duration sinceSent() {
        return Duration.ofNanos(time.nanos() - sent);
    }
}
