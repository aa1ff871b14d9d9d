// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The contacts of a mailbox and what was ever among them; guarded by the tenant. */
final class GraphAddressBook {
    private final GraphMailbox mailbox;
    private final List<GraphContactFolder> folders = new ArrayList<>();
    private final List<GraphContact> contacts = new ArrayList<>();

    GraphAddressBook(GraphMailbox mailbox) {
        this.mailbox = mailbox;
        addFolder(null, "Contacts");
    }

    GraphContactFolder addFolder(@Nullable GraphContactFolder parent, String displayName) {
        GraphContactFolder folder = new GraphContactFolder(mailbox, folders.size(), parent, displayName);
        folders.add(folder);
        return folder;
    }

    GraphContact add(GraphContactFolder folder, Map<String, Object> properties) {
        GraphContact contact = new GraphContact(folder, contacts.size(), properties);
        contacts.add(contact);
        return contact;
    }

    /** All that ever were. */
    List<GraphContactFolder> folders() {
        return folders;
    }

    /** All that ever were. */
    List<GraphContact> contacts() {
        return contacts;
    }

    GraphContactFolder first() {
        return folders.get(0);
    }

    /** A folder by its id, or the default one by its word. */
    GraphContactFolder findFolder(String idOrWord) {
        if (idOrWord.equalsIgnoreCase("contacts")) {
            return first();
        }
        GraphContactFolder folder =
                folders.get((int) parts(idOrWord, GraphContactFolder.VERSION).number());
        if (!folder.isThere()) {
            throw GraphError.noFolder();
        }
        return folder;
    }

    GraphContact find(String id) {
        GraphContact contact =
                contacts.get((int) parts(id, GraphContact.VERSION).number());
        if (contact.isGone() || contact.isVanished()) {
            throw GraphError.notFound();
        }
        return contact;
    }

    private Ids.Parts parts(String id, long version) {
        Ids.Parts parts = Ids.read(id).orElseThrow(GraphError::malformedId);
        if (!parts.owner().equals(mailbox.id())) {
            throw GraphError.malformedId();
        }
        if (parts.version() != version) {
            throw GraphError.notFound();
        }
        return parts;
    }
}
