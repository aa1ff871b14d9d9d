// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives items the grants that they had. Nobody is told of it: no invitation is sent, ever. What is inherited comes by itself, and owners are who they
 * are; neither is written. Safe for use by several threads.
 */
final class Grants {
    private final GraphClient graph;
    private final Consumer<String> remarks;

    Grants(GraphClient graph, Consumer<String> remarks) {
        this.graph = graph;
        this.remarks = remarks;
    }

    /**
     * Gives grants, or only tells of them.
     *
     * @param drive the drive of the item
     * @param id the item
     * @param name its name, for remarks
     * @param permissions as they were backed up
     * @param keep whether they are given, or only told
     */
    void give(DriveCalls drive, String id, String name, JsonNode permissions, boolean keep) {
        for (JsonNode each : permissions) {
            if (isOfItsOwn(each)) {
                String what = words(each);
                Optional<String> why = keep ? give(drive, id, each) : Optional.of("permissions are only reported");
                why.ifPresent(reason -> remarks.accept("'" + name + "': " + what + " was not given again: " + reason));
            }
        }
    }

    private static boolean isOfItsOwn(JsonNode permission) {
        JsonNode inherited = permission.path("inheritedFrom");
        return (inherited.isMissingNode() || inherited.isNull() || inherited.isEmpty())
                && !roles(permission).contains("owner");
    }

    private static List<String> roles(JsonNode permission) {
        List<String> roles = new ArrayList<>();
        permission.path("roles").forEach(role -> roles.add(role.asText()));
        return roles;
    }

    /** Gives one; says why, if that cannot be. */
    private Optional<String> give(DriveCalls drive, String id, JsonNode permission) {
        Optional<GraphCall> call;
        if (permission.path("hasPassword").asBoolean(false)) {
            return Optional.of("its password is not known");
        }
        ArrayNode recipients = recipients(permission);
        JsonNode link = permission.path("link");
        if (link.isObject()) {
            boolean named = link.path("scope").asText().equals("users");
            if (named && recipients.isEmpty()) {
                return Optional.of("nobody whom it was for can be named");
            }
            call = Optional.of(drive.createLink(id).json(link(permission, link, recipients)));
        } else {
            call = recipients.isEmpty()
                    ? Optional.empty()
                    : Optional.of(drive.invite(id).json(invitation(permission, recipients)));
        }
        if (call.isEmpty()) {
            return Optional.of("groups of a site cannot be granted through this service");
        }
        try {
            graph.send(call.get()).close();
            return Optional.empty();
        } catch (FailureException e) {
            boolean retry = e.failure().asksToWait()
                    || e.failure().category().speaksAgainstTheService()
                    || e.failure().category() == FailureCategory.TOKEN_EXPIRED;
            if (retry) {
                throw e;
            }
            return Optional.of("the service refused it: " + e.failure().code());
        }
    }

    private static ObjectNode invitation(JsonNode permission, ArrayNode recipients) {
        ObjectNode body = Json.object();
        body.set("recipients", recipients);
        body.set("roles", permission.path("roles"));
        body.put("requireSignIn", true);
        body.put("sendInvitation", false);
        Json.text(permission, "expirationDateTime").ifPresent(time -> body.put("expirationDateTime", time));
        return body;
    }

    private static ObjectNode link(JsonNode permission, JsonNode link, ArrayNode recipients) {
        ObjectNode body = Json.object();
        body.put("type", link.path("type").asText("view"));
        Json.text(link, "scope").ifPresent(scope -> body.put("scope", scope));
        Json.text(permission, "expirationDateTime").ifPresent(time -> body.put("expirationDateTime", time));
        if (link.path("scope").asText().equals("users")) {
            body.set("recipients", recipients);
        }
        body.put("sendNotification", false);
        return body;
    }

    /** The people and groups of the directory that a grant is for; those of a site alone are not among them. */
    private static ArrayNode recipients(JsonNode permission) {
        ArrayNode recipients = Json.mapper().createArrayNode();
        add(recipients, permission.path("grantedToV2"));
        permission.path("grantedToIdentitiesV2").forEach(each -> add(recipients, each));
        return recipients;
    }

    private static void add(ArrayNode recipients, JsonNode identity) {
        for (String kind : List.of("user", "group")) {
            JsonNode principal = identity.path(kind);
            Optional<String> id = Json.text(principal, "id");
            if (id.isPresent()) {
                recipients.addObject().put("objectId", id.get());
                return;
            }
            Optional<String> mail = Json.text(principal, "email");
            if (mail.isPresent()) {
                recipients.addObject().put("email", mail.get());
                return;
            }
        }
    }

    private static String words(JsonNode permission) {
        JsonNode link = permission.path("link");
        String to = link.isObject()
                ? "a link of scope " + link.path("scope").asText("unknown")
                : principal(permission.path("grantedToV2"));
        return String.join(", ", roles(permission)) + " for " + to;
    }

    private static String principal(JsonNode identity) {
        for (String kind : List.of("user", "group", "siteGroup", "siteUser", "application")) {
            JsonNode principal = identity.path(kind);
            if (principal.isObject()) {
                return kind + " "
                        + Json.text(principal, "displayName")
                                .or(() -> Json.text(principal, "id"))
                                .orElse("without a name");
            }
        }
        return "somebody without a name";
    }
}
