// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.runtime.TimeSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * An organisation with its accounts, groups and mailboxes: what {@link GraphSimulator} answers from, and what tests change while it runs.
 *
 * <p>Safe for use by several threads: a change is seen whole or not at all. Ids depend on the seed and on the order of what is added, so that a test
 * meets the same ones each time.
 */
public final class GraphTenant {
    private final TimeSource time;
    private final String domain;
    private final String name;
    private final String language;
    private final long seed;
    private final UUID id;
    private final Map<String, GraphApp> apps = new LinkedHashMap<>();
    private final List<GraphUser> users = new ArrayList<>();
    private final List<GraphGroup> groups = new ArrayList<>();
    private final List<GraphSite> sites = new ArrayList<>();
    private long position;
    private long made;

    private GraphTenant(Builder builder) {
        this.time = builder.time;
        this.domain = builder.domain;
        this.name = builder.name;
        this.language = builder.language;
        this.seed = builder.seed;
        this.id = Ids.guid(seed, 0);
    }

    /**
     * Begins an organisation.
     *
     * @param time what its dates go by
     * @param domain its domain, such as {@code contoso.example}
     * @return a builder
     */
    public static Builder builder(TimeSource time, String domain) {
        return new Builder(time, domain);
    }

    /**
     * Its id.
     *
     * @return a GUID
     */
    public String id() {
        return id.toString();
    }

    /**
     * Its domain.
     *
     * @return such as {@code contoso.example}
     */
    public String domain() {
        return domain;
    }

    /**
     * Consents to an application, or changes what is known of it.
     *
     * @param app the application
     */
    public synchronized void consent(GraphApp app) {
        apps.put(app.clientId(), app);
    }

    /**
     * Adds a licensed person with a mailbox.
     *
     * @param alias the part of the address before the @
     * @param displayName the name
     * @return the account
     */
    public GraphUser addUser(String alias, String displayName) {
        return addUser(alias, displayName, UserKind.MEMBER);
    }

    /**
     * Adds an account.
     *
     * @param alias the part of the address before the @
     * @param displayName the name
     * @param kind what it is
     * @return the account
     */
    public synchronized GraphUser addUser(String alias, String displayName, UserKind kind) {
        GraphUser user = new GraphUser(this, nextGuid(), alias, displayName, kind);
        users.add(user);
        user.license(kind.isLicensed());
        return user;
    }

    /**
     * Adds a group.
     *
     * @param alias the part of the address before the @
     * @param displayName the name
     * @param isTeam whether it is a team, too
     * @return the group
     */
    public synchronized GraphGroup addGroup(String alias, String displayName, boolean isTeam) {
        GraphGroup group = new GraphGroup(this, nextGuid(), alias, displayName, isTeam);
        groups.add(group);
        return group;
    }

    /**
     * All accounts that are not deleted.
     *
     * @return in the order in which they were added
     */
    public synchronized List<GraphUser> users() {
        return users.stream().filter(GraphUser::isThere).toList();
    }

    /** All accounts that ever were. */
    List<GraphUser> everybody() {
        return users;
    }

    /**
     * Adds a site, with a library called Documents.
     *
     * @param alias the last part of its address
     * @param displayName the name
     * @return the site
     */
    public synchronized GraphSite addSite(String alias, String displayName) {
        GraphSite site = new GraphSite(this, displayName, "/sites/" + alias, false);
        site.addLibrary("Documents");
        sites.add(site);
        return site;
    }

    GraphSite addPersonalSite(GraphUser owner, String displayName) {
        String path = "/personal/" + owner.principalName().replaceAll("[^A-Za-z0-9]", "_");
        GraphSite site = new GraphSite(this, displayName, path, true);
        sites.add(site);
        return site;
    }

    synchronized void remove(GraphSite site) {
        sites.remove(site);
    }

    /** All sites, those of single users included. */
    synchronized List<GraphSite> sites() {
        return List.copyOf(sites);
    }

    List<GraphGroup> groups() {
        return groups;
    }

    Optional<GraphUser> user(String idOrName) {
        return users.stream()
                .filter(user -> user.isThere() && user.isCalled(idOrName))
                .findFirst();
    }

    synchronized Optional<GraphApp> app(String clientId) {
        return Optional.ofNullable(apps.get(clientId));
    }

    boolean isCalled(String idOrDomain) {
        return id().equalsIgnoreCase(idOrDomain) || domain.equalsIgnoreCase(idOrDomain);
    }

    String name() {
        return name;
    }

    String language() {
        return language;
    }

    Instant now() {
        return time.now();
    }

    /** The present time as Graph writes it. */
    String stamp() {
        return stamp(now());
    }

    static String stamp(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    UUID nextGuid() {
        return Ids.guid(seed, ++made);
    }

    /** Where the directory is; grows with each of its changes. */
    long position() {
        return position;
    }

    long nextPosition() {
        return ++position;
    }

    /** Makes a {@link GraphTenant}. For one thread. */
    public static final class Builder {
        private final TimeSource time;
        private final String domain;
        private String name;
        private String language = "en";
        private long seed = 1;

        private Builder(TimeSource time, String domain) {
            this.time = Objects.requireNonNull(time, "time");
            this.domain = Objects.requireNonNull(domain, "domain");
            this.name = domain;
        }

        /**
         * Names the organisation; its domain is the default.
         *
         * @param displayName its name
         * @return this builder
         */
        public Builder name(String displayName) {
            this.name = Objects.requireNonNull(displayName);
            return this;
        }

        /**
         * Sets the language that folders of new mailboxes are named in; {@code en} is the default, and {@code de} and {@code fr} are known, too.
         *
         * @param code two letters
         * @return this builder
         */
        public Builder language(String code) {
            if (!WellKnown.LANGUAGES.contains(code)) {
                throw new IllegalArgumentException(
                        "folders cannot be named in '" + code + "'; known are " + WellKnown.LANGUAGES);
            }
            this.language = code;
            return this;
        }

        /**
         * Sets what ids are made from; 1 by default. Tenants of one simulator need different seeds.
         *
         * @param number the seed
         * @return this builder
         */
        public Builder seed(long number) {
            this.seed = number;
            return this;
        }

        /**
         * Builds the organisation.
         *
         * @return an organisation without accounts and applications
         */
        public GraphTenant build() {
            return new GraphTenant(this);
        }
    }
}
