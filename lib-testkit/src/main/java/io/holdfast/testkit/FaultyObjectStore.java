// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import io.holdfast.store.ByteRange;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.Overlay;
import io.holdfast.store.Protection;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import io.holdfast.store.StoreCapabilities;
import io.holdfast.store.StoreRequests;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A store that fails on purpose: by a script, by chance from a seed, or for ever from one call on.
 *
 * <p>Safe for use by several threads, but then the order of their calls decides who meets which fault. Calls are numbered from 1; asking
 * for capabilities and closing are not counted. Put it below the retries, and over a store that is sound. Scripted faults must
 * all fire: end each test with {@link #assertAllFired()}.
 */
public final class FaultyObjectStore implements ObjectStore {
    private final ObjectStore store;
    private final FaultPlan plan;

    /**
     * A store without faults, until some are ordered.
     *
     * @param store the store that does the work; closed with this one
     * @param randomness where chance comes from, and the places of damage
     */
    public FaultyObjectStore(ObjectStore store, SeededRandomness randomness) {
        this(Objects.requireNonNull(store, "store"), new FaultPlan(Objects.requireNonNull(randomness, "randomness")));
    }

    private FaultyObjectStore(ObjectStore store, FaultPlan plan) {
        this.store = store;
        this.plan = plan;
    }

    /**
     * Orders a fault; several wait for their calls at the same time.
     *
     * @param fault the fault
     * @return this store
     */
    public FaultyObjectStore script(Fault fault) {
        plan.add(fault);
        return this;
    }

    /**
     * Lets calls go wrong by chance from now on.
     *
     * @param rates how often; {@link FaultRates#NONE} to stop
     * @return this store
     */
    public FaultyObjectStore atRates(FaultRates rates) {
        plan.rates(rates);
        return this;
    }

    /**
     * Lets the process die before a call: that call and all later ones throw {@link SimulatedCrash}, also those of streams and listings
     * that are open.
     *
     * @param call the number of the call, at least 1
     * @return this store
     */
    public FaultyObjectStore crashAt(long call) {
        plan.crashAt(call);
        return this;
    }

    /**
     * Runs something before a call, in the thread that makes it: where a test freezes a writer while others go on.
     *
     * @param call the number of the call, at least 1
     * @param action what to run
     * @return this store
     */
    public FaultyObjectStore before(long call, Runnable action) {
        plan.before(call, action);
        return this;
    }

    /**
     * How many calls were made.
     *
     * @return the number of the last call
     */
    public long calls() {
        return plan.calls();
    }

    /**
     * Fails unless every scripted fault has fired and every crash and action was reached.
     *
     * @throws AssertionError that names those that were not
     */
    public void assertAllFired() {
        plan.assertAllFired();
    }

    @Override
    public String describe() {
        return store.describe();
    }

    @Override
    public StoreCapabilities capabilities() {
        plan.requireAlive();
        return store.capabilities();
    }

    @Override
    public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
        Optional<Fault> fault = plan.next(StoreVerb.PUT, name.value());
        Fault.Kind kind = fault.map(Fault::kind).orElse(null);
        if (kind == Fault.Kind.REFUSE_SHORT) {
            half(name, body);
            throw error(fault.get(), name.value());
        }
        if (kind == Fault.Kind.KEEP_SHORT) {
            return store.put(name, ObjectBody.of(half(name, body)), options);
        }
        return run(fault, name.value(), () -> store.put(name, body, options));
    }

    private static byte[] half(ObjectName name, ObjectBody body) {
        byte[] whole = StoreRequests.readWhole(name, body);
        return Arrays.copyOf(whole, whole.length / 2);
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        Optional<Fault> fault = plan.next(StoreVerb.GET, name.value());
        InputStream in = run(fault, name.value(), () -> store.get(name, range));
        Fault.Kind kind = fault.map(Fault::kind).orElse(null);
        if (kind == Fault.Kind.FLIP_BIT) {
            return FaultyStream.flipping(in, plan, somewhereIn(name, range));
        }
        if (kind == Fault.Kind.BREAK_OFF) {
            return FaultyStream.breaking(in, plan, somewhereIn(name, range), () -> error(fault.get(), name.value()));
        }
        return FaultyStream.sound(in, plan);
    }

    private long somewhereIn(ObjectName name, ByteRange range) {
        long length = store.stat(name).map(ObjectStat::length).orElse(0L);
        return plan.place(range.within(name, length).length());
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        return run(plan.next(StoreVerb.STAT, name.value()), name.value(), () -> store.stat(name));
    }

    @Override
    public ObjectListing list(String prefix) {
        Optional<Fault> fault = plan.next(StoreVerb.LIST, prefix);
        ObjectListing listing = run(fault, prefix, () -> store.list(prefix));
        boolean loses =
                fault.map(Fault::kind).filter(Fault.Kind.LOSE_ENTRY::equals).isPresent();
        return new FaultyListing(listing, plan, loses);
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        return run(plan.next(StoreVerb.DELETE, name.value()), name.value(), () -> store.delete(name));
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        run(plan.next(StoreVerb.PROTECT, name.value()), name.value(), () -> {
            store.protect(name, protection);
            return true;
        });
    }

    @Override
    public List<Overlay> overlays(String prefix) {
        return run(plan.next(StoreVerb.LIST, prefix), prefix, () -> store.overlays(prefix));
    }

    @Override
    public DeleteResult remove(Overlay overlay) {
        return run(
                plan.next(StoreVerb.DELETE, overlay.object().value()),
                overlay.object().value(),
                () -> store.remove(overlay));
    }

    /** A view with the faults of this store. */
    @Override
    public Optional<ObjectStore> inParts() {
        return store.inParts().map(view -> new FaultyObjectStore(view, plan));
    }

    @Override
    public void close() {
        store.close();
    }

    private static <T> T run(Optional<Fault> fault, String name, Supplier<T> call) {
        Fault.Kind kind = fault.map(Fault::kind).orElse(null);
        if (kind == Fault.Kind.FAIL_BEFORE) {
            throw error(fault.get(), name);
        }
        T result = call.get();
        if (kind == Fault.Kind.FAIL_AFTER) {
            throw error(fault.get(), name);
        }
        return result;
    }

    private static StoreException error(Fault fault, String name) {
        ErrorCode code = fault.code();
        return new StoreException(
                code,
                "injected " + fault.kind() + " at " + fault.verb() + " of '" + name + "'",
                "Look at the script of the test");
    }
}
