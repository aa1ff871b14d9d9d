// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account of a tenant. Safe for use by several threads. */
public final class GraphUser {
    static final String SKU = "05e9a617-0261-4cee-bb44-138d3ef5d965";
    private static final String SHAREPOINT_PLAN = "5dbe027f-2339-4123-9542-606e4d348a72";
    private static final String EXCHANGE_PLAN = "efb87545-963c-4e0d-99df-69c6916d9eb0";

    /** Whether it is in the directory. */
    private enum Presence {
        THERE,
        DELETED,
        PURGED
    }

    private final GraphTenant tenant;
    private final UUID id;
    private final UserKind kind;
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final @Nullable GraphMailbox mailbox;
    private Presence presence = Presence.THERE;
    private boolean licensed;
    private @Nullable GraphDrive drive;
    private long changed;
    private @Nullable Instant deletedAt;

    GraphUser(GraphTenant tenant, UUID id, String alias, String displayName, UserKind kind) {
        this.tenant = tenant;
        this.id = id;
        this.kind = kind;
        this.licensed = kind.isLicensed();
        boolean guest = kind == UserKind.GUEST;
        String address = alias + "@" + tenant.domain();
        properties.put(
                "accountEnabled",
                kind == UserKind.MEMBER || kind == UserKind.UNLICENSED || guest || kind == UserKind.ON_PREMISES);
        properties.put("displayName", displayName);
        properties.put("givenName", displayName.split(" ")[0]);
        properties.put("surname", displayName.substring(displayName.lastIndexOf(' ') + 1));
        properties.put("userPrincipalName", guest ? alias + "_elsewhere.example#EXT#@" + tenant.domain() : address);
        properties.put("mail", guest ? alias + "@elsewhere.example" : kind == UserKind.UNLICENSED ? null : address);
        properties.put("mailNickname", alias);
        properties.put("userType", guest ? "Guest" : "Member");
        properties.put("createdDateTime", tenant.stamp());
        properties.put("onPremisesSyncEnabled", kind == UserKind.ON_PREMISES ? true : null);
        properties.put("businessPhones", List.of());
        properties.put("proxyAddresses", kind.hasMailbox() ? List.of("SMTP:" + address) : List.of());
        this.mailbox = kind.hasMailbox() ? new GraphMailbox(tenant, this) : null;
    }

    /**
     * Its id in the directory.
     *
     * @return a GUID
     */
    public String id() {
        return id.toString();
    }

    /**
     * The name that it signs in with.
     *
     * @return such as {@code ada@contoso.example}
     */
    public String principalName() {
        synchronized (tenant) {
            return Json.text(properties, "userPrincipalName");
        }
    }

    String displayName() {
        return Json.text(properties, "displayName");
    }

    String address() {
        return Json.text(properties, "mail");
    }

    /**
     * What it is.
     *
     * @return its kind
     */
    public UserKind kind() {
        return kind;
    }

    /**
     * Its mailbox, even if it cannot be reached at the moment for want of a licence.
     *
     * @return the mailbox
     * @throws IllegalStateException if accounts of its kind have none
     */
    public GraphMailbox mailbox() {
        if (mailbox == null) {
            throw new IllegalStateException(principalName() + " is " + kind + ", which has no mailbox");
        }
        return mailbox;
    }

    /**
     * Its OneDrive, which is set up when it is asked for the first time.
     *
     * @return the drive
     */
    public GraphDrive drive() {
        synchronized (tenant) {
            GraphDrive own = drive;
            if (own == null) {
                own = tenant.addPersonalSite(this, Json.text(properties, "displayName"))
                        .addPersonal(this);
                drive = own;
            }
            return own;
        }
    }

    /** Its OneDrive, if it was ever set up. */
    Optional<GraphDrive> ownDrive() {
        return Optional.ofNullable(drive);
    }

    /**
     * Changes a property, as an administrator does.
     *
     * @param name the name of a property of {@code user}, such as {@code displayName}
     * @param value text, a number, a boolean, a list, a map or null
     */
    public void set(String name, @Nullable Object value) {
        synchronized (tenant) {
            properties.put(name, value);
            touch();
        }
    }

    /**
     * Blocks or allows signing in; the mailbox stays where it is.
     *
     * @param enabled whether it may sign in
     */
    public void enable(boolean enabled) {
        set("accountEnabled", enabled);
    }

    /**
     * Gives or takes the licence. Without one the mailbox of a person cannot be reached; it is there again when the licence is.
     *
     * @param has whether it has a licence
     */
    public void license(boolean has) {
        synchronized (tenant) {
            licensed = has;
            touch();
        }
    }

    /** Deletes it softly: it can be restored, but its mailbox cannot be reached. */
    public void remove() {
        synchronized (tenant) {
            presence = Presence.DELETED;
            deletedAt = tenant.now();
            touch();
        }
    }

    /** Restores it after a soft deletion. */
    public void restore() {
        synchronized (tenant) {
            presence = Presence.THERE;
            deletedAt = null;
            touch();
        }
    }

    /** Deletes it for good. */
    public void purge() {
        synchronized (tenant) {
            presence = Presence.PURGED;
            touch();
        }
    }

    private void touch() {
        changed = tenant.nextPosition();
    }

    boolean isThere() {
        return presence == Presence.THERE;
    }

    boolean isDeleted() {
        return presence == Presence.DELETED;
    }

    boolean isLicensed() {
        return licensed;
    }

    long changed() {
        return changed;
    }

    /** The mailbox that requests see. */
    Optional<GraphMailbox> reachableMailbox() {
        boolean needsLicence = kind == UserKind.MEMBER;
        return presence == Presence.THERE && (licensed || !needsLicence)
                ? Optional.ofNullable(mailbox)
                : Optional.empty();
    }

    boolean isCalled(String idOrName) {
        return id.toString().equalsIgnoreCase(idOrName) || principalName().equalsIgnoreCase(idOrName);
    }

    /** All that is known of it. */
    Map<String, Object> json() {
        Map<String, Object> json = Json.object("id", id());
        json.putAll(properties);
        json.put(
                "assignedLicenses",
                licensed ? List.of(Json.object("disabledPlans", List.of(), "skuId", SKU)) : List.of());
        json.put(
                "assignedPlans",
                licensed ? List.of(plan("exchange", EXCHANGE_PLAN), plan("SharePoint", SHAREPOINT_PLAN)) : List.of());
        if (deletedAt != null) {
            json.put("deletedDateTime", GraphTenant.stamp(deletedAt));
        }
        return json;
    }

    private Map<String, Object> plan(String service, String planId) {
        return Json.object(
                "assignedDateTime",
                properties.get("createdDateTime"),
                "capabilityStatus",
                "Enabled",
                "service",
                service,
                "servicePlanId",
                planId);
    }

    /** What a delta says of it when it is gone; the reason tells whether it can be restored. */
    Map<String, Object> tombstone() {
        String reason = presence == Presence.PURGED ? "deleted" : "changed";
        return Json.object("id", id(), "@removed", Json.object("reason", reason));
    }

    @Override
    public String toString() {
        return principalName();
    }
}
