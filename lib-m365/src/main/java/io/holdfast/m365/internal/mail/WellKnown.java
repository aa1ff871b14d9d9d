// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The folders that every mailbox has, by the names under which Graph knows them whatever their language. */
final class WellKnown {
    static final String ROOT = "msgfolderroot";
    static final String RECOVERABLE = "recoverableitemsdeletions";
    private static final List<String> NAMES =
            List.of("inbox", "sentitems", "drafts", "deleteditems", "junkemail", "archive", "outbox");

    private final GraphClient graph;
    private final Mailbox mailbox;

    WellKnown(GraphClient graph, Mailbox mailbox) {
        this.graph = graph;
        this.mailbox = mailbox;
    }

    /** The names by id; folders that this mailbox does not have are left out. */
    Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        for (String name : NAMES) {
            id(name).ifPresent(id -> names.put(id, name));
        }
        return names;
    }

    Optional<String> id(String name) {
        Optional<ObjectNode> folder = graph.find(mailbox.get(
                "mail.folder.get", mailbox.path("/mailFolders/{}", name).with("$select", "id")));
        return folder.flatMap(found -> Json.text(found, "id"));
    }

    boolean isRecoverable(String folder) {
        return id(RECOVERABLE).filter(folder::equals).isPresent();
    }
}
