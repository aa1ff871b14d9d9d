// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.StoreException;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.Protection;
import io.holdfast.store.PutMode;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import io.holdfast.store.StoreCapabilities;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Proves what a store says it can do, by doing it: servers accept conditions and protections and then ignore them.
 *
 * <p>Made when a repository is created and by the doctor, never when one is opened: reading needs permission to read only. Writes objects below
 * {@code probe/} and removes them; one whose protection was proven stays until that has ended.
 */
public final class CapabilityProof {
    private static final Duration PROBE_RETENTION = Duration.ofMinutes(2);
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

    /** How a capability stood the proof. */
    public enum Verdict {
        /** It works. */
        PROVEN,
        /** The store says that it lacks it. */
        NOT_CLAIMED,
        /** The store claims it and does something else. */
        REFUTED,
        /** It could not be told. */
        UNKNOWN
    }

    /**
     * What came out.
     *
     * @param conditionalCreate whether a second create is refused
     * @param conditionalReplace whether a replace of an outdated version is refused
     * @param listsAfterWrite whether a listing shows what was just written
     * @param retention whether a date reads back and keeps an object from being deleted
     */
    public record Report(
            Verdict conditionalCreate, Verdict conditionalReplace, Verdict listsAfterWrite, Verdict retention) {

        /**
         * The capabilities that may be relied on.
         *
         * @param claimed what the store says
         * @return the same, without what was not proven
         */
        public StoreCapabilities trusted(StoreCapabilities claimed) {
            return new StoreCapabilities(
                    conditionalCreate == Verdict.PROVEN,
                    conditionalReplace == Verdict.PROVEN,
                    claimed.retention() && retention != Verdict.REFUTED,
                    claimed.legalHold(),
                    claimed.versions(),
                    listsAfterWrite == Verdict.PROVEN);
        }
    }

    /**
     * Proves what commits rely on: conditions and listings. Protection is left unknown.
     *
     * @return what came out
     * @throws StoreException with {@code STORE_UNSUPPORTED} if the store can neither create only if absent nor list what was written
     */
    public Report proveCommits() {
        Report report = new Report(proveCreate(), proveReplace(), proveListing(), Verdict.UNKNOWN);
        if (report.conditionalCreate() != Verdict.PROVEN && report.listsAfterWrite() != Verdict.PROVEN) {
            throw new StoreException(
                    ErrorCode.STORE_UNSUPPORTED,
                    "store " + store.describe() + " neither creates only if absent nor lists what was just written",
                    "Use a store that does one of the two: without, two sessions could not find out about each other");
        }
        return report;
    }

    /**
     * Proves everything, protection included.
     *
     * @return what came out
     */
    public Report proveAll() {
        Report commits = proveCommits();
        return new Report(
                commits.conditionalCreate(), commits.conditionalReplace(), commits.listsAfterWrite(), proveRetention());
    }

    private Verdict proveCreate() {
        if (!store.capabilities().conditionalCreate()) {
            return Verdict.NOT_CLAIMED;
        }
        ObjectName probe = probe();
        try {
            boolean first = put(probe, FIRST, PutMode.createOnly());
            boolean second = put(probe, SECOND, PutMode.createOnly());
            // A store may have refused what its service let through, and have learnt from it that this protects from no
            // race.
            boolean stillClaimed = store.capabilities().conditionalCreate();
            return first && !second && stillClaimed && holds(probe, FIRST) ? Verdict.PROVEN : Verdict.REFUTED;
        } finally {
            remove(probe);
        }
    }

    private Verdict proveReplace() {
        if (!store.capabilities().conditionalReplace()) {
            return Verdict.NOT_CLAIMED;
        }
        ObjectName probe = probe();
        try {
            put(probe, FIRST, PutMode.overwrite());
            Optional<String> version = store.stat(probe).flatMap(ObjectStat::version);
            if (version.isEmpty()) {
                return Verdict.REFUTED;
            }
            PutMode mode = PutMode.replaceVersion(version.get());
            boolean first = put(probe, SECOND, mode);
            boolean outdated = put(probe, FIRST, mode);
            return first && !outdated && holds(probe, SECOND) ? Verdict.PROVEN : Verdict.REFUTED;
        } finally {
            remove(probe);
        }
    }

    private Verdict proveListing() {
        ObjectName probe = probe();
        try {
            put(probe, FIRST, PutMode.overwrite());
            String rest = probe.value().substring(ObjectNames.PROBES.length());
            return StoredBytes.below(store, ObjectNames.PROBES).contains(rest) ? Verdict.PROVEN : Verdict.REFUTED;
        } finally {
            remove(probe);
        }
    }

    /** By contrast: with the same permission, what is not protected can be deleted and what is protected cannot. */
    private Verdict proveRetention() {
        if (!store.capabilities().retention()) {
            return Verdict.NOT_CLAIMED;
        }
        ObjectName free = probe();
        ObjectName locked = probe();
        Instant until = runtime.time().now().plus(PROBE_RETENTION).truncatedTo(ChronoUnit.SECONDS);
        put(free, FIRST, PutMode.overwrite());
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

    private ObjectName probe() {
        return new ObjectName(ObjectNames.PROBES
                + HexFormat.of().formatHex(runtime.randomness().bytes(ObjectNames.HASH_DIGITS / 2)));
    }

    private boolean put(ObjectName name, byte[] bytes, PutMode mode) {
        return store.put(name, ObjectBody.of(bytes), new PutOptions(mode, Protection.none())) == PutResult.WRITTEN;
    }

    private boolean holds(ObjectName name, byte[] bytes) {
        return Arrays.equals(StoredBytes.read(store, name, SECOND.length), bytes);
    }

    /** A probe that stays behind harms nobody, and the proof stands without its removal. */
    private void remove(ObjectName probe) {
        try {
            store.delete(probe);
        } catch (HoldfastException left) {
            org.slf4j.LoggerFactory.getLogger(CapabilityProof.class)
                    .debug("The probe {} stays behind: {}", probe, left.getMessage());
        }
    }
}
