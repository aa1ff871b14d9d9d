// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A site of SharePoint with its document libraries; also what a user's OneDrive lies in. Safe for use by several threads. */
public final class GraphSite {
    private final GraphTenant tenant;
    private final UUID collection;
    private final UUID web;
    private final String name;
    private final String url;
    private final boolean personal;
    private final String created;
    private final List<GraphDrive> drives = new ArrayList<>();
    private boolean locked;
    private boolean closed;

    GraphSite(GraphTenant tenant, String name, String path, boolean personal) {
        this.tenant = tenant;
        this.collection = tenant.nextGuid();
        this.web = tenant.nextGuid();
        this.name = name;
        this.personal = personal;
        this.url = "https://" + host() + path;
        this.created = tenant.stamp();
    }

    private String host() {
        String word = tenant.domain().substring(0, tenant.domain().indexOf('.'));
        return word + (personal ? "-my.sharepoint.example" : ".sharepoint.example");
    }

    /**
     * Its id.
     *
     * @return host and two GUIDs, separated by commas
     */
    public String id() {
        return host() + "," + collection + "," + web;
    }

    /**
     * Its name.
     *
     * @return the name for people
     */
    public String name() {
        return name;
    }

    /**
     * Adds a document library.
     *
     * @param libraryName its name
     * @return an empty library
     */
    public GraphDrive addLibrary(String libraryName) {
        synchronized (tenant) {
            GraphDrive drive = new GraphDrive(tenant, this, libraryName, null);
            drives.add(drive);
            return drive;
        }
    }

    GraphDrive addPersonal(GraphUser owner) {
        GraphDrive drive = new GraphDrive(tenant, this, "OneDrive", owner);
        drives.add(drive);
        return drive;
    }

    /**
     * Locks or unlocks it: what is locked gives 423 for everything.
     *
     * @param on whether it is locked from now on
     */
    public void lock(boolean on) {
        synchronized (tenant) {
            locked = on;
        }
    }

    /**
     * Closes it to applications, or opens it again: what is closed gives 403 {@code accessDenied}.
     *
     * @param on whether it is closed from now on
     */
    public void close(boolean on) {
        synchronized (tenant) {
            closed = on;
        }
    }

    /** Deletes it with everything in it: nobody finds it any more. What it held can still be asked of this object. */
    public void remove() {
        tenant.remove(this);
    }

    /**
     * Its libraries.
     *
     * @return in the order in which they were added
     */
    public List<GraphDrive> drives() {
        synchronized (tenant) {
            return List.copyOf(drives);
        }
    }

    GraphTenant tenant() {
        return tenant;
    }

    String url() {
        return url;
    }

    void requireOpen() {
        if (locked) {
            throw new GraphError(423, "resourceLocked", "The site is locked.").withInner("lockMismatch");
        }
        if (closed) {
            throw new GraphError(403, "accessDenied", "Access denied").withInner("accessRestricted");
        }
    }

    Map<String, Object> json() {
        return Json.object(
                "id", id(),
                "createdDateTime", created,
                "displayName", name,
                "isPersonalSite", personal,
                "lastModifiedDateTime", created,
                "name", url.substring(url.lastIndexOf('/') + 1),
                "root", Json.object(),
                "siteCollection", Json.object("hostname", host()),
                "webUrl", url);
    }
}
