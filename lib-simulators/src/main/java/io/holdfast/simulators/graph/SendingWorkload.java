// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import java.util.List;
import java.util.Set;

/** What would send something to somebody. It is answered as the service does, nothing is sent, and the books note it, allowed or not. */
final class SendingWorkload implements Workload {
    @Override
    public void addTo(Routes routes) {
        Routes.Group mail = routes.group(Service.OUTLOOK, Roles.MAIL_SEND)
                .on("POST", "/users/{user}/sendMail", "mail.send", call -> Reply.of(202));
        for (String verb : List.of("send", "reply", "replyAll", "forward")) {
            mail.on("POST", "/users/{user}/messages/{message}/" + verb, "mail.send", call -> Reply.of(202));
        }
        Routes.Group calendar = routes.group(Service.OUTLOOK, Roles.CALENDARS_WRITE);
        for (String verb : List.of("accept", "decline", "tentativelyAccept", "forward", "cancel")) {
            calendar.on("POST", "/users/{user}/events/{event}/" + verb, "event.send", call -> Reply.of(202));
        }
        routes.group(Service.DIRECTORY, Set.of("User.Invite.All"))
                .on("POST", "/invitations", "invitation.create", call -> Reply.of(201));
    }
}
