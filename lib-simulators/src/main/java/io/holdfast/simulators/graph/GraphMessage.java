// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A message in a mailbox. Safe for use by several threads. */
public final class GraphMessage {
    private final GraphMailbox mailbox;
    private final long number;
    private final Map<String, Object> properties;
    private final Map<String, String> extended;
    private final List<StoredAttachment> attachments = new ArrayList<>();
    private final Instant created;
    private final Instant received;
    private Optional<byte[]> mime;
    private @Nullable GraphFolder folder;
    private MessageFlaw flaw = MessageFlaw.NONE;
    private Instant modified;
    private long moves;
    private long arrived;
    private long changed;
    private long read;
    private int attachmentsMade;
    private boolean unexpanded;

    GraphMessage(GraphMailbox mailbox, long number, MessageDraft draft) {
        this.mailbox = mailbox;
        this.number = number;
        this.properties = new LinkedHashMap<>(draft.properties());
        this.extended = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        extended.putAll(draft.extended());
        this.mime = draft.mime();
        this.created = mailbox.tenant().now();
        this.modified = created;
        properties.putIfAbsent("isDraft", false);
        properties.putIfAbsent("receivedDateTime", GraphTenant.stamp(created));
        properties.putIfAbsent("sentDateTime", properties.get("receivedDateTime"));
        properties.putIfAbsent(
                "internetMessageId",
                "<" + mailbox.tenant().nextGuid() + "@" + mailbox.tenant().domain() + ">");
        this.received = instant(text("receivedDateTime"));
        draft.attachments()
                .forEach(each -> attachments.add(new StoredAttachment(this, ++attachmentsMade, each, created)));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw GraphError.property("'" + text + "' is no time in UTC.");
        }
    }

    /**
     * Its id as requests without preference see it; changes when it moves.
     *
     * @return the id at this moment
     */
    public String id() {
        synchronized (mailbox.tenant()) {
            return id(false);
        }
    }

    /**
     * Its id as requests see it that prefer immutable ids.
     *
     * @return the id, for ever
     */
    public String immutableId() {
        return id(true);
    }

    String id(boolean immutable) {
        return id(immutable, moves);
    }

    /** The id that it had after so many moves. */
    String id(boolean immutable, long afterMoves) {
        return immutable
                ? Ids.of(Ids.Kind.IMMUTABLE, mailbox.id(), number, 0, 0)
                : Ids.of(Ids.Kind.REST, mailbox.id(), number, afterMoves, 0);
    }

    /**
     * A property of it, as tests of restores want to see.
     *
     * @param name the name of a property of {@code message}
     * @return its value as JSON has it: text, a number, a boolean, a list or a map; empty if it is not set
     */
    public Optional<Object> property(String name) {
        synchronized (mailbox.tenant()) {
            return Optional.ofNullable(properties.get(name));
        }
    }

    /**
     * An extended property of it, stored or computed.
     *
     * @param id such as {@code Integer 0x0E07}
     * @return its value; empty if it is not set
     */
    public Optional<String> extendedProperty(String id) {
        synchronized (mailbox.tenant()) {
            return Extended.value(this, Extended.normal(id));
        }
    }

    /**
     * What is attached to it.
     *
     * @return in the order in which it was attached
     */
    public List<GraphAttachment> attached() {
        synchronized (mailbox.tenant()) {
            return attachments.stream().map(StoredAttachment::attachment).toList();
        }
    }

    /**
     * Marks it as read or unread. Neither its time of modification nor, in later rounds of change tracking, anything else is told of that.
     *
     * @param isRead whether it was read
     */
    public void markRead(boolean isRead) {
        synchronized (mailbox.tenant()) {
            properties.put("isRead", isRead);
            read = mailbox.nextPosition();
        }
    }

    /** Flags it for follow-up. */
    public void flag() {
        edit("flag", Json.object("flagStatus", "flagged"));
    }

    /**
     * Sets its categories.
     *
     * @param names none for no category
     */
    public void categorise(List<String> names) {
        edit("categories", List.copyOf(names));
    }

    /**
     * Changes a property, as whoever writes a draft does.
     *
     * @param name the name of a property of {@code message}
     * @param value text, a number, a boolean, a list, a map or null
     */
    public void edit(String name, @Nullable Object value) {
        synchronized (mailbox.tenant()) {
            properties.put(name, value);
            // A message that came as MIME is rendered from its properties once they have changed.
            mime = name.equals("flag") || name.equals("categories") ? mime : Optional.empty();
            touch();
        }
    }

    /**
     * Adds an attachment.
     *
     * @param attachment the attachment
     */
    public void attach(GraphAttachment attachment) {
        synchronized (mailbox.tenant()) {
            store(attachment);
        }
    }

    /**
     * Moves it.
     *
     * @param to a folder of the same mailbox
     */
    public void move(GraphFolder to) {
        synchronized (mailbox.tenant()) {
            leave();
            moves++;
            enter(to);
        }
    }

    /** Deletes it: it can be recovered for a while, but no list shows it any more. */
    public void delete() {
        move(mailbox.folder(WellKnown.RECOVERABLEITEMSDELETIONS));
    }

    /** Deletes it for good. */
    public void purge() {
        synchronized (mailbox.tenant()) {
            leave();
            mailbox.forget(this);
        }
    }

    /**
     * Damages it.
     *
     * @param how what is wrong with it from now on
     */
    public void spoil(MessageFlaw how) {
        synchronized (mailbox.tenant()) {
            flaw = how;
        }
    }

    /**
     * Damages an attachment: it cannot be read any more.
     *
     * @param name its name
     */
    public void spoilAttachment(String name) {
        synchronized (mailbox.tenant()) {
            attachments.stream()
                    .filter(each -> each.attachment().name().equals(name))
                    .forEach(StoredAttachment::spoil);
        }
    }

    /** Leaves its attachments out of every expansion, as Graph does now and then: only their own list tells them. */
    public void hideAttachmentsFromExpansions() {
        synchronized (mailbox.tenant()) {
            unexpanded = true;
        }
    }

    boolean expandsAttachments() {
        return !unexpanded;
    }

    /**
     * What is wrong with it.
     *
     * @return its flaw
     */
    public MessageFlaw flaw() {
        synchronized (mailbox.tenant()) {
            return flaw;
        }
    }

    /** Repairs it, and what is attached to it. */
    public void heal() {
        synchronized (mailbox.tenant()) {
            flaw = MessageFlaw.NONE;
            attachments.forEach(StoredAttachment::heal);
        }
    }

    /** Sets an extended property; the flags of what is there do not change any more. */
    void extend(String id, String value) {
        if (!Extended.normal(id).equalsIgnoreCase(Extended.FLAGS)) {
            extended.put(Extended.normal(id), value);
        }
        touch();
    }

    StoredAttachment store(GraphAttachment attachment) {
        StoredAttachment stored = new StoredAttachment(
                this, ++attachmentsMade, attachment, mailbox.tenant().now());
        attachments.add(stored);
        mime = Optional.empty();
        touch();
        return stored;
    }

    void removeAttachment(StoredAttachment attachment) {
        attachments.remove(attachment);
        touch();
    }

    void enter(GraphFolder to) {
        folder = to;
        to.content().add(this);
        arrived = mailbox.nextPosition();
    }

    private void leave() {
        if (folder != null) {
            folder.depart(this);
        }
    }

    private void touch() {
        changed = mailbox.nextPosition();
        modified = mailbox.tenant().now();
    }

    GraphMailbox mailbox() {
        return mailbox;
    }

    GraphFolder folder() {
        if (folder == null) {
            throw new IllegalStateException("message " + number + " is in no folder");
        }
        return folder;
    }

    long number() {
        return number;
    }

    long moves() {
        return moves;
    }

    /** Since when it has been in its folder. */
    long arrived() {
        return arrived;
    }

    long changed() {
        return changed;
    }

    /** When it was marked as read or unread the last time. */
    long markedRead() {
        return read;
    }

    Instant received() {
        return received;
    }

    Instant created() {
        return created;
    }

    Instant modified() {
        return modified;
    }

    Map<String, Object> properties() {
        return properties;
    }

    Map<String, String> extended() {
        return extended;
    }

    List<StoredAttachment> attachments() {
        return attachments;
    }

    Optional<byte[]> mime() {
        return mime;
    }

    String text(String name) {
        return Json.text(properties, name);
    }

    boolean isRead() {
        return Boolean.TRUE.equals(properties.get("isRead"));
    }

    boolean isDraft() {
        return Boolean.TRUE.equals(properties.get("isDraft"));
    }

    boolean isMeeting() {
        return text("@odata.type").contains("eventMessage");
    }

    boolean hasAttachments() {
        return attachments.stream()
                .anyMatch(each -> each.attachment().contentId().isEmpty());
    }

    /** Changes with everything, reading included. */
    String changeKey() {
        return Ids.of(Ids.Kind.IMMUTABLE, mailbox.id(), number, Math.max(arrived, Math.max(changed, read)), 1)
                .substring(24, 56)
                .replace('-', '+')
                .replace('_', '/');
    }

    @Override
    public String toString() {
        return "message '" + text("subject") + "'";
    }
}
