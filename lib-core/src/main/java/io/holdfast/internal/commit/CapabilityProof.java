// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.RetryClass;
import io.holdfast.error.SessionException;
import io.holdfast.error.StoreException;
import io.holdfast.repository.StoreProof;
import io.holdfast.repository.StoreProof.Ability;
import io.holdfast.repository.StoreProof.Verdict;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.Protection;
import io.holdfast.store.PutMode;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves what a store says it can do, by doing it: servers accept conditions and protections and then ignore them.
 *
 * <p>Made when a repository is created and by the doctor, never when one is opened: reading needs permission to read only. Writes objects below
 * {@code probe/} and removes them; one whose protection was proven stays until that has ended, and the next proof removes it.
 */
public final class CapabilityProof {
    private static final Logger LOG = LoggerFactory.getLogger(CapabilityProof.class);
    private static final Duration PROBE_RETENTION = Duration.ofMinutes(2);
    private static final Duration OLD = Duration.ofHours(1);
    private static final int WRITERS = 8;
    private static final byte[] FIRST = "first".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECOND = "second".getBytes(StandardCharsets.US_ASCII);

    private final ObjectStore store;
    private final HoldfastRuntime runtime;

    /**
     * Prepares a proof.
     *
     * @param store the store
     * @param runtime what lends time and randomness
     */
    public CapabilityProof(ObjectStore store, HoldfastRuntime runtime) {
        this.store = store;
        this.runtime = runtime;
    }

    /**
     * Proves everything.
     *
     * @return what came out
     * @throws StoreException with {@code STORE_UNSUPPORTED} if the store can neither create only if absent nor list what was written
     */
    public StoreProof prove() {
        Map<Ability, Verdict> verdicts = new EnumMap<>(Ability.class);
        verdicts.put(Ability.CONDITIONAL_CREATE, proveCreate(store));
        verdicts.put(
                Ability.CREATE_IN_PARTS,
                store.inParts().map(this::proveCreateInParts).orElse(Verdict.NOT_CLAIMED));
        verdicts.put(Ability.CONDITIONAL_REPLACE, proveReplace());
        verdicts.put(Ability.LISTS_AFTER_WRITE, proveListing());
        requireUsable(verdicts);
        Duration apart = clockDifference();
        verdicts.put(Ability.RETENTION, proveRetention(apart));
        verdicts.put(
                Ability.CLOCK,
                apart.abs().compareTo(StoreProof.CLOCK_TOLERANCE) <= 0 ? Verdict.PROVEN : Verdict.REFUTED);
        return new StoreProof(runtime.time().now(), verdicts, apart);
    }

    private void requireUsable(Map<Ability, Verdict> verdicts) {
        if (verdicts.get(Ability.CONDITIONAL_CREATE) != Verdict.PROVEN
                && verdicts.get(Ability.LISTS_AFTER_WRITE) != Verdict.PROVEN) {
            throw new StoreException(
                    ErrorCode.STORE_UNSUPPORTED,
                    "store " + store.describe() + " neither creates only if absent nor lists what was just written",
                    "Use a store that does one of the two: without, two sessions could not find out about each other");
        }
    }

    private Verdict proveCreate(ObjectStore by) {
        if (!by.capabilities().conditionalCreate()) {
            return Verdict.NOT_CLAIMED;
        }
        ObjectName probe = probe();
        try {
            boolean first = put(by, probe, FIRST, PutMode.createOnly());
            boolean second = put(by, probe, SECOND, PutMode.createOnly());
            boolean refused = first && !second && isStillClaimed(by) && holds(probe, FIRST);
            return refused && oneOfSeveralWins(by) && isStillClaimed(by) ? Verdict.PROVEN : Verdict.REFUTED;
        } finally {
            remove(probe);
        }
    }

    /** A store may have refused what its service let through, be it in a race, and have learnt from it that this protects from none. */
    private static boolean isStillClaimed(ObjectStore by) {
        return by.capabilities().conditionalCreate();
    }

    /** Nothing that is committed is so large: a service without parts, or a credential that may not use them, is no reason to do without the store. */
    private Verdict proveCreateInParts(ObjectStore parts) {
        try {
            return proveCreate(parts);
        } catch (StoreException e) {
            if (e.retryClass() != RetryClass.PERMANENT) {
                throw e;
            }
            LOG.debug("Creates in parts could not be proven on {}: {}", store.describe(), e.getMessage());
            return Verdict.UNKNOWN;
        }
    }

    /** There are services that look first and write then, and let two writers look at the same moment. */
    private boolean oneOfSeveralWins(ObjectStore by) {
        ObjectName probe = probe();
        List<FutureTask<Boolean>> writers = Stream.generate(
                        () -> new FutureTask<>(() -> isStillClaimed(by) && create(by, probe)))
                .limit(WRITERS)
                .toList();
        try {
            writers.forEach(writer -> runtime.workers().execute(writer));
            if (runtime.mayLackThreads()) {
                writers.forEach(FutureTask::run);
            }
            return writers.stream().filter(CapabilityProof::wins).count() == 1;
        } finally {
            remove(probe);
        }
    }

