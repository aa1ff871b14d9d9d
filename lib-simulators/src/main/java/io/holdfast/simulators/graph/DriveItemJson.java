// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpFields;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How items of drives are shown, and where their contents are. Safe for use by several threads. */
final class DriveItemJson {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

    private final Transfers transfers;

    DriveItemJson(Transfers transfers) {
        this.transfers = transfers;
    }

    /** An item as it is shown when it is asked for. */
    Map<String, Object> item(Call call, GraphDriveItem item) {
        Map<String, Object> json = bare(call, item);
        json.put("cTag", item.cTag());
        json.put("webUrl", item.drive().site().url() + "/" + item.path().replace(" ", "%20"));
        return json;
    }

    /** An item as change tracking shows it: without cTag, and without the path of its parent. */
    Map<String, Object> tracked(Call call, GraphDriveItem item, boolean resharedOnly) {
        Map<String, Object> json = Json.object("@odata.type", "#microsoft.graph.driveItem");
        json.putAll(bare(call, item));
        if (resharedOnly) {
            json.put("@microsoft.graph.sharedChanged", "True");
        }
        return json;
    }

    /** What is left of an item that was deleted. */
    static Map<String, Object> tombstone(GraphDriveItem item) {
        Map<String, Object> json = Json.object("@odata.type", "#microsoft.graph.driveItem", "id", item.id());
        json.put("parentReference", Json.object("driveId", item.drive().id(), "driveType", "business"));
        json.put(item.kind() == GraphDriveItem.Kind.FILE ? "file" : "folder", Json.object());
        json.put("deleted", Json.object("state", "deleted"));
        return json;
    }

    private Map<String, Object> bare(Call call, GraphDriveItem item) {
        GraphDriveItem above = item.parent();
        Map<String, Object> json = Json.object("id", item.id());
        boolean isFile =
                item.kind() == GraphDriveItem.Kind.FILE && !item.versions().isEmpty();
        if (isFile) {
            json.put("@microsoft.graph.downloadUrl", download(call, item));
        }
        json.put("createdBy", Json.object("user", Json.object("displayName", "System Account")));
        json.put("createdDateTime", item.created());
        json.put("eTag", item.eTag());
        json.put(
                "fileSystemInfo",
                Json.object(
                        "createdDateTime",
                        item.ownCreated().toString(),
                        "lastModifiedDateTime",
                        item.ownModified().toString()));
        json.put("lastModifiedDateTime", item.modified());
        json.put("name", item.name());
        if (above != null) {
            json.put(
                    "parentReference",
                    Json.object(
                            "driveId",
                            item.drive().id(),
                            "driveType",
                            "business",
                            "id",
                            above.id(),
                            "siteId",
                            item.drive().site().id()));
        } else {
            json.put("parentReference", Json.object("driveId", item.drive().id(), "driveType", "business"));
            json.put("root", Json.object());
        }
        json.put("size", item.flaw() == FileFlaw.OTHER_LENGTH ? item.size() + 7 : item.size());
        if (!item.permissions().isEmpty()) {
            json.put("shared", Json.object("scope", "users"));
        }
        facets(json, item, isFile);
        return json;
    }

    private static void facets(Map<String, Object> json, GraphDriveItem item, boolean isFile) {
        if (isFile) {
            Map<String, Object> file = Json.object(
                    "mimeType", item.name().endsWith(".one") ? "application/msonenote" : "application/octet-stream");
            boolean hashed = item.flaw() != FileFlaw.NO_HASH && item.flaw() != FileFlaw.OTHER_LENGTH;
            String hash = item.newest().hash();
            if (hashed) {
                String told = item.flaw() == FileFlaw.OTHER_HASH
                        ? "B" + hash.substring(1).replace('A', 'C')
                        : hash;
                file.put("hashes", Json.object("quickXorHash", told));
            }
            json.put("file", file);
            if (item.flaw() == FileFlaw.MALWARE) {
                json.put("malware", Json.object());
            }
        } else if (item.kind() == GraphDriveItem.Kind.NOTEBOOK) {
            json.put("package", Json.object("type", "oneNote"));
        } else if (item.kind() == GraphDriveItem.Kind.SHORTCUT) {
            GraphDriveItem target = item.target().orElseThrow();
            json.put(
                    "remoteItem",
                    Json.object(
                            "id", target.id(),
                            "folder", Json.object(),
                            "parentReference",
                                    Json.object("driveId", target.drive().id())));
        } else {
            json.put("folder", Json.object("childCount", item.children().size()));
        }
    }

