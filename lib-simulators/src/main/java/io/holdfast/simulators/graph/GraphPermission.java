// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A grant on an item of a drive, or a link to it. Immutable.
 *
 * @param id its id on the item
 * @param roles such as {@code read}
 * @param principals ids of the accounts that it is for; none for links that are for nobody in particular
 * @param linkScope {@code anonymous}, {@code organization} or {@code users} of a link; empty for a grant
 * @param siteGroup the name of a group of the site, which no API grants again
 */
public record GraphPermission(
        String id,
        List<String> roles,
        List<String> principals,
        Optional<String> linkScope,
        Optional<String> siteGroup) {

    /** Copies the lists. */
    public GraphPermission {
        Objects.requireNonNull(id, "id");
        roles = List.copyOf(roles);
        principals = List.copyOf(principals);
        Objects.requireNonNull(linkScope, "linkScope");
        Objects.requireNonNull(siteGroup, "siteGroup");
    }

    /** Whether two say the same, whatever their ids. */
    boolean says(GraphPermission other) {
        return roles.equals(other.roles)
                && principals.equals(other.principals)
                && linkScope.equals(other.linkScope)
                && siteGroup.equals(other.siteGroup);
    }
}