    /** Another writer may teach the store, between a look at its claims and the put, that it must not claim this. */
    private boolean create(ObjectStore by, ObjectName probe) {
        try {
            return put(by, probe, FIRST, PutMode.createOnly());
        } catch (StoreException e) {
            if (e.code() == ErrorCode.STORE_UNSUPPORTED && !isStillClaimed(by)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean wins(FutureTask<Boolean> writer) {
        try {
            return writer.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException error) {
                throw error;
            }
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SessionException(
                    ErrorCode.SESSION_INTERRUPTED,
                    "the proof of the store was interrupted",
                    "Run it again",
                    interrupted);
        }
    }

    private Verdict proveReplace() {
        if (!store.capabilities().conditionalReplace()) {
            return Verdict.NOT_CLAIMED;
        }
        ObjectName probe = probe();
        try {
            put(store, probe, FIRST, PutMode.overwrite());
            Optional<String> version = store.stat(probe).flatMap(ObjectStat::version);
            if (version.isEmpty()) {
                return Verdict.REFUTED;
            }
            PutMode mode = PutMode.replaceVersion(version.get());
            boolean first = put(store, probe, SECOND, mode);
            boolean outdated = put(store, probe, FIRST, mode);
            return first && !outdated && holds(probe, SECOND) ? Verdict.PROVEN : Verdict.REFUTED;
        } finally {
            remove(probe);
        }
    }

    private Verdict proveListing() {
        ObjectName probe = probe();
        try {
            put(store, probe, FIRST, PutMode.overwrite());
            String rest = probe.value().substring(ObjectNames.PROBES.length());
            return StoredBytes.below(store, ObjectNames.PROBES).contains(rest) ? Verdict.PROVEN : Verdict.REFUTED;
        } finally {
            remove(probe);
        }
    }

    /**
     * By the time that the store gives an object: it was written between two looks at our clock. That is the clock which retention goes by, on any
     * store, where the date of an answer may be that of a proxy.
     */
    private Duration clockDifference() {
        ObjectName probe = probe();
        try {
            Instant before = runtime.time().now().truncatedTo(ChronoUnit.SECONDS);
            put(store, probe, FIRST, PutMode.overwrite());
            Instant after = runtime.time().now();
            Instant theirs = store.stat(probe).map(ObjectStat::modified).orElse(after);
            Instant nearest = theirs.isBefore(before) ? before : theirs.isAfter(after) ? after : theirs;
            return Duration.ofSeconds(Duration.between(nearest, theirs).toMillis() / 1000);
        } finally {
            remove(probe);
        }
    }

    /** By contrast: with the same permission, what is not protected can be deleted and what is protected cannot. */
    private Verdict proveRetention(Duration clockDifference) {
        if (!store.capabilities().retention()) {
            return Verdict.NOT_CLAIMED;
        }
        removeOld();
        ObjectName free = probe();
        ObjectName locked = probe();
        Instant until =
                runtime.time().now().plus(clockDifference).plus(PROBE_RETENTION).truncatedTo(ChronoUnit.SECONDS);
        put(store, free, FIRST, PutMode.overwrite());
        store.put(locked, ObjectBody.of(FIRST), new PutOptions(PutMode.overwrite(), Protection.until(until)));
        if (store.delete(free) != DeleteResult.DELETED) {
            return Verdict.UNKNOWN;
        }
        boolean readsBack = store.stat(locked)
                .flatMap(stat -> stat.protection().retainUntil())
                .filter(date -> !date.isBefore(until))
                .isPresent();
        boolean stays = store.delete(locked) == DeleteResult.RETAINED && holds(locked, FIRST);
        return readsBack && stays ? Verdict.PROVEN : Verdict.REFUTED;
    }

    /** Removes what earlier proofs had to leave; those that others make now are younger. */
    private void removeOld() {
        Instant old = runtime.time().now().minus(OLD);
        List<ObjectName> left = new ArrayList<>();
        try (ObjectListing listing = store.list(ObjectNames.PROBES)) {
            listing.forEachRemaining(probe -> {
                if (probe.modified().isBefore(old)) {
                    left.add(probe.name());
                }
            });
        }
        store.deleteAll(left);
    }

    private ObjectName probe() {
        return new ObjectName(ObjectNames.PROBES
                + HexFormat.of().formatHex(runtime.randomness().bytes(ObjectNames.HASH_DIGITS / 2)));
    }

    private static boolean put(ObjectStore by, ObjectName name, byte[] bytes, PutMode mode) {
        return by.put(name, ObjectBody.of(bytes), new PutOptions(mode, Protection.none())) == PutResult.WRITTEN;
    }

    /** There are services that lose what stands there when a write over it is given up. */
    private boolean holds(ObjectName name, byte[] bytes) {
        return StoredBytes.equal(store, name, bytes).orElse(false);
    }

    /** A probe that stays behind harms nobody, and the proof stands without its removal. */
    private void remove(ObjectName probe) {
        try {
            store.delete(probe);
        } catch (HoldfastException left) {
            LOG.debug("The probe {} stays behind: {}", probe, left.getMessage());
        }
    }
}
