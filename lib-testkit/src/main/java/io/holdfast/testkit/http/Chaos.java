// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What services do to single requests on bad days, whatever their API; each is known from the field. */
public enum Chaos {
    /** 429 that names whole seconds. */
    THROTTLED_FOR_SECONDS {
        @Override
        Reply strike(Reply good, Instant now) {
            return Reply.of(429).with("Retry-After", "7");
        }
    },
    /** 429 that names a fraction of a second. */
    THROTTLED_FOR_A_FRACTION {
        @Override
        Reply strike(Reply good, Instant now) {
            return Reply.of(429).with("Retry-After", "1.5");
        }
    },
    /** 429 that names a date, by the service's own clock, which is two hours fast. */
    THROTTLED_UNTIL_A_DATE {
        @Override
        Reply strike(Reply good, Instant now) {
            Instant theirs = now.plus(Duration.ofHours(2));
            return Reply.of(429)
                    .with("Date", httpDate(theirs))
                    .with("Retry-After", httpDate(theirs.plus(Duration.ofSeconds(9))));
        }
    },
    /** 429 without a word of when to come back. */
    THROTTLED_WITHOUT_A_WORD {
        @Override
        Reply strike(Reply good, Instant now) {
            return Reply.of(429);
        }
    },
    /** 509: too many bytes. */
    TOO_MANY_BYTES {
        @Override
        Reply strike(Reply good, Instant now) {
            return Reply.of(509).with("Retry-After", "5");
        }
    },
    /** 503 that names a time. */
    BUSY_FOR_SECONDS {
        @Override
        Reply strike(Reply good, Instant now) {
            return Reply.of(503).with("Retry-After", "5");
        }
    },
    /** 503 with an empty body. */
    BUSY_WITHOUT_A_WORD {
        @Override
        Reply strike(Reply good, Instant now) {
            return Reply.of(503);
        }
    },
    /** 500. */
    INTERNAL_ERROR {
        @Override
        Reply strike(Reply good, Instant now) {
            return Reply.json(500, "{\"error\":{\"code\":\"generalException\"}}");
        }
    },
    /** 502 with a page of a gateway. */
    BAD_GATEWAY {
        @Override
        Reply strike(Reply good, Instant now) {
            return Reply.of(502)
                    .with("Content-Type", "text/html")
                    .with("<html><body>Bad gateway</body></html>".getBytes(StandardCharsets.UTF_8));
        }
    },
    /** 504. */
    GATEWAY_TIMEOUT {
        @Override
        Reply strike(Reply good, Instant now) {
            return Reply.of(504);
        }
    },
    /** 408. */
    REQUEST_TIMEOUT {
        @Override
        Reply strike(Reply good, Instant now) {
            return Reply.of(408);
        }
    },
    /** 404 with an empty body for what is there. */
    LOST_FOR_A_MOMENT {
        @Override
        Reply strike(Reply good, Instant now) {
            return Reply.of(404);
        }
    },
    /** 401 although the token is valid. */
    TOKEN_NOT_KNOWN_YET {
        @Override
        Reply strike(Reply good, Instant now) {
            return Reply.of(401).with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        }
    },
    /** The connection ends in the middle of the body. */
    CUT {
        @Override
        Reply strike(Reply good, Instant now) {
            return good.spoilt(new Flaw.Cut(good.body().length() / 2, false));
        }
    },
    /** The connection is reset in the middle of the body. */
    RESET {
        @Override
        Reply strike(Reply good, Instant now) {
            return good.spoilt(new Flaw.Cut(good.body().length() / 2, true));
        }
    },
    /** A longer body is announced than comes. */
    SHORT_BODY {
        @Override
        Reply strike(Reply good, Instant now) {
            return good.spoilt(new Flaw.WrongLength(good.body().length() + 100));
        }
    },
    /** The body stands still in its middle. */
    STALL {
        @Override
        Reply strike(Reply good, Instant now) {
            return good.spoilt(new Flaw.Stall(good.body().length() / 2));
        }
    },
    /** The body comes a byte at a time, so slowly that it would never end. */
    DRIP {
        @Override
        Reply strike(Reply good, Instant now) {
            return good.spoilt(new Flaw.Drip(1, Duration.ofSeconds(20)));
        }
    },
    /** No answer comes. */
    HANG {
        @Override
        Reply strike(Reply good, Instant now) {
            return good.spoilt(new Flaw.Silence());
        }
    },
    /** The connection ends before an answer comes. */
    HANG_UP {
        @Override
        Reply strike(Reply good, Instant now) {
            return good.spoilt(new Flaw.Gone(true));
        }
    },
    /** What comes is not HTTP. */
    GARBAGE {
        @Override
        Reply strike(Reply good, Instant now) {
            return good.spoilt(new Flaw.Garbage());
        }
    };

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
    abstract Reply strike(Reply good, Instant now);

    /** Whether the answer is a refusal for the number of requests. */
    boolean throttles() {
        return this == THROTTLED_FOR_SECONDS
                || this == THROTTLED_FOR_A_FRACTION
                || this == THROTTLED_UNTIL_A_DATE
                || this == THROTTLED_WITHOUT_A_WORD
                || this == TOO_MANY_BYTES
                || this == BUSY_FOR_SECONDS;
    }
}
