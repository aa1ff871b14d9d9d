// SPDX-License-Identifier: Apache-2.0
package io.holdfast.services;

import io.holdfast.drift.AnswerSchema;
import io.holdfast.drift.DriftEvent;
import io.holdfast.drift.DriftHistory;
import io.holdfast.drift.DriftWatch;
import io.holdfast.exchange.ExchangeRecord;
import io.holdfast.health.SessionCalls;
import io.holdfast.internal.varint.Varints;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.quiet.QuietWindows;
import io.holdfast.retry.FailureCategory;
import io.holdfast.runtime.TimeSource;
import io.holdfast.source.Observations;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one source knows of its service and goes on learning in one session: what it answers, at which hours it is at leisure, how many calls it takes.
 *
 * <p>Safe for use by several threads.
 */
public final class ServiceMemory {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceMemory.class);
    private static final byte VERSION = 2;
    private static final byte WITHOUT_HISTORY = 1;
    private static final int MOST_HISTORY = 8 << 10;
    private static final int FRAMING = 32;
    private static final int FIRST_ERROR = 400;
    private static final byte[] NOTHING = new byte[0];

    private final Services services;
    private final Scope tenant;
    private final AnswerSchema schema;
    private final DriftWatch drift;
    private final DriftHistory history;
    private final QuietWindows quiet;
    private final AtomicLong calls = new AtomicLong();

    ServiceMemory(
            Services services,
            TimeSource time,
            Scope tenant,
            ZoneId zone,
            AnswerSchema schema,
            Observations earlier,
            Consumer<DriftEvent> hears) {
        Forms forms = Forms.read(earlier.form());
        this.services = services;
        this.tenant = tenant;
        this.schema = schema;
        this.history = DriftHistory.read(forms.history);
        this.drift = DriftWatch.builder(time)
                .schema(schema)
                .remembering(forms.drift)
                .listener(event -> {
                    history.add(event);
                    hears.accept(event);
                })
                .build();
        this.quiet = QuietWindows.read(forms.quiet, zone);
        if (services.remembersFirst(tenant)) {
            services.health().remember(tenant, forms.calls);
        }
    }

    /**
     * Watches what the service answers; codes of exchanges it hears of by itself, fields and values from the connector.
     *
     * @return the watch of this session
     */
    public DriftWatch drift() {
        return drift;
    }

    /**
     * What a snapshot tells of drift: the newest of what its session and those before it were told.
     *
     * @param kept as {@link #observations} gave it to the snapshot
     * @return the events, oldest first
     */
    public static List<DriftEvent> drift(Observations kept) {
        return DriftHistory.read(Forms.read(kept.form()).history).events();
    }

    /**
     * At which hours the service is at leisure.
     *
     * @return the windows, to plan later sessions by
     */
    public QuietWindows quiet() {
        return quiet;
    }

    /**
     * How many calls the session has needed so far, against its history; to be told now and then, and at the end.
     *
     * @param mode what kind of session it is, such as {@code first}, {@code resync} or {@code incremental}
     * @param changes how many changes it has handled
     * @param over whether it is over
     * @return how many times more than usual it needs; 1 as long as there is no history. A connector that needs twice as many slows down by half
     */
    public double compareCalls(String mode, long changes, boolean over) {
        return services.health().calls(tenant, new SessionCalls(mode, calls.get(), changes), over);
    }

    /**
     * What is to be kept for the next session.
     *
     * @return at most 64 KiB; neither values nor names but those that the service itself gives its operations, fields and codes
     */
    public Observations observations() {
        byte[] seen = drift.toBytes();
        byte[] hours = quiet.toBytes();
        byte[] callHistory = services.health().callHistory(tenant);
        int left = Observations.MOST_BYTES - FRAMING - seen.length - hours.length - callHistory.length;
        byte[] told = history.toBytes(Math.min(MOST_HISTORY, left));
        byte[] form = new Forms(seen, hours, callHistory, told).write();
        if (form.length > Observations.MOST_BYTES) {
            LOG.warn("what was learned of {} has {} bytes and is not kept", tenant, form.length);
            return Observations.none();
        }
        return Observations.of(form);
    }

    void heard(ExchangeRecord exchange) {
        calls.addAndGet(exchange.cost().requests());
        String operation = exchange.request().operation();
        boolean throttled = exchange.failure().equals(Optional.of(FailureCategory.THROTTLED));
        if (exchange.status() != 0) {
            quiet.answered(workload(exchange), operation, exchange.at(), throttled, exchange.firstByte());
            told(exchange);
        }
    }

    /** What a gateway answers without a word, and what happens on the way, says nothing of the service. */
    private void told(ExchangeRecord exchange) {
        boolean wordless = exchange.code().equals(String.valueOf(exchange.status()))
                && !exchange.failure().equals(Optional.of(FailureCategory.UNKNOWN));
        boolean own = exchange.status() >= FIRST_ERROR
                ? !wordless
                : exchange.failure().isEmpty();
        if (own && !schema.knows(exchange.code())) {
            drift.code(exchange.request().operation(), (exchange.status() + " " + exchange.code()).trim());
        }
    }

    private static String workload(ExchangeRecord exchange) {
        return exchange.request().scope().at(ScopeLevel.POOL).map(Scope::name).orElse("all");
    }

    /** The four forms in one. */
    private record Forms(byte[] drift, byte[] quiet, byte[] calls, byte[] history) {
        static Forms read(byte[] form) {
            try {
                ByteBuffer in = ByteBuffer.wrap(form);
                byte version = form.length > 0 ? in.get() : 0;
                if (version == VERSION || version == WITHOUT_HISTORY) {
                    return new Forms(part(in), part(in), part(in), version == VERSION ? part(in) : NOTHING);
                }
            } catch (BufferUnderflowException | IllegalArgumentException e) {
                LOG.warn("what was learned in earlier sessions cannot be read, and is learned again");
            }
            return new Forms(NOTHING, NOTHING, NOTHING, NOTHING);
        }

        private static byte[] part(ByteBuffer in) {
            byte[] part = new byte[(int) Varints.read(in, in.remaining())];
            in.get(part);
            return part;
        }

        byte[] write() {
            ByteBuffer out = ByteBuffer.allocate(FRAMING + drift.length + quiet.length + calls.length + history.length);
            out.put(VERSION);
            for (byte[] part : new byte[][] {drift, quiet, calls, history}) {
                Varints.write(out, part.length);
                out.put(part);
            }
            return Arrays.copyOf(out.array(), out.position());
        }
    }
}
