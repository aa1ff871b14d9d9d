// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.SourceException;
import io.holdfast.error.TargetException;
import io.holdfast.exchange.Access;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.GraphList;
import io.holdfast.m365.internal.graph.GraphPath;
import io.holdfast.m365.internal.graph.GraphPool;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.Owner;
import io.holdfast.m365.internal.workload.TenantWorkload;
import io.holdfast.pacing.Cost;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The users of a tenant and the resources that they have. Safe for use by several threads. */
public final class Directory {
    private static final String FIELDS = "id,displayName,userPrincipalName,mail,userType,accountEnabled,assignedPlans";

    private static final List<List<String>> LISTING =
            List.of(List.of("User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"));

    private final GraphClient graph;
    private final Access access;
    private @Nullable GraphList<Owner> users;

    /**
     * A directory.
     *
     * @param graph the client
     * @param access the token, whose roles say what may be read
     */
    public Directory(GraphClient graph, Access access) {
        this.graph = graph;
        this.access = access;
    }

    /**
     * Lists the resources of all users and of the tenant, a page of users at a time.
     *
     * @param workloads what is in scope
     * @return the resources, covered or not
     * @throws SourceException with code {@code SOURCE_REFUSED} if the token does not allow to list users
     */
    public Pull<Resource> resources(List<TenantWorkload> workloads) {
        TokenRoles roles =
                TokenRoles.of(access.tokens().token(access.audience()).value());
        List<String> missing = roles.missing(LISTING);
        if (!missing.isEmpty()) {
            throw new SourceException(
                    ErrorCode.SOURCE_REFUSED,
                    "the application lacks " + missing.get(0) + ", without which no user is known",
                    "Grant it to the application and let an administrator consent");
        }
        return new ResourceSearch(this, roles, workloads);
    }

    /**
     * The id of a user.
     *
     * @param name its id, principal name or address
     * @return the object id
     * @throws TargetException if there is no such user
     */
    public String idOf(String name) {
        GraphPath path = GraphPath.of("/users/{}", name).with("$select", "id");
        Optional<String> byName = graph.find(call("directory.user.get", path)).flatMap(user -> Json.text(user, "id"));
        return byName.or(() -> byAddress(name))
                .orElseThrow(() -> new TargetException(
                        ErrorCode.TARGET_REFUSED,
                        "there is no user '" + name + "' in the tenant",
                        "give the id, the principal name or the address of one that is there"));
    }

    private Optional<String> byAddress(String address) {
        GraphPath path = GraphPath.of("/users")
                .with("$filter", "mail eq '" + address.replace("'", "''") + "'")
                .with("$select", "id");
        JsonNode found =
                graph.object(call("directory.users.list", path)).path("value").path(0);
        return Json.text(found, "id");
    }

    /** The users, as far as a search that broke off has read them. */
    synchronized GraphList<Owner> users() {
        GraphList<Owner> known = users;
        if (known == null) {
            GraphPath path = GraphPath.of("/users").with("$select", FIELDS).with("$top", "999");
            // There may be a hundred thousand of them, most with the same plans.
            Map<Set<String>, Set<String>> plans = new HashMap<>();
            known = new GraphList<>(graph, call("directory.users.list", path), user -> Optional.of(owner(user, plans)));
            users = known;
        }
        return known;
    }

    /** The next search is to see who is there by then. */
    synchronized void forgetUsers() {
        users = null;
    }

    static GraphCall call(String operation, GraphPath path) {
        return GraphCall.get(operation, GraphPool.DIRECTORY, "", path).costing(Cost.request(1));
    }

    GraphClient graph() {
        return graph;
    }

    private static Owner owner(ObjectNode user, Map<Set<String>, Set<String>> plans) {
        Set<String> services = new HashSet<>();
        for (JsonNode plan : user.path("assignedPlans")) {
            String status = plan.path("capabilityStatus").asText("");
            // A plan in its grace period still serves.
            if (status.equals("Enabled") || status.equals("Warning")) {
                services.add(plan.path("service").asText("").toLowerCase(Locale.ROOT));
            }
        }
        String id = user.path("id").asText();
        String name = Json.text(user, "userPrincipalName").orElse(id);
        boolean guest = user.path("userType").asText("").equals("Guest");
        return new Owner(
                id,
                name,
                Json.text(user, "displayName").orElse(name),
                Json.text(user, "mail"),
                guest ? Owner.State.GUEST : Owner.State.MEMBER,
                plans.computeIfAbsent(Set.copyOf(services), Function.identity()));
    }
}
