// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A folder, a file, a notebook or a shortcut of a drive. Safe for use by several threads. */
public final class GraphDriveItem {

    /** What an item is. */
    public enum Kind {
        /** Holds others. */
        FOLDER,
        /** Has content. */
        FILE,
        /** A notebook of OneNote. */
        NOTEBOOK,
        /** Leads to a folder of another drive. */
        SHORTCUT
    }

    private final GraphDrive drive;
    private final GraphTenant tenant;
    private final String id;
    private final long number;
    private final UUID unique;
    private final Kind kind;
    private final Instant created;
    private final List<FileVersion> versions = new ArrayList<>();
    private final List<GraphPermission> permissions = new ArrayList<>();
    private final Map<String, GraphDriveItem> children = new LinkedHashMap<>();
    private @Nullable GraphDriveItem parent;
    private @Nullable GraphDriveItem target;
    private String name;
    private Instant modified;
    private Instant ownCreated;
    private Instant ownModified;
    private FileFlaw flaw = FileFlaw.NONE;
    private int states = 1;
    private int contents;
    private int grants;
    private long changed;
    private long reshared;

    GraphDriveItem(GraphDrive drive, String id, long number, @Nullable GraphDriveItem parent, String name, Kind kind) {
        this.drive = drive;
        this.tenant = drive.tenant();
        this.id = id;
        this.number = number;
        this.unique = tenant.nextGuid();
        this.parent = parent;
        this.name = name;
        this.kind = kind;
        this.created = tenant.now();
        this.modified = created;
        this.ownCreated = created;
        this.ownModified = created;
        this.changed = tenant.nextPosition();
        attach();
    }

    private void attach() {
        GraphDriveItem above = parent;
        if (above != null && above.children.putIfAbsent(folded(name), this) != null) {
            throw new IllegalStateException("'" + above.path() + "' has a '" + name + "' already");
        }
    }

