// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpBody;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writing into drives: folders, small files, uploads in ranges, dates, grants. */
final class DriveWriting implements Workload {
    private static final String CONFLICT = "@microsoft.graph.conflictBehavior";
    private static final int LARGEST_SMALL = 250 << 20;

    private final Transfers transfers;
    private final Books books;
    private final DriveItemJson json;

    DriveWriting(Workbench bench, DriveItemJson json) {
        this.transfers = bench.transfers();
        this.books = bench.books();
        this.json = json;
    }

    @Override
    public void addTo(Routes routes) {
        routes.group(Service.SHAREPOINT, Roles.FILES_WRITE)
                .costing(2)
                .on("POST", "/drives/{drive}/items/{item}/children", "drive.folder.create", this::createFolder)
                .on("PUT", "/drives/{drive}/items/{item}/{name}/content", "drive.upload", this::upload)
                .on(
                        "POST",
                        "/drives/{drive}/items/{item}/{name}/createUploadSession",
                        "drive.upload.create",
                        this::createSession)
                .on("PATCH", "/drives/{drive}/items/{item}", "drive.update", this::update)
                .on("DELETE", "/drives/{drive}/items/{item}", "drive.delete", DriveWriting::delete)
                .costing(5)
                .on("POST", "/drives/{drive}/items/{item}/invite", "drive.permissions.grant", this::invite)
                .on("POST", "/drives/{drive}/items/{item}/createLink", "drive.permissions.link", this::link);
    }

    private Reply createFolder(Call call) {
        GraphDriveItem parent = DriveWorkload.item(call);
        Map<String, Object> body = call.body();
        String name = Json.text(body, "name");
        requireName(name);
        Optional<GraphDriveItem> there = parent.child(name);
        if (there.isPresent() && !Json.text(body, CONFLICT).equals("replace")) {
            throw exists();
        }
        GraphDriveItem folder = there.orElseGet(() -> parent.drive().add(parent, name, GraphDriveItem.Kind.FOLDER));
        date(folder, body);
        return shown(call, 201, folder);
    }

    private static GraphError exists() {
        return new GraphError(409, "nameAlreadyExists", "An item with the same name already exists under the parent");
    }

    private static void requireName(String name) {
        if (name.isEmpty()
                || name.matches(".*[\"*:<>?/\\\\|].*")
                || name.endsWith(" ")
                || name.endsWith(".")
                || name.startsWith("~$")) {
            throw new GraphError(
                            400, "invalidRequest", "The provided name cannot contain any of the following characters.")
                    .withInner("badArgument");
        }
    }

    private Reply upload(Call call) {
        byte[] content = call.request().body();
        if (content.length > LARGEST_SMALL) {
            throw new GraphError(413, "maxFragmentLengthExceeded", "The content is too large; use an upload session.");
        }
        String behaviour = call.query().first(CONFLICT).orElse("replace");
        return store(call, HttpBody.of(content), behaviour, Json.object());
    }

    private Reply createSession(Call call) {
        Map<String, Object> item = Json.child(call.body(), "item");
        String asked = Json.text(item, CONFLICT);
        String behaviour = asked.isEmpty() ? "fail" : asked;
        DriveUpload upload = new DriveUpload(transfers.expiry(), body -> store(call, body, behaviour, item));
        String address = transfers.offer(call, "drive.upload.range", upload::answer);
        return Call.reply(
                200,
                Json.object(
                        "@odata.context", call.link("/$metadata#microsoft.graph.uploadSession"),
                        "uploadUrl", address,
                        "expirationDateTime", GraphTenant.stamp(transfers.expiry())));
    }

