// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import java.util.List;
import java.util.Objects;

/**
 * A connector over a {@link ScriptedTenant} that misbehaves as services do: by a script, or by chance from a seed.
 *
 * <p>Safe for use by several threads, but then the order of their calls decides who meets which fault. Calls ({@code discover}, {@code feeds},
 * {@code changes}, {@code lookup}, {@code fetch}) are numbered from 1. Ordered faults must all fire: end each test with {@link #assertAllFired()}.
 */
public final class ScriptedSource implements SourceConnector {
    private final SourceId id;
    private final ScriptedTenant tenant;
    private final SourceScript script;
    private final ScriptedCalls calls = new ScriptedCalls();
    private volatile int pageSize = 5;
    private volatile int fetchBatch = 3;

    /**
     * A source without faults, until some are ordered.
     *
     * @param name its name in repositories
     * @param tenant what it tells of
     * @param randomness where chance comes from
     */
    public ScriptedSource(String name, ScriptedTenant tenant, SeededRandomness randomness) {
        this.id = new SourceId(name);
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.script = new SourceScript(Objects.requireNonNull(randomness, "randomness"));
    }

    /**
     * Sets how many changes a page holds; 5 unless set.
     *
     * @param changes at least 1
     * @return this source
     */
    public ScriptedSource pageSize(int changes) {
        this.pageSize = atLeastOne("pageSize", changes);
        return this;
    }

    /**
     * Sets how many items a fetch or a lookup may ask for; 3 unless set.
     *
     * @param items at least 1
     * @return this source
     */
    public ScriptedSource batchSize(int items) {
        this.fetchBatch = atLeastOne("batchSize", items);
        return this;
    }

    private static int atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " is " + value + "; it must be at least 1");
        }
        return value;
    }

    /**
     * Orders a fault that happens once.
     *
     * @param fault the fault
     * @param subject to whom: an operation, a feed, an item's key or {@code key/part}, as the fault says; empty for the first that comes
     * @return this source
     */
    public ScriptedSource once(SourceFault fault, String subject) {
        script.order(fault, subject, false);
        return this;
    }

    /**
     * Orders a fault that happens until the source is {@linkplain #heal healed}.
     *
     * @param fault the fault
     * @param subject to whom; empty for all
     * @return this source
     */
    public ScriptedSource always(SourceFault fault, String subject) {
        script.order(fault, subject, true);
        return this;
    }

    /**
     * Lets a fault happen by chance from now on.
     *
     * @param fault the fault
     * @param rate its probability at each occasion
     * @return this source
     */
    public ScriptedSource atRate(SourceFault fault, double rate) {
        script.rate(fault, rate);
        return this;
    }

    /**
     * Ends all faults that stay and all that come by chance, and calls off the actions that were not reached.
     *
     * @throws AssertionError if one that was to stay has never happened
     */
    public void heal() {
        script.heal();
    }

    /**
     * Runs something before a call, in the thread that makes it: where a test changes the tenant in the middle of a session.
     *
     * @param call the number of the call
     * @param action what to run
     * @return this source
     */
    public ScriptedSource before(long call, Runnable action) {
        script.before(call, action);
        return this;
    }

    /**
     * How many calls were made.
     *
     * @return the number of the last call
     */
    public long calls() {
        return script.calls();
    }

    /**
     * How often an operation was called.
     *
     * @param operation {@code discover}, {@code feeds}, {@code changes}, {@code lookup} or {@code fetch}
     * @return the count, over all sessions
     */
    public long calls(String operation) {
        return calls.of(operation);
    }

    /**
     * The keys of the items that were asked for by fetches since the last time this was called.
     *
     * @return keys in the order of the calls
     */
    public List<String> takeFetched() {
        return calls.takeFetched();
    }

    /**
     * How often a fault has happened.
     *
     * @param fault the fault
     * @return the count
     */
    public long fired(SourceFault fault) {
        return script.fired(fault);
    }

    /**
     * Fails unless every ordered fault has happened and every action was reached.
     *
     * @throws AssertionError that names those that were not
     */
    public void assertAllFired() {
        script.assertAllFired();
    }

    @Override
    public SourceId id() {
        return id;
    }

    @Override
    public TenantId tenant() {
        return new TenantId("local");
    }

    @Override
    public Source open(SourceContext context) {
        return new ScriptedSession(tenant, script, calls, pageSize, fetchBatch);
    }
}
