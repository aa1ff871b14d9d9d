// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.time.Duration;
import java.util.function.Supplier;

/** Clients that always have another request for a service, and send each as soon as the pacer lets it go. */
final class Workload {
    private final EventTime time;
    private final Pacer pacer;
    private final CountingService service;
    private final Duration latency;
    private final Supplier<PacedRequest> requests;
    private long askedToWaitUntil;
    long sent;
    long sentInsideFence;

    Workload(EventTime time, Pacer pacer, CountingService service, Duration latency, Supplier<PacedRequest> requests) {
        this.time = time;
        this.pacer = pacer;
        this.service = service;
        this.latency = latency;
        this.requests = requests;
    }

    Workload start(int clients) {
        for (int i = 0; i < clients; i++) {
            next();
        }
        return this;
    }

    private void next() {
        pacer.offer(requests.get(), Duration.ofHours(1), this::take);
    }

    private void take(Admission admission) {
        if (admission instanceof Admission.Admitted admitted) {
            sent++;
            if (time.nanos() < askedToWaitUntil) {
                sentInsideFence++;
            }
            // Half of the latency on the way there, half on the way back.
            time.after(latency.dividedBy(2), () -> arrive(admitted.permit()));
        } else {
            time.after(Duration.ofMinutes(10), this::next);
        }
    }

    private void arrive(Permit permit) {
        Answer answer = service.arrive(permit.request().cost());
        time.after(latency.dividedBy(2), () -> {
            service.leave();
            if (answer instanceof Answer.Throttled throttled) {
                throttled
                        .retryAfter()
                        .ifPresent(
                                wait -> askedToWaitUntil = Math.max(askedToWaitUntil, time.nanos() + wait.toNanos()));
            }
            permit.answered(answer);
            permit.close();
            next();
        });
    }
}
