// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * An application that a tenant has consented to. Immutable.
 *
 * @param clientId its id
 * @param secret its client secret
 * @param secretExpires until when the secret is valid
 * @param roles the application permissions that were granted, such as {@code Mail.Read}
 * @param isEnabled whether its service principal is enabled in the tenant
 */
public record GraphApp(String clientId, String secret, Instant secretExpires, Set<String> roles, boolean isEnabled) {
    /** The application permissions that a backup of mail and its restore need. */
    public static final Set<String> MAIL_ROLES = Set.of(
            "User.Read.All", "Group.Read.All", "Organization.Read.All", "Mail.ReadWrite", "MailboxSettings.ReadWrite");

    /** The application permissions that a backup of drives and its restore need. */
    public static final Set<String> DRIVE_ROLES =
            Set.of("User.Read.All", "Group.Read.All", "Organization.Read.All", "Sites.FullControl.All");

    /** The application permissions that a backup of calendars and contacts and their restore need. */
    public static final Set<String> CALENDAR_ROLES = Set.of(
            "User.Read.All", "Group.Read.All", "Organization.Read.All", "Calendars.ReadWrite", "Contacts.ReadWrite");

    /** Copies the roles. */
    public GraphApp {
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(secretExpires, "secretExpires");
        roles = Set.copyOf(new TreeSet<>(roles));
    }

    /**
     * An enabled application whose secret does not expire.
     *
     * @param clientId its id
     * @param secret its client secret
     * @param roles the application permissions
     * @return the application
     */
    public static GraphApp of(String clientId, String secret, Set<String> roles) {
        return new GraphApp(clientId, secret, Instant.MAX, roles, true);
    }

    /**
     * The same with other permissions, as after an administrator's consent; tokens that were issued before keep theirs.
     *
     * @param others the application permissions
     * @return another application
     */
    public GraphApp withRoles(Set<String> others) {
        return new GraphApp(clientId, secret, secretExpires, others, isEnabled);
    }

    @Override
    public String toString() {
        return "GraphApp[" + clientId + ", " + roles + "]";
    }
}
