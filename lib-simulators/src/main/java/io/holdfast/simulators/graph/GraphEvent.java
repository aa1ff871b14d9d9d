// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An event in a calendar: a single one, or a series with what is different on some days. Safe for use by several threads. */
public final class GraphEvent {
    /** What the ids of events have where those of messages have the number of moves. */
    static final long VERSION = -4;

    private static final long TICK = 100;

    private final GraphMailbox mailbox;
    private final int number;
    private final Map<String, Object> properties;
    private final Map<String, String> extended = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<EventAttachment> attachments = new ArrayList<>();
    private final NavigableMap<LocalDate, Occurrence> exceptions = new TreeMap<>();
    private final NavigableSet<LocalDate> cancelled = new TreeSet<>();
    private final Instant created;
    private final String uid;
    private @Nullable GraphCalendar calendar;
    private Instant modified;
    private long changed;
    private int attached;
    private boolean gone;
    private boolean spoilt;
    private boolean vanished;

    GraphEvent(GraphCalendar calendar, int number, Map<String, Object> draft, List<GraphAttachment> attachments) {
        this.calendar = calendar;
        this.mailbox = calendar.mailbox();
        this.number = number;
        this.properties = new LinkedHashMap<>(draft);
        this.created = mailbox.tenant().now();
        this.modified = created;
        this.uid = "040000008200E00074C5B7101A82E008"
                + mailbox.tenant().nextGuid().toString().replace("-", "");
        attachments.forEach(each -> this.attachments.add(new EventAttachment(this, ++attached, each)));
        touch();
        // What cannot be a series is refused before it is one.
        recurrence();
        whole().start();
        whole().end();
    }

    /**
     * Its id as requests see it that prefer immutable ids.
     *
     * @return the id, for ever
     */
    public String immutableId() {
        return id(true, 0);
    }

    /**
     * Its name in iCalendar.
     *
     * @return the name, which the service gave
     */
    public String uid() {
        return uid;
    }

    /**
     * Changes a property of it, of the series if it is one.
     *
     * @param name the name of a property of {@code event}
     * @param value text, a number, a boolean, a list, a map or null
     */
    public void edit(String name, @Nullable Object value) {
        synchronized (mailbox.tenant()) {
            properties.put(name, value);
            touch();
        }
    }

    /**
     * Changes a property of one occurrence of a series, which makes it an exception.
     *
     * @param day the day of the occurrence by the rule of the series
     * @param name the name of a property of {@code event}
     * @param value text, a number, a boolean, a list, a map or null
     */
    public void editOccurrence(LocalDate day, String name, @Nullable Object value) {
        synchronized (mailbox.tenant()) {
            exception(day).change(Json.object(name, value));
        }
    }

    /**
     * Cancels one occurrence of a series.
     *
     * @param day the day of the occurrence by the rule of the series
     */
    public void cancelOccurrence(LocalDate day) {
        synchronized (mailbox.tenant()) {
            exceptions.remove(day);
            cancelled.add(day);
            touch();
        }
    }

    /**
     * Attaches something.
     *
     * @param attachment the attachment
     */
    public void attach(GraphAttachment attachment) {
        synchronized (mailbox.tenant()) {
            store(attachments, attachment);
        }
    }

    /**
     * Moves it.
     *
     * @param to a calendar of the same mailbox
     */
    public void move(GraphCalendar to) {
        synchronized (mailbox.tenant()) {
            calendar = to;
            touch();
        }
    }

    /** Deletes it: no list shows it any more, but it can be had by its id, as what lies among deleted items can. */
    public void delete() {
        synchronized (mailbox.tenant()) {
            calendar = null;
            touch();
        }
    }

    /** Deletes it for good. */
    public void purge() {
        synchronized (mailbox.tenant()) {
            calendar = null;
            gone = true;
        }
    }

    /** Damages it: lists still name it, and its body cannot be read any more. */
    public void spoil() {
        synchronized (mailbox.tenant()) {
            spoilt = true;
        }
    }

    /** Hides it: lists still name it, but whoever asks for it by its id is told that it does not exist. */
    public void vanish() {
        synchronized (mailbox.tenant()) {
            vanished = true;
        }
    }

    /**
     * Whether it is hidden.
     *
     * @return true after {@link #vanish}, until it is healed
     */
    public boolean isVanished() {
        synchronized (mailbox.tenant()) {
            return vanished;
        }
    }

    /** Repairs it, and what is attached to it, and shows it again. */
    public void heal() {
        synchronized (mailbox.tenant()) {
            spoilt = false;
            vanished = false;
            stored().forEach(EventAttachment::heal);
            differing().forEach(each -> each.attachments().forEach(EventAttachment::heal));
        }
    }

