// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reading drives: change tracking, items, contents, versions, grants. */
final class DriveWorkload implements Workload {
    private static final int PAGE = 200;
    private static final Duration TOKEN_LIFE = Duration.ofDays(60);

    private final DeltaRounds rounds;
    private final Habits habits;
    private final DriveItemJson json;

    DriveWorkload(Workbench bench, DriveItemJson json) {
        this.rounds = bench.rounds();
        this.habits = bench.habits();
        this.json = json;
    }

    @Override
    public void addTo(Routes routes) {
        routes.group(Service.SHAREPOINT, Roles.FILES_READ)
                .costing(query -> isGoneOnWith(query) ? 1 : 2)
                .on("GET", "/drives/{drive}/root/delta", "drive.delta", this::delta)
                .costing(1)
                .on(
                        "GET",
                        "/drives/{drive}/root",
                        "drive.root",
                        call -> shown(call, SiteWorkload.drive(call).root()))
                .on("GET", "/drives/{drive}/items/{item}", "drive.item", call -> shown(call, item(call)))
                .on("GET", "/drives/{drive}/items/{item}/{name}", "drive.child", call -> shown(call, child(call)))
                .on("GET", "/drives/{drive}/items/{item}/content", "drive.content.address", this::content)
                .on("GET", "/drives/{drive}/items/{item}/versions/{version}/content", "drive.version", this::version)
                .costing(2)
                .on("GET", "/drives/{drive}/items/{item}/versions", "drive.versions", this::versions)
                .costing(5)
                .on("GET", "/drives/{drive}/items/{item}/permissions", "drive.permissions", DriveWorkload::permissions);
    }

    private static boolean isGoneOnWith(Query query) {
        return query.first("$skiptoken").isPresent()
                || query.first("$deltatoken").isPresent();
    }

    private Reply delta(Call call) {
        GraphDrive drive = SiteWorkload.drive(call);
        DeltaRounds.Scope scope = new DeltaRounds.Scope(
                "/drives/" + drive.id() + "/root/delta", "Collection(driveItem)", PAGE, Optional.of(TOKEN_LIFE));
        return rounds.answer(call, scope, new DriveFeed(drive, habits, json));
    }

    static GraphDriveItem item(Call call) {
        return SiteWorkload.drive(call).require(call.variable("item"));
    }

    /** What a folder's path with a colon names. */
    static GraphDriveItem folder(Call call) {
        String id = call.variable("item");
        if (!id.endsWith(":")) {
            throw GraphError.badRequest("Resource not found for the segment '" + call.variable("name") + "'.");
        }
        return SiteWorkload.drive(call).require(id.substring(0, id.length() - 1));
    }

    static String name(Call call) {
        String name = call.variable("name");
        return name.endsWith(":") ? name.substring(0, name.length() - 1) : name;
    }

    private static GraphDriveItem child(Call call) {
        return folder(call).child(name(call)).orElseThrow(GraphDrive::notFound);
    }

    private Reply shown(Call call, GraphDriveItem item) {
        Map<String, Object> all = json.item(call, item);
        return call.entity(200, "drives('" + item.drive().id() + "')/items/$entity", selected(call, all));
    }

    private static Map<String, Object> selected(Call call, Map<String, Object> all) {
        Optional<String> select = call.query().first("$select");
        if (select.isEmpty()) {
            return all;
        }
        Map<String, Object> some = Json.object();
        for (String each : select.get().split(",")) {
            if (all.containsKey(each.trim())) {
                some.put(each.trim(), all.get(each.trim()));
            }
        }
        return some;
    }

    private Reply content(Call call) {
        GraphDriveItem item = item(call);
        if (item.versions().isEmpty()) {
            throw new GraphError(400, "invalidRequest", "You cannot get content for a folder");
        }
        return Reply.of(302).with("Location", json.download(call, item));
    }

    private Reply versions(Call call) {
        GraphDriveItem item = item(call);
        List<Object> value = new ArrayList<>();
        for (int i = item.versions().size() - 1; i >= 0; i--) {
            value.add(json.version(call, item, item.versions().get(i)));
        }
        return Call.reply(
                200,
                Json.object("@odata.context", call.link("/$metadata#Collection(driveItemVersion)"), "value", value));
    }

    private Reply version(Call call) {
        GraphDriveItem item = item(call);
        FileVersion version = item.versions().stream()
                .filter(each -> each.id().equals(call.variable("version")))
                .findFirst()
                .orElseThrow(GraphDrive::notFound);
        if (version.number() == item.newest().number()) {
            throw new GraphError(400, "invalidRequest", "You cannot get the content of the current version.");
        }
        return Reply.of(302).with("Location", json.download(call, item, version, "drive.version.content"));
    }

    private static Reply permissions(Call call) {
        GraphDriveItem item = item(call);
        List<Object> value = new ArrayList<>();
        for (GraphPermission each : item.permissions()) {
            value.add(DriveItemJson.permission(call.tenant(), item, each));
        }
        Map<String, Object> owners = Json.object(
                "siteGroup", Json.object("displayName", item.drive().site().name() + " Owners", "id", "3"));
        value.add(Json.object(
                "id",
                "owners",
                "roles",
                List.of("owner"),
                "grantedToV2",
                owners,
                "inheritedFrom",
                Json.object(
                        "driveId", item.drive().id(), "id", item.drive().root().id())));
        return Call.reply(
                200, Json.object("@odata.context", call.link("/$metadata#Collection(permission)"), "value", value));
    }
}
