// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

import io.holdfast.internal.varint.Varints;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What sessions of a tenant used to need, by mode: a mean in which older sessions fade. Guarded by the board's lock. */
final class CallHistory {
    private static final int MOST_MODES = 16;
    private static final int LONGEST_MODE = 64;
    private static final byte VERSION = 1;
    private static final double SCALE = 1000;
    private static final long MOST = 1L << 48;
    private static final int LARGEST_FORM = 3 + MOST_MODES * (1 + LONGEST_MODE + 8 + 8);

    /** The newest session makes a fifth of the mean, so one odd session does not set the standard. */
    private static final double NEWEST = 0.2;

    /** Of fewer sessions nothing is concluded. */
    private static final int LEAST = 3;

    private final Map<String, Mean> means = new TreeMap<>();

    private static final class Mean {
        private double value;
        private long sessions;
    }

    /** How many times more than usual; 1 if not enough is known. */
    double comparedWithHistory(SessionCalls calls) {
        Mean mean = means.get(calls.mode());
        return mean == null || mean.sessions < LEAST || mean.value <= 0 ? 1 : calls.perChange() / mean.value;
    }

    void add(SessionCalls calls) {
        if (!means.containsKey(calls.mode()) && means.size() >= MOST_MODES) {
            return;
        }
        Mean mean = means.computeIfAbsent(calls.mode(), m -> new Mean());
        mean.sessions++;
        double weight = Math.max(NEWEST, 1.0 / mean.sessions);
        mean.value += (calls.perChange() - mean.value) * weight;
    }

    /** Adds what was kept; nothing if it cannot be read. */
    void addAll(byte[] form) {
        Map<String, Mean> read = read(form);
        read.forEach((mode, more) -> {
            if (means.containsKey(mode) || means.size() < MOST_MODES) {
                Mean mean = means.computeIfAbsent(mode, m -> new Mean());
                long all = mean.sessions + more.sessions;
                mean.value = all == 0 ? 0 : (mean.value * mean.sessions + more.value * more.sessions) / all;
                mean.sessions = all;
            }
        });
    }

    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(LARGEST_FORM);
        out.put(VERSION);
        Varints.write(out, means.size());
        means.forEach((mode, mean) -> {
            byte[] name = mode.getBytes(StandardCharsets.UTF_8);
            Varints.write(out, name.length);
            out.put(name);
            Varints.write(out, Math.min(MOST, mean.sessions));
            Varints.write(out, Math.min(MOST, Math.round(mean.value * SCALE)));
        });
        return Arrays.copyOf(out.array(), out.position());
    }

    private static Map<String, Mean> read(byte[] form) {
        Map<String, Mean> read = new TreeMap<>();
        try {
            ByteBuffer in = ByteBuffer.wrap(form);
            long modes = in.get() == VERSION ? Varints.read(in, MOST_MODES) : 0;
            for (long i = 0; i < modes; i++) {
                byte[] name = new byte[(int) Varints.read(in, LONGEST_MODE)];
                in.get(name);
                Mean mean = new Mean();
                mean.sessions = Varints.read(in, MOST);
                mean.value = Varints.read(in, MOST) / SCALE;
                read.put(new String(name, StandardCharsets.UTF_8), mean);
            }
            return read;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Map.of();
        }
    }
}
