// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

/** Finds what a path names: mailbox, folder, message, attachment; and says in the service's words that it is not there. */
final class Mailboxes {
    private Mailboxes() {}

    static GraphMailbox mailbox(Call call) {
        String name = call.variable("user");
        GraphUser user = call.tenant()
                .user(name)
                .orElseThrow(
                        () -> new GraphError(404, "ErrorInvalidUser", "The requested user '" + name + "' is invalid."));
        return user.reachableMailbox()
                .orElseThrow(() -> new GraphError(
                        404,
                        "MailboxNotEnabledForRESTAPI",
                        "The mailbox is either inactive, soft-deleted, or is hosted on-premise."));
    }

    static GraphFolder folder(Call call) {
        return mailbox(call).find(call.variable("folder"));
    }

    static GraphMessage message(Call call) {
        GraphMailbox mailbox = mailbox(call);
        GraphMessage message = mailbox.findMessage(call.variable("message"), call.immutableIds());
        boolean within = call.variables().containsKey("folder");
        GraphFolder wanted = within ? folder(call) : message.folder();
        boolean deleted = !within && message.folder() == mailbox.folder(WellKnown.RECOVERABLEITEMSDELETIONS);
        if (deleted || message.folder() != wanted && !wanted.isSearch()) {
            throw GraphError.notFound();
        }
        return message;
    }

    /** A message that can be read, for all that is wrong with it. */
    static GraphMessage readable(Call call) {
        GraphMessage message = message(call);
        switch (message.flaw()) {
            case NONE, NO_MIME -> {
                return message;
            }
            case VANISHED -> throw GraphError.notFound();
            case POISON -> throw GraphError.timeout();
            case INVALID_RECIPIENTS ->
                throw new GraphError(
                        400,
                        "ErrorInvalidRecipients",
                        "At least one recipient isn't valid., A message can't be sent because it contains no recipients.");
            case CORRUPT -> throw GraphError.corrupt();
        }
        throw new IllegalStateException("no answer for " + message.flaw());
    }

    static StoredAttachment attachment(Call call) {
        GraphMessage message = readable(call);
        String id = call.variable("attachment");
        Ids.Parts parts = Ids.read(id).orElseThrow(GraphError::malformedId);
        return message.attachments().stream()
                .filter(each -> each.number() == parts.part())
                .filter(each -> each.id(true).equals(id) || each.id(false).equals(id))
                .findFirst()
                .orElseThrow(GraphError::notFound);
    }

    /** Where the path of a user's things begins, as links show it. */
    static String user(Call call) {
        return "users('" + mailbox(call).owner().id() + "')";
    }
}
