// SPDX-License-Identifier: Apache-2.0
package io.holdfast.quiet;

import io.holdfast.internal.varint.Varints;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the answers to one tenant's requests tell of the hours of the week: how many of them were throttled or slow, by workload. What was seen two weeks
 * ago counts half.
 *
 * <p>Safe for use by several threads. It has a form of bytes that a repository keeps; losing it costs learning, never data. At most
 * {@value #MOST_WORKLOADS} workloads are remembered.
 */
public final class QuietWindows {
    /** How many workloads are remembered; others are left out. */
    public static final int MOST_WORKLOADS = 16;

    private static final byte VERSION = 1;
    private static final int LONGEST_NAME = 64;
    private static final int LARGEST_FORM = 16 + 128 + MOST_WORKLOADS * (1 + LONGEST_NAME + WeekCounts.HOURS * 6);
    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    private final ZoneId zone;
    private final Map<String, WeekCounts> weeks = new TreeMap<>();
    private final Map<String, Hour> present = new HashMap<>();
    private final Medians medians = new Medians();

    /** The day, since 1970, until which older weeks have faded. */
    private long fadedUntil;

    private QuietWindows(ZoneId zone, long fadedUntil) {
        this.zone = Objects.requireNonNull(zone, "zone");
        this.fadedUntil = fadedUntil;
    }

    /** The hour that goes on at present. */
    private static final class Hour {
        private final long number;
        private final int ofWeek;
        private long answered;
        private long troubled;

        private Hour(long number, int ofWeek) {
            this.number = number;
            this.ofWeek = ofWeek;
        }
    }

    /**
     * Starts to learn.
     *
     * @param zone where the tenant's people work
     * @return windows that know nothing
     */
    public static QuietWindows empty(ZoneId zone) {
        return new QuietWindows(zone, 0);
    }

    /**
     * Goes on learning.
     *
     * @param form as {@link #toBytes} gave it
     * @param zone where the tenant's people work
     * @return what the form holds; nothing if it cannot be read, or was learned in another zone
     */
    public static QuietWindows read(byte[] form, ZoneId zone) {
        try {
            ByteBuffer in = ByteBuffer.wrap(form);
            if (in.get() != VERSION) {
                return empty(zone);
            }
            long fadedUntil = Varints.read(in, Integer.MAX_VALUE);
            if (!readName(in, 128).equals(zone.getId())) {
                return empty(zone);
            }
            QuietWindows read = new QuietWindows(zone, fadedUntil);
            long count = Varints.read(in, MOST_WORKLOADS);
            for (long i = 0; i < count; i++) {
                String workload = readName(in, LONGEST_NAME);
                read.weeks.put(workload, WeekCounts.read(in));
            }
            return read;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return empty(zone);
        }
    }

    /**
     * The compact form of what was learned: numbers by hour, the names of workloads and of the zone, and nothing else.
     *
     * @return at most 17 KiB; some hundred bytes for each workload
     */
    public synchronized byte[] toBytes() {
        flush();
        ByteBuffer out = ByteBuffer.allocate(LARGEST_FORM);
        out.put(VERSION);
        Varints.write(out, fadedUntil);
        writeName(out, zone.getId());
        weeks.values().removeIf(WeekCounts::isEmpty);
        Varints.write(out, weeks.size());
        weeks.forEach((workload, counts) -> {
            writeName(out, workload);
            counts.write(out);
        });
        return Arrays.copyOf(out.array(), out.position());
    }

    /**
     * An answer came.
     *
     * @param workload what was read, such as {@code mail}; 1 to 64 bytes of UTF-8
     * @param operation the fixed name of the operation; each has its own usual latency
     * @param at when
     * @param throttled whether the request was refused for its number
     * @param latency how long the answer took
     */
    public synchronized void answered(
            String workload, String operation, Instant at, boolean throttled, Duration latency) {
        checkName(workload);
        boolean troubled = throttled || medians.isSlow(workload + ' ' + operation, latency);
        long number = Math.floorDiv(at.getEpochSecond(), 3600L);
        Hour hour = present.get(workload);
        if (hour == null || hour.number != number) {
            flush(workload, hour);
            present.remove(workload);
            fade(at);
            if (present.size() >= MOST_WORKLOADS) {
                return;
            }
            hour = new Hour(number, hourOfWeek(at));
            present.put(workload, hour);
        }
        hour.answered++;
        hour.troubled += troubled ? 1 : 0;
    }

    /**
     * Adds what another process has learned of the same tenant.
     *
     * @param other learned in the same zone; left as it is
     */
    public void add(QuietWindows other) {
        QuietWindows copy = read(other.toBytes(), zone);
        synchronized (this) {
            flush();
            long until = Math.max(fadedUntil, copy.fadedUntil);
            fadeTo(until);
            copy.fadeTo(until);
            copy.weeks.forEach((workload, counts) -> {
                if (weeks.containsKey(workload) || weeks.size() < MOST_WORKLOADS) {
                    weeks.computeIfAbsent(workload, w -> new WeekCounts()).add(counts);
                }
            });
        }
    }

    /**
     * Proposes when sessions start in the coming week, so that they meet the least trouble and keep the objective.
     *
     * @param wish what the sessions need
     * @return in order, at least one; the first is the present if a session is due within the hour
     */
    public synchronized List<ProposedStart> plan(SessionWish wish) {
        flush();
        fade(wish.now());
        return new StartPlan(wish, at -> outlook(wish, at)).starts();
    }

    /** What a session that starts then may expect, over all its hours and workloads. */
    private ProposedStart outlook(SessionWish wish, Instant at) {
        double trouble = 0;
        double confidence = 1;
        int hours = wish.leastHoursBetween();
        for (int i = 0; i < hours; i++) {
            int hour = hourOfWeek(at.plus(Duration.ofHours(i)));
            for (String workload : wish.workloads()) {
                WeekCounts counts = weeks.get(workload);
                trouble += counts == null ? 0 : counts.trouble(hour);
                confidence = Math.min(confidence, counts == null ? 0 : counts.confidence(hour));
            }
        }
        return new ProposedStart(at, trouble / hours / wish.workloads().size(), confidence);
    }

    private int hourOfWeek(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        return (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour();
    }

    private void flush() {
        present.forEach(this::flush);
        present.clear();
    }

    private void flush(String workload, @Nullable Hour hour) {
        if (hour != null && (weeks.containsKey(workload) || weeks.size() < MOST_WORKLOADS)) {
            weeks.computeIfAbsent(workload, w -> new WeekCounts()).add(hour.ofWeek, hour.answered, hour.troubled);
        }
    }

    private void fade(Instant now) {
        fadeTo(Math.floorDiv(now.getEpochSecond(), DAY_SECONDS));
    }

    /** In whole days: less would be lost in the rounding of the form, and nothing would ever fade. */
    private void fadeTo(long day) {
        if (day > fadedUntil) {
            weeks.values().forEach(counts -> counts.fade(day - fadedUntil));
            fadedUntil = day;
        }
    }

    private static void checkName(String workload) {
        int length = workload.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "the workload '" + workload + "' has " + length + " bytes; allowed are 1 to " + LONGEST_NAME);
        }
    }

    private static void writeName(ByteBuffer out, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        Varints.write(out, bytes.length);
        out.put(bytes);
    }

    private static String readName(ByteBuffer in, int longest) {
        byte[] bytes = new byte[(int) Varints.read(in, longest)];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
