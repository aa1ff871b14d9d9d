// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.BiFunction;

/** What services do to single requests on bad days, whatever their API; each is known from the field. */
public enum Chaos {
    /** 429 that names whole seconds. */
    THROTTLED_FOR_SECONDS(true, (good, now) -> Reply.of(429).with("Retry-After", "7")),
    /** 429 that names a fraction of a second. */
    THROTTLED_FOR_A_FRACTION(true, (good, now) -> Reply.of(429).with("Retry-After", "1.5")),
    /** 429 that names a date, by the service's own clock, which is two hours fast. */
    THROTTLED_UNTIL_A_DATE(true, (good, now) -> {
        Instant theirs = now.plus(Duration.ofHours(2));
        return Reply.of(429)
                .with("Date", httpDate(theirs))
                .with("Retry-After", httpDate(theirs.plus(Duration.ofSeconds(9))));
    }),
    /** 429 without a word of when to come back. */
    THROTTLED_WITHOUT_A_WORD(true, (good, now) -> Reply.of(429)),
    /** 509: too many bytes. */
    TOO_MANY_BYTES(true, (good, now) -> Reply.of(509).with("Retry-After", "5")),
    /** 503 that names a time. */
    BUSY_FOR_SECONDS(true, (good, now) -> Reply.of(503).with("Retry-After", "5")),
    /** 503 with an empty body. */
    BUSY_WITHOUT_A_WORD(false, (good, now) -> Reply.of(503)),
    /** 500. */
    INTERNAL_ERROR(false, (good, now) -> Reply.json(500, "{\"error\":{\"code\":\"generalException\"}}")),
    /** 502 with a page of a gateway. */
    BAD_GATEWAY(
            false,
            (good, now) -> Reply.of(502)
                    .with("Content-Type", "text/html")
                    .with("<html><body>Bad gateway</body></html>".getBytes(StandardCharsets.UTF_8))),
    /** 504. */
    GATEWAY_TIMEOUT(false, (good, now) -> Reply.of(504)),
    /** 408. */
    REQUEST_TIMEOUT(false, (good, now) -> Reply.of(408)),
    /** 404 with an empty body for what is there. */
    LOST_FOR_A_MOMENT(false, (good, now) -> Reply.of(404)),
    /** 401 although the token is valid. */
    TOKEN_NOT_KNOWN_YET(false, (good, now) -> Reply.of(401).with("WWW-Authenticate", "Bearer error=\"invalid_token\"")),
    /** The connection ends in the middle of the body. */
    CUT(false, (good, now) -> good.spoilt(new Flaw.Cut(good.body().length() / 2, false))),
    /** The connection is reset in the middle of the body. */
    RESET(false, (good, now) -> good.spoilt(new Flaw.Cut(good.body().length() / 2, true))),
    /** A longer body is announced than comes. */
    SHORT_BODY(
            false, (good, now) -> good.spoilt(new Flaw.WrongLength(good.body().length() + 100))),
    /** The body stands still in its middle. */
    STALL(false, (good, now) -> good.spoilt(new Flaw.Stall(good.body().length() / 2))),
    /** The body comes a byte at a time, so slowly that it would never end. */
    DRIP(false, (good, now) -> good.spoilt(new Flaw.Drip(1, Duration.ofSeconds(20)))),
    /** No answer comes. */
    HANG(false, (good, now) -> good.spoilt(new Flaw.Silence())),
    /** The connection ends before an answer comes. */
    HANG_UP(false, (good, now) -> good.spoilt(new Flaw.Gone(true))),
    /** What comes is not HTTP. */
    GARBAGE(false, (good, now) -> good.spoilt(new Flaw.Garbage()));

    private final boolean throttles;
    private final BiFunction<Reply, Instant, Reply> strike;

    Chaos(boolean throttles, BiFunction<Reply, Instant, Reply> strike) {
        this.throttles = throttles;
        this.strike = strike;
    }

    private static String httpDate(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atZone(ZoneOffset.UTC));
    }

    /**
     * What becomes of a reply.
     *
     * @param good the reply that would have been given
     * @param now the time
     * @return the reply that is given
     */
    public Reply strike(Reply good, Instant now) {
        return strike.apply(good, now);
    }

    /**
     * Whether the answer is a refusal for the number of requests.
     *
     * @return true if so
     */
    public boolean throttles() {
        return throttles;
    }
}
