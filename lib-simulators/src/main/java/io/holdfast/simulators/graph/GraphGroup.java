// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A Microsoft 365 group of a tenant. Safe for use by several threads. */
public final class GraphGroup {
    private final GraphTenant tenant;
    private final UUID id;
    private final String alias;
    private final String displayName;
    private final String created;
    private final List<GraphUser> members = new ArrayList<>();
    private final boolean team;

    GraphGroup(GraphTenant tenant, UUID id, String alias, String displayName, boolean team) {
        this.tenant = tenant;
        this.id = id;
        this.alias = alias;
        this.displayName = displayName;
        this.created = tenant.stamp();
        this.team = team;
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
     * Adds a member.
     *
     * @param user an account of the same tenant
     */
    public void add(GraphUser user) {
        synchronized (tenant) {
            members.add(user);
        }
    }

    List<GraphUser> members() {
        return members.stream().filter(GraphUser::isThere).toList();
    }

    Map<String, Object> json() {
        return Json.object(
                "id",
                id(),
                "createdDateTime",
                created,
                "displayName",
                displayName,
                "groupTypes",
                List.of("Unified"),
                "mail",
                alias + "@" + tenant.domain(),
                "mailEnabled",
                true,
                "mailNickname",
                alias,
                "proxyAddresses",
                List.of("SMTP:" + alias + "@" + tenant.domain()),
                "resourceProvisioningOptions",
                team ? List.of("Team") : List.of(),
                "securityEnabled",
                false,
                "visibility",
                "Private");
    }
}
