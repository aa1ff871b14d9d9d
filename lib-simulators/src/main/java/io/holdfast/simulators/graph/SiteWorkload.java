// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.util.List;
import java.util.Map;

/** Sites and which drives they have. */
final class SiteWorkload implements Workload {
    private final TokenPages pages = new TokenPages();

    @Override
    public void addTo(Routes routes) {
        routes.group(Service.SHAREPOINT, Roles.SITES_READ)
                .costing(2)
                .on("GET", "/sites/getAllSites", "site.list", this::all)
                .on("GET", "/sites/{site}/drives", "site.drives", this::drives)
                .costing(1)
                .on(
                        "GET",
                        "/sites/{site}",
                        "site.get",
                        call -> call.entity(200, "sites/$entity", site(call).json()));
        routes.group(Service.SHAREPOINT, Roles.FILES_READ)
                .costing(1)
                .on("GET", "/users/{user}/drive", "drive.get", SiteWorkload::ofUser)
                .on(
                        "GET",
                        "/drives/{drive}",
                        "drive.get",
                        call -> call.entity(200, "drives/$entity", drive(call).json()));
    }

    private Reply all(Call call) {
        List<Map<String, Object>> sites =
                call.tenant().sites().stream().map(GraphSite::json).toList();
        return pages.page(call, "sites", 100, 200, sites);
    }

    private static GraphSite site(Call call) {
        GraphSite site = call.tenant().sites().stream()
                .filter(each -> each.id().equalsIgnoreCase(call.variable("site")))
                .findFirst()
                .orElseThrow(() -> new GraphError(404, "itemNotFound", "Requested site could not be found"));
        site.requireOpen();
        return site;
    }

    private Reply drives(Call call) {
        List<Map<String, Object>> drives =
                site(call).drives().stream().map(GraphDrive::json).toList();
        return Call.reply(200, Json.object("@odata.context", call.link("/$metadata#drives"), "value", drives));
    }

    private static Reply ofUser(Call call) {
        GraphUser user = call.tenant()
                .user(call.variable("user"))
                .orElseThrow(() -> new GraphError(
                        404, "Request_ResourceNotFound", "Resource '" + call.variable("user") + "' does not exist."));
        GraphDrive drive =
                user.ownDrive().orElseThrow(() -> new GraphError(404, "ResourceNotFound", "User's mysite not found."));
        return call.entity(200, "drives/$entity", drive.json());
    }

    /** The drive that a path names. */
    static GraphDrive drive(Call call) {
        String id = call.variable("drive");
        for (GraphSite site : call.tenant().sites()) {
            for (GraphDrive drive : site.drives()) {
                if (drive.id().equals(id)) {
                    site.requireOpen();
                    return drive;
                }
            }
        }
        throw GraphDrive.notFound();
    }
}
