// SPDX-License-Identifier: Apache-2.0
package io.holdfast.identity;

import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.runtime.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** An identity service with books of its own: grants tokens, or has an incident. */
final class SimulatedIdentity implements TokenEndpoint {
    private final SteppedTime time;
    private final SplittableRandom random;
    private final List<Incident> incidents = new ArrayList<>();
    final Map<Scope, Integer> asked = new HashMap<>();
    final Set<Credential> refused = new HashSet<>();
    final List<Duration> requests = new ArrayList<>();
    final List<TokenRequest> log = new ArrayList<>();
    int refusedForNumber;

    SimulatedIdentity(SteppedTime time, long seed) {
        this.time = time;
        this.random = new SplittableRandom(seed);
    }

    /** From when until when it gives which answer instead of a token. */
    private record Incident(Duration from, Duration until, TokenAnswer answer) {}

    static Scope application(String tenant) {
        return Scope.provider("m365")
                .within(ScopeLevel.CLOUD, "global")
                .within(ScopeLevel.TENANT, tenant)
                .within(ScopeLevel.APPLICATION, "backup");
    }

    SimulatedIdentity throttling(Duration from, Duration until, Optional<Duration> retryAfter) {
        incidents.add(new Incident(from, until, new TokenAnswer.Throttled(ScopeLevel.CLOUD, retryAfter, "429")));
        return this;
    }

    SimulatedIdentity out(Duration from, Duration until) {
        incidents.add(new Incident(from, until, new TokenAnswer.Unavailable("503", "service unavailable")));
        return this;
    }

    int asked(String tenant) {
        return asked.getOrDefault(application(tenant), 0);
    }

    long requestsBetween(Duration from, Duration until) {
        return requests.stream()
                .filter(at -> at.compareTo(from) >= 0 && at.compareTo(until) < 0)
                .count();
    }

    @Override
    public TokenAnswer ask(TokenRequest request) {
        requests.add(time.passed());
        log.add(request);
        asked.merge(request.application(), 1, Integer::sum);
        if (refused.contains(request.credential())) {
            return new TokenAnswer.Rejected("AADSTS7000215", "Make a new client secret.");
        }
        for (Incident incident : incidents) {
            if (time.passed().compareTo(incident.from()) >= 0 && time.passed().compareTo(incident.until()) < 0) {
                refusedForNumber++;
                return incident.answer();
            }
        }
        // As the field has it: between 60 and 90 minutes, and no wish when to renew.
        return new TokenAnswer.Granted(
                "token " + requests.size(), Duration.ofSeconds(random.nextLong(3600, 5400)), Optional.empty());
    }
}
