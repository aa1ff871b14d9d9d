// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes mail back: into the mailbox that it came from, or into another one of the tenant. */
final class MailTarget implements RestoreTarget {
    private final GraphClient graph;
    private final RestoreSettings settings;
    private final Map<String, MailboxTarget> mailboxes = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> remarks = new ConcurrentLinkedQueue<>();

    MailTarget(GraphClient graph, RestoreSettings settings) {
        this.graph = graph;
        this.settings = settings;
    }

    @Override
    public String describe() {
        return "mailboxes of Microsoft 365";
    }

    @Override
    public Placement put(RestoreItem item) {
        Mailbox from = Mailbox.of(item.resource());
        Mailbox to = settings.toOwner().map(Mailbox::new).orElse(from);
        return mailboxes
                .computeIfAbsent(to.user(), user -> new MailboxTarget(graph, to, settings, remarks::add))
                .put(item, to.equals(from));
    }

    @Override
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    @Override
    public void finish() {
        // Nothing waits for the last item.
    }

    @Override
    public void close() {
        // What was put stays, and nothing is held.
    }
}