    void detach() {
        GraphDriveItem above = parent;
        if (above != null) {
            above.children.remove(folded(name));
        }
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    Optional<GraphDriveItem> child(String childName) {
        return Optional.ofNullable(children.get(folded(childName)));
    }

    List<GraphDriveItem> children() {
        return List.copyOf(children.values());
    }

    /**
     * Its id.
     *
     * @return 34 characters
     */
    public String id() {
        return id;
    }

    /**
     * What it is.
     *
     * @return its kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Its name.
     *
     * @return the name in its folder
     */
    public String name() {
        synchronized (tenant) {
            return name;
        }
    }

    /**
     * Where it is.
     *
     * @return the names from the root on, its own included, separated by slashes; empty for the root
     */
    public String path() {
        synchronized (tenant) {
            GraphDriveItem above = parent;
            return above == null ? "" : above.parent == null ? name : above.path() + "/" + name;
        }
    }

    /**
     * What it contains.
     *
     * @return the bytes of the newest version
     */
    public byte[] content() {
        synchronized (tenant) {
            try (InputStream in = newest().body().open()) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * How many versions it has.
     *
     * @return the newest one included
     */
    public int versionCount() {
        synchronized (tenant) {
            return versions.size();
        }
    }

    /**
     * What it contained.
     *
     * @param index 0 for the oldest version
     * @return its bytes
     */
    public byte[] version(int index) {
        synchronized (tenant) {
            try (InputStream in = versions.get(index).body().open()) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * When whoever wrote it says that it was changed last.
     *
     * @return the time of the file system info
     */
    public Instant ownModified() {
        synchronized (tenant) {
            return ownModified;
        }
    }

    /**
     * When whoever wrote it says that it was made.
     *
     * @return the time of the file system info
     */
    public Instant ownCreated() {
        synchronized (tenant) {
            return ownCreated;
        }
    }

    /**
     * Writes a new version of a file.
     *
     * @param content the content
     */
    public void write(HttpBody content) {
        synchronized (tenant) {
            if (kind != Kind.FILE) {
                throw new IllegalStateException(path() + " is a " + kind + ", which has no content");
            }
            Instant now = tenant.now();
            versions.add(FileVersion.of(versions.size() + 1, content, now));
            ownModified = now;
            contents++;
            touch();
        }
    }

    /**
     * Gives it another name.
     *
     * @param other the name
     */
    public void rename(String other) {
        synchronized (tenant) {
            detach();
            name = Objects.requireNonNull(other);
            attach();
            touch();
        }
    }

    /**
     * Moves it, with all that it holds.
     *
     * @param into a folder of the same drive
     */
    public void move(GraphDriveItem into) {
        synchronized (tenant) {
            detach();
            parent = Objects.requireNonNull(into);
            attach();
            touch();
        }
    }

    /** Deletes it, with all that it holds. */
    public void delete() {
        synchronized (tenant) {
            drive.remove(this);
        }
    }

    /**
     * Shares it with somebody.
     *
     * @param user an account of the tenant
     * @param role such as {@code read} or {@code write}
     */
    public void share(GraphUser user, String role) {
        grant(List.of(role), List.of(user.id()), Optional.empty(), Optional.empty());
    }

    /**
     * Shares it by a link.
     *
     * @param scope {@code anonymous} or {@code organization}
     * @param role such as {@code read} or {@code write}
     */
    public void shareByLink(String scope, String role) {
        grant(List.of(role), List.of(), Optional.of(scope), Optional.empty());
    }

    /**
     * Shares it with a group of the site.
     *
     * @param group the group's name
     * @param role such as {@code read} or {@code write}
     */
    public void shareWithSiteGroup(String group, String role) {
        grant(List.of(role), List.of(), Optional.empty(), Optional.of(group));
    }

    /** Takes all grants away. */
    public void unshare() {
        synchronized (tenant) {
            permissions.clear();
            reshared = tenant.nextPosition();
        }
    }

    GraphPermission grant(List<String> roles, List<String> principals, Optional<String> scope, Optional<String> group) {
        synchronized (tenant) {
            GraphPermission permission = new GraphPermission(unique + "-" + ++grants, roles, principals, scope, group);
            Optional<GraphPermission> same =
                    permissions.stream().filter(permission::says).findFirst();
            if (same.isPresent()) {
                return same.get();
            }
            permissions.add(permission);
            reshared = tenant.nextPosition();
            return permission;
        }
    }

    /**
     * Who may see it, inherited grants aside.
     *
     * @return the grants
     */
    public List<GraphPermission> permissions() {
        synchronized (tenant) {
            return List.copyOf(permissions);
        }
    }

    /**
     * Lets something be wrong with it.
     *
     * @param what what is wrong from now on
     */
    public void spoil(FileFlaw what) {
        synchronized (tenant) {
            flaw = Objects.requireNonNull(what);
            touch();
        }
    }

    /** Repairs it. Nobody hears of that. */
    public void heal() {
        synchronized (tenant) {
            flaw = FileFlaw.NONE;
        }
    }

    /**
     * Sets what whoever wrote it says of its times.
     *
     * @param made when it was made
     * @param changedLast when it was changed last
     */
    public void date(Instant made, Instant changedLast) {
        synchronized (tenant) {
            ownCreated = made;
            ownModified = changedLast;
            touch();
        }
    }

    void lead(GraphDriveItem to) {
        target = to;
    }

    private void touch() {
        states++;
        modified = tenant.now();
        changed = tenant.nextPosition();
        // Sizes and dates of folders follow what they hold; they are not announced for that.
        for (GraphDriveItem above = parent; above != null; above = above.parent) {
            above.modified = modified;
            above.states++;
        }
    }

    void left() {
        changed = tenant.nextPosition();
    }

    FileVersion newest() {
        return versions.get(versions.size() - 1);
    }

    List<FileVersion> versions() {
        return versions;
    }

    GraphDrive drive() {
        return drive;
    }

    @Nullable
    GraphDriveItem parent() {
        return parent;
    }

    Optional<GraphDriveItem> target() {
        return Optional.ofNullable(target);
    }

    /**
     * What is wrong with it.
     *
     * @return the flaw
     */
    public FileFlaw flaw() {
        synchronized (tenant) {
            return flaw;
        }
    }

    long number() {
        return number;
    }

    long changed() {
        return changed;
    }

    long reshared() {
        return reshared;
    }

    String created() {
        return GraphTenant.stamp(created);
    }

    String modified() {
        return GraphTenant.stamp(modified);
    }

    String eTag() {
        return "\"{" + unique.toString().toUpperCase(Locale.ROOT) + "}," + states + "\"";
    }

    String cTag() {
        return "\"c:{" + unique.toString().toUpperCase(Locale.ROOT) + "}," + contents + "\"";
    }

    /** How many bytes it has, or what it holds has. */
    long size() {
        if (kind == Kind.FILE) {
            return versions.isEmpty() ? 0 : newest().body().length();
        }
        long sum = 0;
        for (GraphDriveItem child : children.values()) {
            sum += child.size();
        }
        return sum;
    }

    @Override
    public String toString() {
        return kind + " " + path();
    }
}
