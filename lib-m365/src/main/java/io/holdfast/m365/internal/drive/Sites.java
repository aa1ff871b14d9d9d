// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.GraphList;
import io.holdfast.m365.internal.graph.GraphPath;
import io.holdfast.m365.internal.graph.GraphPool;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.Owner;
import io.holdfast.pacing.Cost;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sites of the tenant and their drives. The listing of all sites has the personal ones too: it tells whose OneDrive was ever set up, so that
 * nobody has to be asked who has none, which the service takes for an attack. Listed once for a session. Safe for use by several threads.
 */
public final class Sites {
    private final GraphClient graph;
    private final GraphList<Site> listed;
    /** By site: a discovery that breaks off begins again, and is not to ask thousands of sites once more. */
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /**
     * The sites of a tenant, none of which is asked for yet.
     *
     * @param graph the client
     */
    public Sites(GraphClient graph) {
        this.graph = graph;
        this.listed = new GraphList<>(graph, first(), Site::of);
    }

    /**
     * A site.
     *
     * @param id its id
     * @param name its name for people
     * @param url its address
     * @param personal whether it is what a user's OneDrive lies in
     */
    record Site(String id, String name, String url, boolean personal) {
        static Optional<Site> of(ObjectNode json) {
            String name = Json.text(json, "displayName")
                    .or(() -> Json.text(json, "name"))
                    .orElse("");
            String url = Json.text(json, "webUrl").orElse("");
            boolean personal = json.path("isPersonalSite").asBoolean(false) || url.contains("-my.sharepoint.");
            return Json.text(json, "id").map(id -> new Site(id, name, url, personal));
        }
    }

    /**
     * A drive of a site.
     *
     * @param id its id
     * @param name its name for people
     * @param ownerId the id of the user that it belongs to, if it is one's
     * @param ownerMail the address of that user
     */
    record Drive(String id, String name, Optional<String> ownerId, Optional<String> ownerMail) {
        /** Whether it may be a user's who has a site of that name: by its owner's id alone, since addresses change as names do. */
        boolean mayBeOf(Owner owner) {
            return ownerId.map(id -> id.equalsIgnoreCase(owner.id())).orElse(true);
        }

        static Optional<Drive> of(ObjectNode json) {
            ObjectNode empty = Json.object();
            ObjectNode user = json.path("owner").path("user") instanceof ObjectNode there ? there : empty;
            return Json.text(json, "id")
                    .map(id -> new Drive(
                            id, Json.text(json, "name").orElse(id), Json.text(user, "id"), Json.text(user, "email")));
        }
    }

    /** What asking a site for its drives gave: drives, or why there are none. */
    record Answer(List<Drive> drives, Optional<FailureException> refusal) {}

    List<Site> all() {
        return listed.all();
    }

    private static GraphCall first() {
        return GraphCall.get(
                        "site.list",
                        GraphPool.SHAREPOINT,
                        "",
                        GraphPath.of("/sites/getAllSites").with("$select", "id,name,displayName,webUrl,isPersonalSite"))
                .costing(Cost.request(2));
    }

    /** The drives of a site, asked for once; a site that is locked or closed to us is an answer and no failure. */
    Answer drives(Site site) {
        Answer known = answers.get(site.id());
        if (known == null) {
            known = ask(site);
            answers.put(site.id(), known);
        }
        return known;
    }

    private Answer ask(Site site) {
        GraphCall first = GraphCall.get(
                        "site.drives",
                        GraphPool.SHAREPOINT,
                        "",
                        GraphPath.of("/sites/{}/drives", site.id()).with("$select", "id,name,driveType,webUrl,owner"))
                .costing(Cost.request(2));
        List<Drive> drives = new ArrayList<>();
        try {
            graph.each(first, each -> Drive.of(each).ifPresent(drives::add));
        } catch (FailureException e) {
            if (isAnswer(e.failure().category())) {
                return new Answer(List.of(), Optional.of(e));
            }
            throw e;
        }
        return new Answer(List.copyOf(drives), Optional.empty());
    }

    /** The drive of a user, by asking; for restores, and where sites may not be listed. */
    Optional<Drive> ofUser(String userId) {
        GraphCall call = GraphCall.get(
                        "drive.get",
                        GraphPool.SHAREPOINT,
                        "",
                        GraphPath.of("/users/{}/drive", userId).with("$select", "id,name,driveType,webUrl,owner"))
                .costing(Cost.request(1));
        try {
            return graph.find(call).flatMap(Drive::of);
        } catch (FailureException e) {
            if (e.failure().category() == FailureCategory.NOT_AVAILABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether a refusal is what there is to be said, now and later. */
    static boolean isAnswer(FailureCategory category) {
        return category == FailureCategory.NOT_AVAILABLE
                || category == FailureCategory.PERMISSION_MISSING
                || category == FailureCategory.GONE;
    }
}
