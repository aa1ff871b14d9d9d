// SPDX-License-Identifier: Apache-2.0
package io.holdfast.diagnosis;

import io.holdfast.diagnosis.Finding.Condition;
import io.holdfast.exchange.Access;
import io.holdfast.exchange.ServiceDialect;
import io.holdfast.identity.AccessToken;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Examines everything between us and a service, layer by layer and on every way out, so that an outage of sign-in, a bad path, a change of TLS rules and
 * throttling are told apart.
 *
 * <p>It sends few requests, past pacer and breakers; for a token it asks the token source, which heeds what the identity service asked for. An
 * examination takes seconds, and up to a minute where nothing answers. Safe for use by several threads; has nothing to close.
 */
public final class Doctor {
    private final TimeSource time;
    private final Randomness randomness;
    private final List<Egress> ways;
    private final Optional<URI> identity;
    private final Optional<Access> access;
    private final List<Ping> pings;
    private final ServiceDialect dialect;
    private final Duration patience;
    private final int sessions;

    private Doctor(Builder builder) {
        this.time = builder.time;
        this.randomness = builder.randomness;
        this.ways = List.copyOf(builder.ways);
        this.identity = Optional.ofNullable(builder.identity);
        this.access = Optional.ofNullable(builder.access);
        this.pings = List.copyOf(builder.pings);
        this.dialect = builder.dialect;
        this.patience = builder.patience;
        this.sessions = builder.sessions;
    }

    /**
     * Starts a doctor.
     *
     * @param time what it goes by
     * @param randomness what TLS greetings are filled from
     * @return a builder
     */
    public static Builder builder(TimeSource time, Randomness randomness) {
        return new Builder(time, randomness);
    }

    /**
     * Examines.
     *
     * @param since since when requests fail, if that is known
     * @return what was found; never fails, since what fails is what is to be found
     */
    public Diagnosis examine(Optional<Instant> since) {
        List<Finding> findings = new ArrayList<>();
        List<Reach> reaches = ways.stream().map(way -> new Reach(way, findings)).toList();
        boolean identityReached = identity.isEmpty();
        for (Reach reach : reaches) {
            identityReached |= identity.isPresent() && reach.reaches(identity.get());
        }
        // Without a way to the identity service that there is no token is no news.
        Optional<AccessToken> token = token(findings, identityReached);
        boolean authorized = access.isEmpty() || token.isPresent();
        for (Reach reach : reaches) {
            PingProbe probe = new PingProbe(reach.way, dialect, time);
            for (Ping ping : pings) {
                URI uri = ping.http().uri();
                if (reach.reaches(uri) && authorized) {
                    findings.add(
                            probe.ask(ping, token.filter(t -> mayBeShown(uri)).map(AccessToken::value)));
                }
            }
        }
        return new Diagnosis(time.now(), since, findings, new Causes(findings, ways.size()).list());
    }

    /** Which hosts can be reached on one way out; each is looked at once. For one examination. */
    private final class Reach {
        private final Egress way;
        private final List<Finding> findings;
        private final Map<String, Boolean> hosts = new HashMap<>();

        private Reach(Egress way, List<Finding> findings) {
            this.way = way;
            this.findings = findings;
        }

        private boolean reaches(URI uri) {
            return hosts.computeIfAbsent(uri.getAuthority(), host -> look(uri));
        }

        private boolean look(URI uri) {
            List<Finding> found = new HostProbe(way, patience, sessions, time, randomness).look(uri);
            findings.addAll(found);
            return found.stream().anyMatch(each -> each.layer() == Layer.TLS && each.condition() == Condition.OK);
        }
    }

    private boolean mayBeShown(URI uri) {
        return access.isPresent() && access.get().isFor(uri);
    }

