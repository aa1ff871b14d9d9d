// SPDX-License-Identifier: Apache-2.0
package io.holdfast.drift;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The drift that was told so far, for a report: the newest of it, since its form is bounded. It holds what services call their operations, fields and codes,
 * and nothing that people wrote. Safe for use by several threads.
 */
public final class DriftHistory {
    private static final int MOST_EVENTS = 500;
    private static final int MOST_CHARACTERS = 200;
    private static final int FIELDS = 5;

    private final ArrayDeque<DriftEvent> events = new ArrayDeque<>();

    /** A history of nothing. */
    public DriftHistory() {}

    /**
     * Reads a history; lines that cannot be read are left out.
     *
     * @param form as {@link #toBytes} gave it
     * @return the history
     */
    public static DriftHistory read(byte[] form) {
        DriftHistory history = new DriftHistory();
        for (String line : new String(form, StandardCharsets.UTF_8).split("\n", -1)) {
            String[] fields = line.split("\t", -1);
            if (fields.length == FIELDS) {
                try {
                    history.add(new DriftEvent(
                            DriftEvent.Kind.valueOf(fields[1]),
                            fields[2],
                            fields[3],
                            fields[4],
                            Instant.ofEpochMilli(Long.parseLong(fields[0]))));
                } catch (IllegalArgumentException | DateTimeException e) {
                    // A kind of a later version: the others are good all the same.
                    continue;
                }
            }
        }
        return history;
    }

    /**
     * Adds what was told; the oldest goes if there are more than five hundred.
     *
     * @param event what was told
     */
    public synchronized void add(DriftEvent event) {
        events.add(event);
        if (events.size() > MOST_EVENTS) {
            events.remove();
        }
    }

    /**
     * What was told.
     *
     * @return the events, oldest first
     */
    public synchronized List<DriftEvent> events() {
        return new ArrayList<>(events);
    }

    /**
     * The form that is kept.
     *
     * @param most how many bytes it may have
     * @return the newest events that fit
     */
    public synchronized byte[] toBytes(int most) {
        ArrayDeque<byte[]> lines = new ArrayDeque<>();
        int size = 0;
        for (var newest = events.descendingIterator(); newest.hasNext(); ) {
            byte[] line = line(newest.next());
            if (size + line.length > most) {
                break;
            }
            size += line.length;
            lines.addFirst(line);
        }
        byte[] form = new byte[size];
        int at = 0;
        for (byte[] line : lines) {
            System.arraycopy(line, 0, form, at, line.length);
            at += line.length;
        }
        return form;
    }

    private static byte[] line(DriftEvent event) {
        String line = String.join(
                "\t",
                String.valueOf(event.at().toEpochMilli()),
                event.kind().name(),
                plain(event.operation()),
                plain(event.path()),
                plain(event.what()));
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String plain(String text) {
        String cut = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