    /**
     * A property as text.
     *
     * @param name its name
     * @return empty if it has none
     */
    public String text(String name) {
        synchronized (mailbox.tenant()) {
            return Json.text(properties, name);
        }
    }

    /**
     * What requests without preferences see of it.
     *
     * @return its properties, to be read
     */
    public Map<String, Object> seen() {
        synchronized (mailbox.tenant()) {
            return EventJson.of(whole(), true);
        }
    }

    /**
     * What is different from its rule.
     *
     * @return the properties of each exception, by the day that the rule has it on
     */
    public Map<LocalDate, Map<String, Object>> exceptions() {
        synchronized (mailbox.tenant()) {
            Map<LocalDate, Map<String, Object>> all = new TreeMap<>();
            exceptions.forEach((day, each) -> all.put(day, EventJson.of(each, true)));
            return all;
        }
    }

    /**
     * The days without an occurrence, although the rule has one.
     *
     * @return the days
     */
    public Set<LocalDate> cancelled() {
        synchronized (mailbox.tenant()) {
            return new TreeSet<>(cancelled);
        }
    }

    /**
     * What is attached.
     *
     * @return the bytes of the attachments, by name
     */
    public Map<String, byte[]> attachmentBytes() {
        synchronized (mailbox.tenant()) {
            Map<String, byte[]> all = new TreeMap<>();
            attachments.forEach(
                    each -> all.put(each.attachment().name(), each.attachment().bytes()));
            return all;
        }
    }

    /**
     * An extended property.
     *
     * @param id by type and name
     * @return its value, if it has been set
     */
    public Optional<String> extended(String id) {
        synchronized (mailbox.tenant()) {
            return Optional.ofNullable(extended.get(Extended.normal(id)));
        }
    }

    EventAttachment store(List<EventAttachment> where, GraphAttachment attachment) {
        EventAttachment stored = new EventAttachment(this, ++attached, attachment);
        where.add(stored);
        touch();
        return stored;
    }

    void touch() {
        changed = mailbox.nextPosition();
        // Exchange counts in ticks, so that hardly two items have the same time.
        modified = mailbox.tenant().now().plusNanos(changed * TICK % 1_000_000_000);
    }

    /** The event itself. */
    Occurrence whole() {
        return new Occurrence(this, Optional.empty());
    }

    /** The event by what its id says: itself, or the occurrence of a day. */
    Optional<Occurrence> at(int part) {
        return part == 0 ? Optional.of(whole()) : on(LocalDate.ofEpochDay(part));
    }

    /** The occurrence of a day by the rule. */
    Optional<Occurrence> on(LocalDate day) {
        boolean is = recurrence().isPresent() && recurrence().get().has(day) && !cancelled.contains(day);
        return is
                ? Optional.of(exceptions.getOrDefault(day, new Occurrence(this, Optional.of(day))))
                : Optional.empty();
    }

    Occurrence exception(LocalDate day) {
        Occurrence exception = on(day).orElseThrow(GraphError::notFound);
        exceptions.put(day, exception);
        return exception;
    }

    boolean isException(LocalDate day) {
        return exceptions.containsKey(day);
    }

    List<Occurrence> differing() {
        return List.copyOf(exceptions.values());
    }

    Optional<RecurrenceDates> recurrence() {
        return properties.get("recurrence") == null
                ? Optional.empty()
                : Optional.of(new RecurrenceDates(Json.child(properties, "recurrence")));
    }

    String id(boolean immutable, int part) {
        return Ids.of(immutable ? Ids.Kind.IMMUTABLE : Ids.Kind.REST, mailbox.id(), number, VERSION, part);
    }

    boolean isIn(GraphCalendar where) {
        return calendar == where;
    }

    Optional<GraphCalendar> calendar() {
        return Optional.ofNullable(calendar);
    }

    boolean isSpoilt() {
        return spoilt;
    }

    boolean isGone() {
        return gone;
    }

    GraphMailbox mailbox() {
        return mailbox;
    }

    int number() {
        return number;
    }

    Map<String, Object> properties() {
        return properties;
    }

    Map<String, String> extendedValues() {
        return extended;
    }

    List<EventAttachment> stored() {
        return attachments;
    }

    Instant created() {
        return created;
    }

    Instant modified() {
        return modified;
    }

    /** Changes with everything, occurrences included. */
    String changeKey() {
        return Ids.of(Ids.Kind.IMMUTABLE, mailbox.id(), number, changed, 3)
                .substring(24, 56)
                .replace('-', '+')
                .replace('_', '/');
    }

    /** Whether a change of it would be told to somebody. */
    boolean isMeeting() {
        return !Json.children(properties, "attendees").isEmpty();
    }

    @Override
    public String toString() {
        return "event '" + Json.text(properties, "subject") + "'";
    }
}
