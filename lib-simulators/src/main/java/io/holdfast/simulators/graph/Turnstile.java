// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.BudgetBook;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Lets requests pass as the limits allow. Safe for use by several threads. */
final class Turnstile {
    private static final Duration CONCURRENCY_WAIT = Duration.ofSeconds(2);

    private final BudgetBook book;
    private final Map<String, Integer> inside = new HashMap<>();
    private final Map<String, Integer> most = new TreeMap<>();
    private volatile GraphLimits limits;
    private long insideFence;
    private long units;

    Turnstile(BudgetBook book, GraphLimits limits) {
        this.book = book;
        this.limits = limits;
    }

    /**
     * Who passes.
     *
     * @param service who is behind the operation
     * @param key who is counted together: app and mailbox, or app and tenant
     * @param mailbox whose mailbox; empty for other services
     * @param cost resource units
     * @param bytes how much is written
     * @param arrival the request; parts of a batch have the same
     */
    record Ticket(Service service, String key, String mailbox, int cost, long bytes, BudgetBook.Arrival arrival) {}

    void limit(GraphLimits others) {
        limits = others;
    }

    /** Takes note of a request, on the thread that takes its answer back. */
    BudgetBook.Arrival arrive() {
        return book.arrive();
    }

    /** Lets somebody in, who has to {@linkplain #leave leave} again; or says why not. */
    Optional<GraphError> enter(Ticket ticket) {
        synchronized (this) {
            insideFence += book.isFenced(ticket.key, ticket.arrival) ? 1 : 0;
            Optional<GraphError> refusal = switch (ticket.service) {
                case OUTLOOK -> outlook(ticket);
                case DIRECTORY -> directory(ticket);
                case SHAREPOINT -> sharePoint(ticket);
            };
            if (refusal.isEmpty() && !ticket.mailbox.isEmpty()) {
                int now = inside.merge(ticket.key, 1, Integer::sum);
                most.merge(ticket.mailbox, now, Math::max);
            }
            return refusal;
        }
    }

    synchronized void leave(Ticket ticket) {
        if (!ticket.mailbox.isEmpty()) {
            inside.merge(ticket.key, -1, Integer::sum);
        }
    }

    /** Counts bytes that are written past the operations, as uploads are. */
    void write(String key, long bytes) {
        book.spend(key + " upload", bytes, limits.mailboxUpload(), GraphLimits.UPLOAD_WINDOW)
                .ifPresent(wait -> {
                    throw throttled("UploadBytes", wait);
                });
    }

    /** Notes that somebody was asked to wait. */
    void fence(Ticket ticket, Duration wait) {
        book.fence(ticket.key, wait, ticket.arrival);
    }

    synchronized long insideFence() {
        return insideFence;
    }

    synchronized long units() {
        return units;
    }

    /** How many requests a mailbox had at the same time, at most; by its owner's id. */
    synchronized Map<String, Integer> most() {
        return Map.copyOf(most);
    }

    private Optional<GraphError> outlook(Ticket ticket) {
        if (inside.getOrDefault(ticket.key, 0) >= limits.mailboxAtOnce()) {
            return Optional.of(throttled("MailboxConcurrency", CONCURRENCY_WAIT));
        }
        Optional<Duration> wait = book.spend(ticket.key, 1, limits.mailboxRequests(), GraphLimits.MAILBOX_WINDOW);
        if (wait.isEmpty() && ticket.bytes > 0) {
            wait = book.spend(ticket.key + " upload", ticket.bytes, limits.mailboxUpload(), GraphLimits.UPLOAD_WINDOW);
        }
        return wait.map(time -> throttled("RequestRate", time));
    }

    private static GraphError throttled(String limit, Duration wait) {
        return new GraphError(429, "ApplicationThrottled", "Application is over its " + limit + " limit.")
                .with("Retry-After", String.valueOf(wait.toSeconds()));
    }

    private Optional<GraphError> directory(Ticket ticket) {
        units += ticket.cost;
        return book.spend(ticket.key, ticket.cost, limits.directoryUnits(), GraphLimits.DIRECTORY_WINDOW)
                .map(time -> new GraphError(
                                429, "TooManyRequests", "Too many requests from this application and tenant.")
                        .with("Retry-After", String.valueOf(time.toSeconds()))
                        .with("x-ms-throttle-information", "ResourceUnitLimitExceeded"));
    }

    private Optional<GraphError> sharePoint(Ticket ticket) {
        units += ticket.cost;
        Optional<Duration> wait = book.spend(ticket.key, ticket.cost, limits.driveUnits(), GraphLimits.DRIVE_WINDOW)
                .or(() ->
                        book.spend(ticket.key + " day", ticket.cost, limits.driveUnitsPerDay(), GraphLimits.DRIVE_DAY));
        // What is refused counts all the same, so that whoever does not wait waits longer.
        wait.ifPresent(time -> book.charge(ticket.key, ticket.cost));
        return wait.map(time -> new GraphError(429, "activityLimitReached", "The app or user has been throttled.")
                .withInner("throttledRequest")
                .with("Retry-After", String.valueOf(time.toSeconds())));
    }
}
