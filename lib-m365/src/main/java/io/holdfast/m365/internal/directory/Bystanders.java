// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphPath;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.Owner;
import io.holdfast.model.ResourceId;
import io.holdfast.source.Resource;
import io.holdfast.source.Resource.NotCovered;
import io.holdfast.source.Resource.Reason;
import java.util.List;
import java.util.Optional;

/** Who and what is in a tenant's directory and covered by no workload: said, so that nobody thinks it was backed up. */
final class Bystanders {
    private static final String WORKLOAD = "directory";
    private static final List<List<String>> GROUP_LISTING = List.of(List.of(
            "Group.Read.All",
            "Group.ReadWrite.All",
            "Group.ReadBasic.All",
            "GroupMember.Read.All",
            "Directory.Read.All",
            "Directory.ReadWrite.All"));

    private Bystanders() {}

    /** A kind of them, and the call for the first page of it. */
    enum Kind {
        /** Groups of Microsoft 365; security groups and lists hold nothing. */
        GROUPS("group", "groups") {
            @Override
            GraphCall first() {
                return Directory.call(
                        "directory.groups.list",
                        GraphPath.of("/groups")
                                .with("$filter", "groupTypes/any(c:c eq 'Unified')")
                                .with("$select", "id,displayName,mail")
                                .with("$top", "999"));
            }

            @Override
            NotCovered why(ObjectNode group) {
                return new NotCovered(
                        Reason.NOT_SUPPORTED,
                        "a group: its files are backed up with its site; its conversations are not read, and its calendar is closed"
                                + " to applications");
            }
        },
        /** Accounts in the directory's bin. */
        DELETED("deleted-user", "deleted users") {
            @Override
            GraphCall first() {
                return Directory.call(
                        "directory.deleted.list",
                        GraphPath.of("/directory/deletedItems/microsoft.graph.user")
                                .with("$select", "id,displayName,userPrincipalName,deletedDateTime")
                                .with("$top", "999"));
            }

            @Override
            NotCovered why(ObjectNode user) {
                return new NotCovered(
                        Reason.NOT_REACHABLE,
                        "deleted"
                                + Json.text(user, "deletedDateTime")
                                        .map(time -> " on " + time)
                                        .orElse("")
                                + ": nothing of it can be read unless it is restored in the directory, for thirty days; what was"
                                + " backed up stays");
            }
        };

        private final String prefix;
        private final String title;

        Kind(String prefix, String title) {
            this.prefix = prefix;
            this.title = title;
        }

        abstract GraphCall first();

        abstract NotCovered why(ObjectNode one);

        /** The permission that is missing to list them; groups are a matter of one of their own, which nothing else needs. */
        Optional<String> lack(TokenRoles roles) {
            return this == DELETED
                    ? Optional.empty()
                    : roles.missing(GROUP_LISTING).stream().findFirst();
        }

        Resource resource(ObjectNode one) {
            String id = one.path("id").asText();
            String name = Json.text(one, "displayName").orElse(id);
            String owner = Json.text(one, "mail")
                    .or(() -> Json.text(one, "userPrincipalName"))
                    .orElse(name);
            return new Resource(new ResourceId(prefix + ":" + id), WORKLOAD, name, owner, Optional.of(why(one)));
        }

        /** In the place of all of them, where the directory does not tell. */
        Resource refused(String code) {
            return new Resource(
                    new ResourceId(WORKLOAD + ":" + prefix),
                    WORKLOAD,
                    title,
                    "",
                    Optional.of(new NotCovered(Reason.NOT_REACHABLE, "they cannot be listed: " + code)));
        }
    }

    static Resource guest(Owner guest) {
        return new Resource(
                new ResourceId("guest:" + guest.id()),
                WORKLOAD,
                guest.displayName(),
                guest.principalName(),
                Optional.of(new NotCovered(
                        Reason.NOT_REACHABLE,
                        "a guest: mailbox and drive are in the tenant that the account comes from")));
    }
}