    private Optional<AccessToken> token(List<Finding> findings, boolean identityReached) {
        if (access.isEmpty()) {
            return Optional.empty();
        }
        long begun = time.nanos();
        String target = access.get().audience();
        try {
            AccessToken token = access.get().tokens().token(target);
            findings.add(new Finding("", target, Layer.TOKEN, Condition.OK, token.toString(), since(begun)));
            return Optional.of(token);
        } catch (FailureException e) {
            Condition condition = isThrottled(e.failure().code()) ? Condition.THROTTLED : Condition.FAILED;
            boolean follows = e.failure().category() == FailureCategory.IDENTITY_OUTAGE && !identityReached;
            if (!follows) {
                String detail = e.failure().category() == FailureCategory.IDENTITY_OUTAGE
                        ? "the identity service answered " + e.failure().code()
                        : String.valueOf(e.getMessage());
                findings.add(new Finding("", target, Layer.TOKEN, condition, detail, since(begun)));
            }
            return Optional.empty();
        }
    }

    private static boolean isThrottled(String code) {
        String lower = code.toLowerCase(Locale.ROOT);
        return lower.startsWith("429") || lower.contains("throttl") || lower.contains("toomany");
    }

    private Duration since(long begun) {
        return Duration.ofNanos(time.nanos() - begun);
    }

    /** Puts a doctor together; for one thread. */
    public static final class Builder {
        private final TimeSource time;
        private final Randomness randomness;
        private final List<Egress> ways = new ArrayList<>();
        private final List<Ping> pings = new ArrayList<>();
        private @Nullable URI identity;
        private @Nullable Access access;
        private ServiceDialect dialect = ServiceDialect.plain();
        private Duration patience = Duration.ofSeconds(3);
        private int sessions = 10;

        private Builder(TimeSource time, Randomness randomness) {
            this.time = Objects.requireNonNull(time, "time");
            this.randomness = Objects.requireNonNull(randomness, "randomness");
        }

        /**
         * Adds a way out; there must be one at least, each with a name of its own.
         *
         * @param way the way
         * @return this builder
         */
        public Builder egress(Egress way) {
            if (ways.stream().anyMatch(each -> each.name().equals(way.name()))
                    || way.name().isEmpty()) {
                throw new IllegalArgumentException(
                        "two ways out are called '" + way.name() + "', or it is no name; give each a name of its own");
            }
            ways.add(way);
            return this;
        }

        /**
         * Sets where tokens come from.
         *
         * @param authority the identity service
         * @param right the token source, the audience, and who may see the token
         * @return this builder
         */
        public Builder identity(URI authority, Access right) {
            this.identity = Objects.requireNonNull(authority);
            this.access = Objects.requireNonNull(right);
            return this;
        }

        /**
         * Adds a part of the service to ask.
         *
         * @param ping the request
         * @return this builder
         */
        public Builder ping(Ping ping) {
            pings.add(Objects.requireNonNull(ping));
            return this;
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
         * Sets how long one connection may take; 3 seconds by default.
         *
         * @param time 50 ms to a minute
         * @return this builder
         */
        public Builder patience(Duration time) {
            if (time.toMillis() < 50 || time.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException("patience is " + time + "; allowed are 50 ms to a minute");
            }
            this.patience = time;
            return this;
        }

        /**
         * Sets how many TLS sessions are made with each host; 10 by default. With fewer a lossy path may be missed.
         *
         * @param count 1 to 100
         * @return this builder
         */
        public Builder sessions(int count) {
            if (count < 1 || count > 100) {
                throw new IllegalArgumentException("sessions is " + count + "; allowed are 1 to 100");
            }
            this.sessions = count;
            return this;
        }

        /**
         * Builds the doctor.
         *
         * @return a doctor
         */
        public Doctor build() {
            if (ways.isEmpty() || pings.isEmpty()) {
                throw new IllegalArgumentException("a doctor with " + ways.size() + " ways out and " + pings.size()
                        + " pings; give at least one of each");
            }
            return new Doctor(this);
        }
    }
}