    Map<String, Object> version(Call call, GraphDriveItem item, FileVersion version) {
        return Json.object(
                "@microsoft.graph.downloadUrl", download(call, item, version, "drive.version.content"),
                "id", version.id(),
                "lastModifiedBy", Json.object("user", Json.object("displayName", "System Account")),
                "lastModifiedDateTime", version.modified().toString(),
                "size", version.body().length());
    }

    static Map<String, Object> permission(GraphTenant tenant, GraphDriveItem item, GraphPermission permission) {
        Map<String, Object> json = Json.object("id", permission.id(), "roles", permission.roles());
        List<Object> principals = permission.principals().stream()
                .<Object>map(id -> Json.object(
                        "user",
                        Json.object(
                                "id",
                                id,
                                "displayName",
                                tenant.user(id).map(GraphUser::principalName).orElse("somebody"))))
                .toList();
        if (permission.linkScope().isPresent()) {
            String type = permission.roles().contains("write") ? "edit" : "view";
            json.put(
                    "link",
                    Json.object(
                            "preventsDownload",
                            false,
                            "scope",
                            permission.linkScope().get(),
                            "type",
                            type,
                            "webUrl",
                            "https://share.example/" + item.id()));
            json.put("grantedToIdentitiesV2", principals);
            json.put("hasPassword", false);
        } else if (permission.siteGroup().isPresent()) {
            json.put(
                    "grantedToV2",
                    Json.object(
                            "siteGroup",
                            Json.object("displayName", permission.siteGroup().get(), "id", "5")));
        } else if (!principals.isEmpty()) {
            json.put("grantedToV2", principals.get(0));
        }
        return json;
    }

    /** An address of what a file contains at the moment in which somebody reads it. */
    String download(Call call, GraphDriveItem item) {
        return transfers.offer(call, "drive.content", request -> {
            if (item.drive().removed().contains(item)) {
                throw GraphDrive.notFound();
            }
            return content(item, item.newest(), item.eTag(), request.fields());
        });
    }

    /** An address of a content that a file had. */
    String download(Call call, GraphDriveItem item, FileVersion version, String operation) {
        return transfers.offer(
                call,
                operation,
                request -> content(item, version, "\"" + item.id() + "," + version.number() + "\"", request.fields()));
    }

    private static Reply content(GraphDriveItem item, FileVersion version, String tag, HttpFields asked) {
        switch (item.flaw()) {
            case MALWARE:
                return html(403, "<html><body>malware</body></html>").with("X-Virus-Infected", "EICAR");
            case HIDDEN_MALWARE:
                throw new GraphError(403, "malwareDetected", "Malware detected");
            case POISON:
                throw new GraphError(500, "generalException", "General exception while processing");
            case NOT_HANDED_OUT:
                return Reply.of(503);
            default:
                return range(version, tag, asked);
        }
    }

    private static Reply html(int status, String text) {
        return Reply.of(status).with("Content-Type", "text/html").with(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Reply range(FileVersion version, String tag, HttpFields asked) {
        long length = version.body().length();
        Reply whole = Reply.of(200)
                .with("Content-Type", "application/octet-stream")
                .with("Accept-Ranges", "bytes")
                .with("ETag", tag)
                .with(version.body());
        Optional<String> range = asked.first("range");
        boolean sameAsBefore = asked.first("if-range").map(tag::equals).orElse(true);
        Matcher matcher = RANGE.matcher(range.orElse(""));
        if (!sameAsBefore || !matcher.matches()) {
            return whole;
        }
        long from = Long.parseLong(matcher.group(1));
        if (from >= length) {
            return Reply.of(416).with("Content-Range", "bytes */" + length);
        }
        long to = matcher.group(2).isEmpty() ? length - 1 : Math.min(length - 1, Long.parseLong(matcher.group(2)));
        return new Reply(206, whole.fields(), SlicedBody.of(version.body(), from, to - from + 1), whole.flaw())
                .with("Content-Range", "bytes " + from + "-" + to + "/" + length);
    }
}
