// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphPath;
import io.holdfast.m365.internal.graph.GraphPool;
import io.holdfast.pacing.Cost;
import java.util.List;

/**
 * The requests about one drive, with what they cost in SharePoint's resource units: 1 for an item, a page of delta with a token or a download, 2 for
 * listings and writes, 5 for whatever touches permissions ("Avoid getting throttled or blocked in SharePoint Online", edition of 2026-08).
 *
 * @param drive the drive's id
 */
record DriveCalls(String drive) {
    private static final String ITEM = "/drives/{}/items/{}";
    private static final int PAGE = 500;
    /** Asked for together only: what was shared, or is no longer, is named then. */
    private static final List<String> SHARING = List.of(
            "hierarchicalsharing",
            "deltashowremovedasdeleted",
            "deltatraversepermissiongaps",
            "deltashowsharingchanges");

    /** The first page of a feed; those behind it are cheaper. */
    GraphCall delta(boolean sharing, boolean first) {
        GraphPath path = GraphPath.of("/drives/{}/root/delta", drive).with("$top", String.valueOf(PAGE));
        GraphCall call = get("drive.delta", first ? 2 : 1, path);
        if (sharing) {
            for (String preference : SHARING) {
                call = call.preferring(preference);
            }
        }
        return call;
    }

    GraphCall root() {
        return get("drive.root", 1, GraphPath.of("/drives/{}/root", drive).with("$select", "id"));
    }

    GraphCall item(String id) {
        return get("drive.item", 1, GraphPath.of(ITEM, drive, id));
    }

    GraphCall permissions(String id) {
        return get("drive.permissions", 5, GraphPath.of(ITEM + "/permissions", drive, id));
    }

    GraphCall versions(String id) {
        return get("drive.versions", 2, GraphPath.of(ITEM + "/versions", drive, id));
    }

    /** Answered with an address, which is asked without the token. */
    GraphCall versionContent(String id, String version) {
        return get("drive.version", 1, GraphPath.of(ITEM + "/versions/{}/content", drive, id, version))
                .expecting(302);
    }

    /** A read from an address that an item or a version has. */
    GraphCall content(String operation, long bytes) {
        GraphCall call = get(operation, 1, GraphPath.of("/"));
        return call.costing(Cost.request(1).withBytes(0, Math.max(0, bytes)));
    }

    GraphCall child(String parent, String name) {
        return get("drive.child", 1, GraphPath.of(ITEM + ":/{}", drive, parent, name))
                .restoring();
    }

    GraphCall createFolder(String parent) {
        return write("POST", "drive.folder.create", GraphPath.of(ITEM + "/children", drive, parent));
    }

    /** The content of a small file, new or a new version. */
    GraphCall upload(String parent, String name, String conflict) {
        return write(
                "PUT",
                "drive.upload",
                GraphPath.of(ITEM + ":/{}:/content", drive, parent, name)
                        .with("@microsoft.graph.conflictBehavior", conflict));
    }

    GraphCall createSession(String parent, String name) {
        return write(
                "POST", "drive.upload.create", GraphPath.of(ITEM + ":/{}:/createUploadSession", drive, parent, name));
    }

    /** A request to an upload session's own address. */
    GraphCall session(String method, String operation, int units) {
        return GraphCall.of(method, operation, GraphPool.SHAREPOINT, drive, GraphPath.of("/"))
                .costing(Cost.request(units))
                .restoring();
    }

    GraphCall update(String id) {
        return write("PATCH", "drive.update", GraphPath.of(ITEM, drive, id));
    }

    GraphCall invite(String id) {
        return write("POST", "drive.permissions.grant", GraphPath.of(ITEM + "/invite", drive, id))
                .costing(Cost.request(5));
    }

    GraphCall createLink(String id) {
        return write("POST", "drive.permissions.link", GraphPath.of(ITEM + "/createLink", drive, id))
                .costing(Cost.request(5));
    }

    private GraphCall get(String operation, int units, GraphPath path) {
        return GraphCall.get(operation, GraphPool.SHAREPOINT, drive, path).costing(Cost.request(units));
    }

    private GraphCall write(String method, String operation, GraphPath path) {
        return GraphCall.of(method, operation, GraphPool.SHAREPOINT, drive, path)
                .costing(Cost.request(2))
                .restoring();
    }
}
