// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A contact. Safe for use by several threads. */
public final class GraphContact {
    /** What the ids of contacts have where those of messages have the number of moves. */
    static final long VERSION = -5;

    private static final List<String> LISTS =
            List.of("businessPhones", "homePhones", "imAddresses", "children", "categories", "emailAddresses");
    private static final List<String> TEXTS = List.of(
            "birthday",
            "fileAs",
            "displayName",
            "givenName",
            "initials",
            "middleName",
            "nickName",
            "surname",
            "title",
            "yomiGivenName",
            "yomiSurname",
            "yomiCompanyName",
            "generation",
            "jobTitle",
            "companyName",
            "department",
            "officeLocation",
            "profession",
            "businessHomePage",
            "assistantName",
            "manager",
            "mobilePhone",
            "spouseName",
            "personalNotes");
    private static final List<String> ADDRESSES = List.of("homeAddress", "businessAddress", "otherAddress");

    private final GraphMailbox mailbox;
    private final int number;
    private final Map<String, Object> properties;
    private final Map<String, String> extended = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<Departure> departures = new ArrayList<>();
    private final Instant created;
    private @Nullable GraphContactFolder folder;
    private byte @Nullable [] photo;
    private Instant modified;
    private long arrived;
    private long changed;
    private boolean gone;
    private boolean spoilt;
    private boolean vanished;

    GraphContact(GraphContactFolder folder, int number, Map<String, Object> draft) {
        this.folder = folder;
        this.mailbox = folder.mailbox();
        this.number = number;
        this.properties = new LinkedHashMap<>(draft);
        this.created = mailbox.tenant().now();
        this.modified = created;
        touch();
        this.arrived = changed;
    }

    /** That it left a folder. */
    record Departure(GraphContactFolder folder, long position) {}

    /**
     * Its id as requests see it that prefer immutable ids.
     *
     * @return the id, for ever
     */
    public String immutableId() {
        return id(true);
    }

    /**
     * Changes a property.
     *
     * @param name the name of a property of {@code contact}
     * @param value text, a list, a map or null
     */
    public void edit(String name, @Nullable Object value) {
        synchronized (mailbox.tenant()) {
            properties.put(name, value);
            touch();
        }
    }

    /**
     * Gives it a photo, or takes it away.
     *
     * @param image JPEG or PNG; null for none
     */
    public void photo(byte @Nullable [] image) {
        synchronized (mailbox.tenant()) {
            photo = image;
            touch();
        }
    }

    /**
     * Its photo.
     *
     * @return the image, if it has one
     */
    public Optional<byte[]> photo() {
        synchronized (mailbox.tenant()) {
            return Optional.ofNullable(photo);
        }
    }

    /**
     * Moves it.
     *
     * @param to a folder of the same mailbox
     */
    public void move(GraphContactFolder to) {
        synchronized (mailbox.tenant()) {
            leave();
            folder = to;
            touch();
            arrived = changed;
        }
    }

    /** Deletes it: no list shows it any more, but it can be had by its id, as what lies among deleted items can. */
    public void delete() {
        synchronized (mailbox.tenant()) {
            leave();
        }
    }

    /** Deletes it for good. */
    public void purge() {
        synchronized (mailbox.tenant()) {
            leave();
            gone = true;
        }
    }

    /** Damages it: change tracking still names it, and as a whole it cannot be read any more. */
    public void spoil() {
        synchronized (mailbox.tenant()) {
            spoilt = true;
        }
    }

    /** Hides it: change tracking and lists still name it, but whoever asks for it by its id is told that it does not exist. */
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

    /** Repairs it, and shows it again. */
    public void heal() {
        synchronized (mailbox.tenant()) {
            spoilt = false;
            vanished = false;
        }
    }

    /**
     * What requests without preferences see of it.
     *
     * @return its properties, to be read
     */
    public Map<String, Object> seen() {
        synchronized (mailbox.tenant()) {
            return json(true);
        }
    }

    /** The folder that it is in; empty if it was deleted. */
    Optional<GraphContactFolder> folder() {
        return Optional.ofNullable(folder);
    }

    private void leave() {
        if (folder != null) {
            departures.add(new Departure(folder, mailbox.nextPosition()));
            folder = null;
        }
    }

    void change(Map<String, Object> changes) {
        properties.putAll(changes);
        touch();
    }

    private void touch() {
        changed = mailbox.nextPosition();
        modified = mailbox.tenant().now();
    }

    String id(boolean immutable) {
        return Ids.of(immutable ? Ids.Kind.IMMUTABLE : Ids.Kind.REST, mailbox.id(), number, VERSION, 0);
    }

    boolean isIn(GraphContactFolder where) {
        return folder == where;
    }

    boolean isSpoilt() {
        return spoilt;
    }

    boolean isGone() {
        return gone;
    }

    List<Departure> departures() {
        return departures;
    }

    long arrived() {
        return arrived;
    }

    long changed() {
        return changed;
    }

    Instant created() {
        return created;
    }

    Instant modified() {
        return modified;
    }

    Map<String, String> extended() {
        return extended;
    }

    String text(String name) {
        return Json.text(properties, name);
    }

    private String changeKey() {
        return Ids.of(Ids.Kind.IMMUTABLE, mailbox.id(), number, changed, 5)
                .substring(24, 56)
                .replace('-', '+')
                .replace('_', '/');
    }

    Map<String, Object> json(boolean immutableIds) {
        Map<String, Object> json = Json.object(
                "@odata.etag", "W/\"" + changeKey() + "\"",
                "id", id(immutableIds),
                "createdDateTime", GraphTenant.stamp(created),
                "lastModifiedDateTime", GraphTenant.stamp(modified),
                "changeKey", changeKey(),
                "parentFolderId",
                        folder == null ? mailbox.folder(WellKnown.DELETEDITEMS).id() : folder.id());
        LISTS.forEach(name -> json.put(name, properties.getOrDefault(name, List.of())));
        TEXTS.forEach(name -> json.put(name, properties.get(name)));
        ADDRESSES.forEach(name -> json.put(name, properties.getOrDefault(name, Map.of())));
        return json;
    }

    @Override
    public String toString() {
        return "contact '" + text("displayName") + "'";
    }
}
