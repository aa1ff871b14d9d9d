// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A user of the tenant: a person, a shared mailbox, a room.
 *
 * @param id the object id, a GUID
 * @param principalName the user principal name
 * @param displayName the name for people
 * @param mail the primary address, if there is one
 * @param state what can be expected of the user's data
 * @param services the services that a plan is assigned and enabled for, such as {@code exchange} and {@code SharePoint}, lower case
 */
public record Owner(
        String id, String principalName, String displayName, Optional<String> mail, State state, Set<String> services) {

    /** What kind of user it is, as far as data are concerned. */
    public enum State {
        /** A user with an account of this tenant, enabled or not: what it has is readable. */
        MEMBER,
        /** A user of another tenant, who has no mailbox and no drive here. */
        GUEST
    }

    /** Checks for null. */
    public Owner {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(principalName, "principalName");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(mail, "mail");
        Objects.requireNonNull(state, "state");
        services = Set.copyOf(services);
    }
}