    private Reply store(Call call, HttpBody content, String behaviour, Map<String, Object> properties) {
        GraphDriveItem parent = DriveWorkload.folder(call);
        String name = DriveWorkload.name(call);
        requireName(name);
        Optional<GraphDriveItem> there = parent.child(name);
        if (there.isPresent() && behaviour.equals("fail")) {
            throw exists();
        }
        String free = name;
        for (int i = 1; behaviour.equals("rename") && parent.child(free).isPresent(); i++) {
            int dot = name.lastIndexOf('.');
            free = dot <= 0 ? name + " " + i : name.substring(0, dot) + " " + i + name.substring(dot);
        }
        String chosen = free;
        GraphDriveItem file =
                parent.child(free).orElseGet(() -> parent.drive().add(parent, chosen, GraphDriveItem.Kind.FILE));
        file.write(content);
        date(file, properties);
        return shown(call, there.isPresent() ? 200 : 201, file);
    }

    private Reply update(Call call) {
        GraphDriveItem item = DriveWorkload.item(call);
        date(item, call.body());
        return shown(call, 200, item);
    }

    private static void date(GraphDriveItem item, Map<String, Object> body) {
        Map<String, Object> info = Json.child(body, "fileSystemInfo");
        if (!info.isEmpty()) {
            item.date(
                    time(info, "createdDateTime", item.ownCreated()),
                    time(info, "lastModifiedDateTime", item.ownModified()));
        }
    }

    private static Instant time(Map<String, Object> info, String name, Instant otherwise) {
        String text = Json.text(info, name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new GraphError(400, "invalidRequest", "'" + text + "' is no date.");
        }
    }

    private static Reply delete(Call call) {
        DriveWorkload.item(call).delete();
        return Reply.of(204);
    }

    private Reply invite(Call call) {
        GraphDriveItem item = DriveWorkload.item(call);
        Map<String, Object> body = call.body();
        if (Boolean.TRUE.equals(body.get("sendInvitation"))) {
            books.violated(GraphViolation.Kind.WOULD_SEND, call.request());
        }
        List<Object> granted = new ArrayList<>();
        for (String id : principals(call, body)) {
            GraphPermission permission = item.grant(roles(body), List.of(id), Optional.empty(), Optional.empty());
            granted.add(DriveItemJson.permission(call.tenant(), item, permission));
        }
        return Call.reply(
                200, Json.object("@odata.context", call.link("/$metadata#Collection(permission)"), "value", granted));
    }

    private static List<String> roles(Map<String, Object> body) {
        List<String> roles = new ArrayList<>();
        if (body.get("roles") instanceof List<?> list) {
            list.forEach(each -> roles.add(String.valueOf(each)));
        }
        if (roles.contains("owner") || roles.isEmpty()) {
            throw new GraphError(400, "invalidRequest", "The roles are not valid.");
        }
        return roles;
    }

    private static List<String> principals(Call call, Map<String, Object> body) {
        List<String> ids = new ArrayList<>();
        for (Map<String, Object> each : Json.children(body, "recipients")) {
            String who = each.containsKey("objectId") ? Json.text(each, "objectId") : Json.text(each, "email");
            ids.add(call.tenant()
                    .user(who)
                    .map(GraphUser::id)
                    .orElseThrow(() -> new GraphError(400, "invalidRequest", "One or more users could not be resolved.")
                            .withInner("noResolvedUsers")));
        }
        return ids;
    }

    private Reply link(Call call) {
        GraphDriveItem item = DriveWorkload.item(call);
        Map<String, Object> body = call.body();
        if (Boolean.TRUE.equals(body.get("sendNotification"))) {
            books.violated(GraphViolation.Kind.WOULD_SEND, call.request());
        }
        String role = Json.text(body, "type").equals("edit") ? "write" : "read";
        String asked = Json.text(body, "scope");
        String scope = asked.isEmpty() ? "organization" : asked;
        GraphPermission permission =
                item.grant(List.of(role), principals(call, body), Optional.of(scope), Optional.empty());
        return call.entity(201, "permission", DriveItemJson.permission(call.tenant(), item, permission));
    }

    private Reply shown(Call call, int status, GraphDriveItem item) {
        return call.entity(status, "drives('" + item.drive().id() + "')/items/$entity", json.item(call, item));
    }
}
