// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpBody;
import io.holdfast.simulators.json.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A drive: a user's OneDrive, or a document library of a site. Safe for use by several threads. */
public final class GraphDrive {
    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final GraphTenant tenant;
    private final GraphSite site;
    private final String id;
    private final String name;
    private final @Nullable GraphUser owner;
    private final Map<String, GraphDriveItem> items = new LinkedHashMap<>();
    private final Set<GraphDriveItem> removed = new LinkedHashSet<>();
    private final GraphDriveItem root;
    private long made;

    GraphDrive(GraphTenant tenant, GraphSite site, String name, @Nullable GraphUser owner) {
        this.tenant = tenant;
        this.site = site;
        this.name = name;
        this.owner = owner;
        this.id = "b!" + tenant.nextGuid().toString().replace("-", "")
                + tenant.nextGuid().toString().replace("-", "").substring(0, 16);
        this.root = add(null, "root", GraphDriveItem.Kind.FOLDER);
    }

    /**
     * Its id.
     *
     * @return such as {@code b!…}
     */
    public String id() {
        return id;
    }

    /**
     * The site that it is in.
     *
     * @return the site
     */
    public GraphSite site() {
        return site;
    }

    /**
     * The folder that everything lies in.
     *
     * @return the root
     */
    public GraphDriveItem root() {
        return root;
    }

    /**
     * Makes a folder, and those around it, if they are not there.
     *
     * @param path names separated by slashes
     * @return the folder
     */
    public GraphDriveItem folder(String path) {
        synchronized (tenant) {
            GraphDriveItem at = root;
            for (String each : path.split("/")) {
                GraphDriveItem parent = at;
                at = each.isEmpty()
                        ? at
                        : child(at, each).orElseGet(() -> add(parent, each, GraphDriveItem.Kind.FOLDER));
            }
            return at;
        }
    }

    /**
     * Writes a file: a new one, or a new version of the one that is there.
     *
     * @param path names separated by slashes
     * @param content the content
     * @return the file
     */
    public GraphDriveItem file(String path, byte[] content) {
        return file(path, HttpBody.of(content));
    }

    /**
     * Writes a file whose content need not be in memory.
     *
     * @param path names separated by slashes
     * @param content the content
     * @return the file
     */
    public GraphDriveItem file(String path, HttpBody content) {
        synchronized (tenant) {
            GraphDriveItem file = leaf(path, GraphDriveItem.Kind.FILE);
            file.write(content);
            return file;
        }
    }

    /**
     * Makes a notebook of OneNote, which looks like a folder and cannot be had as a whole.
     *
     * @param path names separated by slashes
     * @return the notebook; its parts are files below its path
     */
    public GraphDriveItem notebook(String path) {
        synchronized (tenant) {
            return leaf(path, GraphDriveItem.Kind.NOTEBOOK);
        }
    }

    /**
     * Makes a shortcut to a folder of another drive.
     *
     * @param path names separated by slashes
     * @param target what it leads to
     * @return the shortcut
     */
    public GraphDriveItem shortcut(String path, GraphDriveItem target) {
        synchronized (tenant) {
            GraphDriveItem shortcut = leaf(path, GraphDriveItem.Kind.SHORTCUT);
            shortcut.lead(target);
            return shortcut;
        }
    }

    private GraphDriveItem leaf(String path, GraphDriveItem.Kind kind) {
        int slash = path.lastIndexOf('/');
        GraphDriveItem parent = folder(path.substring(0, Math.max(0, slash)));
        String last = path.substring(slash + 1);
        return child(parent, last).orElseGet(() -> add(parent, last, kind));
    }

    /**
     * Looks for an item.
     *
     * @param path names separated by slashes, in any case
     * @return the item, if there is one
     */
    public Optional<GraphDriveItem> find(String path) {
        synchronized (tenant) {
            Optional<GraphDriveItem> at = Optional.of(root);
            for (String each : path.split("/")) {
                at = at.flatMap(parent -> child(parent, each));
            }
            return at;
        }
    }

    /**
     * All that is in it, the root not.
     *
     * @return in the order in which it was made
     */
    public List<GraphDriveItem> items() {
        synchronized (tenant) {
            return items.values().stream().filter(each -> each != root).toList();
        }
    }

    Optional<GraphDriveItem> child(GraphDriveItem parent, String childName) {
        return parent.child(childName);
    }

    GraphDriveItem add(@Nullable GraphDriveItem parent, String itemName, GraphDriveItem.Kind kind) {
        StringBuilder text = new StringBuilder("01");
        long number = ++made;
        for (int i = 0; i < 32; i++) {
            long mixed = Ids.mix(Arrays.hashCode(id.toCharArray()) * 31L + number, i);
            text.append(BASE_32.charAt((int) (mixed >>> 59)));
        }
        GraphDriveItem item = new GraphDriveItem(this, text.toString(), number, parent, itemName, kind);
        items.put(item.id(), item);
        return item;
    }

    void remove(GraphDriveItem item) {
        for (GraphDriveItem child : item.children()) {
            remove(child);
        }
        if (items.remove(item.id()) != null) {
            removed.add(item);
            item.detach();
            item.left();
        }
    }

    /** The item of an id, as requests name it. */
    GraphDriveItem require(String itemId) {
        if (itemId.equalsIgnoreCase("root")) {
            return root;
        }
        GraphDriveItem item = items.get(itemId);
        if (item == null || item.flaw() == FileFlaw.VANISHED) {
            throw notFound();
        }
        return item;
    }

    static GraphError notFound() {
        return new GraphError(404, "itemNotFound", "The resource could not be found.");
    }

    Iterable<GraphDriveItem> all() {
        return items.values();
    }

    /** What was deleted, in that order. */
    Set<GraphDriveItem> removed() {
        return removed;
    }

    GraphTenant tenant() {
        return tenant;
    }

    Map<String, Object> json() {
        GraphUser user = owner;
        Map<String, Object> whose = user == null
                ? Json.object("group", Json.object("displayName", site.name() + " Owners"))
                : Json.object(
                        "user",
                        Json.object(
                                "email", user.principalName(),
                                "id", user.id(),
                                "displayName", String.valueOf(user.json().get("displayName"))));
        return Json.object(
                "id",
                id,
                "createdDateTime",
                root.created(),
                "driveType",
                user == null ? "documentLibrary" : "business",
                "lastModifiedDateTime",
                root.created(),
                "name",
                name,
                "owner",
                whose,
                "quota",
                Json.object(
                        "deleted",
                        0,
                        "remaining",
                        1_099_511_627_776L,
                        "state",
                        "normal",
                        "total",
                        1_099_511_627_776L,
                        "used",
                        0),
                "webUrl",
                site.url() + "/" + name.replace(" ", "%20"));
    }
}
