// SPDX-License-Identifier: Apache-2.0
package io.holdfast.services;

import io.holdfast.diagnosis.Diagnosis;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.retry.BreakerEvent;
import io.holdfast.runtime.Announcer;
import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Examines when a breaker opens: one at a time for each tenant, and not again before some minutes have passed. */
final class Examinations {
    private static final Logger LOG = LoggerFactory.getLogger(Examinations.class);
    private static final Duration REST = Duration.ofMinutes(5);

    private final Executor workers;
    private final TimeSource time;
    private final Announcer<Examined> events;
    private final Map<Scope, Patient> patients = new LinkedHashMap<>();

    record Examined(Scope scope, Diagnosis diagnosis) {}

    private static final class Patient {
        private final Function<Optional<Instant>, Diagnosis> doctor;
        private boolean busy;
        private long restsUntil = Long.MIN_VALUE;

        private Patient(Function<Optional<Instant>, Diagnosis> doctor) {
            this.doctor = doctor;
        }
    }

    Examinations(Executor workers, TimeSource time, Announcer<Examined> events) {
        this.workers = workers;
        this.time = time;
        this.events = events;
    }

    synchronized void add(Scope tenant, Function<Optional<Instant>, Diagnosis> doctor) {
        patients.put(tenantOf(tenant), new Patient(doctor));
    }

    synchronized void forget(Scope tenant) {
        patients.remove(tenantOf(tenant));
    }

    /** Examines all tenants now, one after the other; whoever asks wants to know, rest or no rest. */
    Map<Scope, Diagnosis> all() {
        Map<Scope, Patient> now;
        synchronized (this) {
            now = new LinkedHashMap<>(patients);
        }
        Map<Scope, Diagnosis> found = new LinkedHashMap<>();
        now.forEach((tenant, patient) -> found.put(tenant, patient.doctor.apply(Optional.empty())));
        return found;
    }

    void breaker(BreakerEvent event) {
        if (event.state() != BreakerEvent.State.OPEN) {
            return;
        }
        Patient patient;
        synchronized (this) {
            patient = patients.get(tenantOf(event.scope()));
            if (patient == null || patient.busy || time.nanos() < patient.restsUntil) {
                return;
            }
            patient.busy = true;
        }
        try {
            workers.execute(() -> examine(patient, event));
        } catch (RejectedExecutionException e) {
            // The runtime closes: nobody wants to know any more.
            rest(patient);
        }
    }

    private void examine(Patient patient, BreakerEvent event) {
        try {
            Diagnosis diagnosis = patient.doctor.apply(Optional.of(event.at()));
            LOG.warn("breaker of {} has opened: {}", event.scope(), diagnosis.verdict());
            events.add(new Examined(event.scope(), diagnosis));
        } catch (RuntimeException e) {
            LOG.warn("breaker of {} has opened, and the examination failed: {}", event.scope(), e.toString());
        } finally {
            rest(patient);
        }
        events.deliver();
    }

    private synchronized void rest(Patient patient) {
        patient.busy = false;
        patient.restsUntil = time.nanos() + REST.toNanos();
    }

    /** Pools of one tenant share their doctor. */
    private static Scope tenantOf(Scope scope) {
        return scope.at(ScopeLevel.TENANT).or(() -> scope.at(ScopeLevel.CLOUD)).orElse(scope);
    }
}
