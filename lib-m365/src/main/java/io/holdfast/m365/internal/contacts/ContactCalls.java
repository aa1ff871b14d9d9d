// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.contacts;

import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphPath;
import io.holdfast.m365.internal.graph.GraphPool;
import io.holdfast.m365.internal.workload.RestoreMark;

/** The requests by which contacts of one mailbox are read; ids are immutable ones in all of them. */
final class ContactCalls {
    private static final String IMMUTABLE = "IdType=\"ImmutableId\"";
    private static final String LARGEST_PAGE = "odata.maxpagesize=500";

    private final String user;

    ContactCalls(String user) {
        this.user = user;
    }

    /** The folder that no list names, by the word that stands for its id. */
    GraphCall defaultFolder() {
        return get("contacts.folders.get", GraphPath.of("/users/{}/contactFolders/contacts", user));
    }

    /** All other folders, flat; from the beginning each time. */
    GraphCall folders() {
        return get("contacts.folders.list", GraphPath.of("/users/{}/contactFolders/delta", user))
                .preferring(LARGEST_PAGE);
    }

    GraphCall folder(String id) {
        return get("contacts.folders.get", GraphPath.of("/users/{}/contactFolders/{}", user, id));
    }

    GraphCall delta(String folder) {
        return get(
                        "contacts.delta",
                        GraphPath.of("/users/{}/contactFolders/{}/contacts/delta", user, folder)
                                .with("$select", ContactItems.SELECT))
                .preferring(LARGEST_PAGE);
    }

    /** Whole contacts that were modified between two moments, both included. */
    GraphCall modified(String folder, String from, String to, int page) {
        return get(
                "contacts.read",
                contacts(folder)
                        .with("$filter", "lastModifiedDateTime ge " + from + " and lastModifiedDateTime le " + to)
                        .with("$orderby", "lastModifiedDateTime")
                        .with("$top", String.valueOf(page)));
    }

    GraphCall contact(String id) {
        return get("contacts.get", GraphPath.of("/users/{}/contacts/{}", user, id));
    }

    GraphCall lean(String id) {
        return get(
                "contacts.lookup",
                GraphPath.of("/users/{}/contacts/{}", user, id).with("$select", ContactItems.SELECT));
    }

    /** The photo; most contacts have none, which is an answer and no failure. */
    GraphCall photo(String contact) {
        return get("contacts.photo", GraphPath.of("/users/{}/contacts/{}/photo/$value", user, contact))
                .expecting(404);
    }

    /** What stands in a folder: ids, and the marks of restores. */
    GraphCall standing(String folder) {
        return get(
                        "contacts.restore.list",
                        contacts(folder)
                                .with("$select", "id")
                                .with("$expand", RestoreMark.EXPAND)
                                .with("$top", "500"))
                .restoring();
    }

    GraphCall marked(String folder, String tag) {
        return get(
                        "contacts.restore.find",
                        contacts(folder)
                                .with("$filter", RestoreMark.filter(tag))
                                .with("$select", "id"))
                .restoring();
    }

    GraphCall createFolder(String parent) {
        return write(
                "POST",
                "contacts.restore.folder",
                GraphPath.of("/users/{}/contactFolders/{}/childFolders", user, parent));
    }

    GraphCall create(String folder) {
        return write("POST", "contacts.restore.create", contacts(folder));
    }

    GraphCall update(String contact) {
        return write("PATCH", "contacts.restore.update", GraphPath.of("/users/{}/contacts/{}", user, contact));
    }

    GraphCall writePhoto(String contact) {
        return write(
                "PUT", "contacts.restore.photo", GraphPath.of("/users/{}/contacts/{}/photo/$value", user, contact));
    }

    private GraphPath contacts(String folder) {
        return GraphPath.of("/users/{}/contactFolders/{}/contacts", user, folder);
    }

    private GraphCall write(String method, String operation, GraphPath path) {
        return GraphCall.of(method, operation, GraphPool.EXCHANGE, user, path)
                .preferring(IMMUTABLE)
                .restoring();
    }

    private GraphCall get(String operation, GraphPath path) {
        return GraphCall.get(operation, GraphPool.EXCHANGE, user, path).preferring(IMMUTABLE);
    }
}
