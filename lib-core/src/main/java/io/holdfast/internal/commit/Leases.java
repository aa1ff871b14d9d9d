// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryBusyException;
import io.holdfast.error.SessionException;
import io.holdfast.internal.format.LeaseRecord;
import io.holdfast.internal.format.RecordId;
import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Claims on a lineage or on the maintenance of a repository (FORMAT.md, "Leases").
 *
 * <p>A lease is advice: it spares two sessions the same work. What keeps an older writer from committing is the fence that a new one commits. Safe for use by
 * several threads.
 *
 * <p>A lease that does not open, torn or damaged, is taken for that of an unknown holder: it is taken over when its bytes have stood still for the lease
 * time, and then fenced. Taking it for no lease at all would let two writers work at once without a fence.
 */
public final class Leases {
    private static final int ATTEMPTS = 16;

    private final UnlockedRepository repository;
    private final ProcessIdentity identity;
    private final LeaseTiming timing;
    private final TimeSource time;

    /**
     * The leases of a repository.
     *
     * @param repository the repository
     * @param identity who this process is
     * @param timing the times
     */
    public Leases(UnlockedRepository repository, ProcessIdentity identity, LeaseTiming timing) {
        this.repository = repository;
        this.identity = identity;
        this.timing = timing;
        this.time = repository.runtime().time();
    }

    /**
     * What a lease witnesses, whoever holds it or held it last.
     *
     * @param name the keyed name of a lineage
     * @return the newest record that the lineage had when the lease was last written; empty if there is none, or the lease does not open
     */
    public Optional<RecordId> witnessed(String name) {
        return new LeaseObject(repository, name).read().lease().flatMap(LeaseRecord::last);
    }

    /**
     * Claims a lease: at once if it is free, was released, or its holder ran on this machine and is gone; else after its counter has stood still for
     * the lease time.
     *
     * @param name the keyed name of a lineage, or {@link ObjectNames#MAINTENANCE}
     * @return the lease, which the caller closes
     * @throws RepositoryBusyException if somebody holds it; says who, where and since when
     */
    public Lease acquire(String name) {
        LeaseObject object = new LeaseObject(repository, name);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            LeaseObject.Found found = object.read();
            boolean free = found.isAbsent() || found.isReleased();
            if (!free) {
                found = awaitStandstill(object, found, name);
                free = found.isAbsent() || found.isReleased();
            }
            LeaseRecord claim = claim(found);
            if (object.write(claim, found)) {
                return new Lease(repository, object, new Lease.Claimed(claim, found.lease(), !free), timing);
            }
        }
        throw new RepositoryBusyException(
                ErrorCode.REPOSITORY_BUSY,
                "lease " + name + " was claimed by others " + ATTEMPTS + " times in a row",
                "Try again when fewer sessions start at once");
    }

    private LeaseRecord claim(LeaseObject.Found found) {
        Instant now = time.now();
        Optional<LeaseRecord> before = found.lease();
        return new LeaseRecord(
                identity.self(),
                repository.runtime().randomness().bytes(LeaseRecord.CLAIM_BYTES),
                before.map(LeaseRecord::counter).orElse(0L) + 1,
                before.map(LeaseRecord::epoch).orElse(0L),
                false,
                before.flatMap(LeaseRecord::last),
                now,
                now);
    }

    /** Watches a lease that is held until it may be taken; the own stop-watch counts, not anybody's clock. */
    private LeaseObject.Found awaitStandstill(LeaseObject object, LeaseObject.Found first, String name) {
        ProcessIdentity.Liveness liveness =
                first.lease().map(lease -> identity.livenessOf(lease.owner())).orElse(ProcessIdentity.Liveness.UNKNOWN);
        if (liveness == ProcessIdentity.Liveness.GONE) {
            return first;
        }
        if (liveness == ProcessIdentity.Liveness.ALIVE && beatsLately(first)) {
            throw busy(name, first);
        }
        long start = time.nanos();
        while (true) {
            Duration left = timing.lease().minusNanos(time.nanos() - start);
            if (left.isNegative() || left.isZero()) {
                return first;
            }
            pause(left.compareTo(timing.poll()) < 0 ? left : timing.poll());
            LeaseObject.Found now = object.read();
            if (now.isAbsent() || now.isReleased()) {
                return now;
            }
            if (!now.isSame(first)) {
                throw busy(name, now);
            }
        }
    }

    /** Of a process of this machine the clock is the same one; to refuse on it by mistake only costs a later start. */
    private boolean beatsLately(LeaseObject.Found found) {
        return found.lease()
                .map(lease -> Duration.between(lease.beat(), time.now()))
                .filter(age -> !age.isNegative() && age.compareTo(timing.lease()) < 0)
                .isPresent();
    }

    private void pause(Duration length) {
        try {
            time.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SessionException(
                    ErrorCode.SESSION_INTERRUPTED, "interrupted while waiting for a lease", "Run the session again", e);
        }
    }

    static RepositoryBusyException busy(String name, LeaseObject.Found found) {
        String holder = found.lease()
                .map(lease -> lease.owner() + " since " + toSeconds(lease.since()) + ", last heard of at "
                        + toSeconds(lease.beat()))
                .orElse("a process that cannot be named, since its lease does not open");
        return new RepositoryBusyException(
                ErrorCode.REPOSITORY_BUSY,
                "lease " + name + " is held by " + holder,
                "Wait until that session has ended, or stop it");
    }

    private static Instant toSeconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
