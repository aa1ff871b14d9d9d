// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.util.Set;

/** Which application permissions allow what; any one of a set does. */
final class Roles {
    static final Set<String> MAIL_BASIC = Set.of("Mail.ReadBasic.All", "Mail.Read", "Mail.ReadWrite");
    static final Set<String> MAIL_READ = Set.of("Mail.Read", "Mail.ReadWrite");
    static final Set<String> MAIL_WRITE = Set.of("Mail.ReadWrite");
    static final Set<String> MAIL_ADVANCED = Set.of("Mail-Advanced.ReadWrite", "Mail-Advanced.ReadWrite.All");
    static final Set<String> MAIL_SEND = Set.of("Mail.Send");
    static final Set<String> CALENDARS_READ = Set.of("Calendars.Read", "Calendars.ReadWrite");
    static final Set<String> CALENDARS_WRITE = Set.of("Calendars.ReadWrite");
    static final Set<String> CONTACTS_READ = Set.of("Contacts.Read", "Contacts.ReadWrite");
    static final Set<String> CONTACTS_WRITE = Set.of("Contacts.ReadWrite");
    static final Set<String> SETTINGS_READ = Set.of("MailboxSettings.Read", "MailboxSettings.ReadWrite");
    static final Set<String> SETTINGS_WRITE = Set.of("MailboxSettings.ReadWrite");
    static final Set<String> USERS_READ = Set.of("User.Read.All", "User.ReadWrite.All", "Directory.Read.All");
    static final Set<String> GROUPS_READ =
            Set.of("Group.Read.All", "Group.ReadWrite.All", "GroupMember.Read.All", "Directory.Read.All");
    static final Set<String> SITES_READ = Set.of("Sites.Read.All", "Sites.ReadWrite.All", "Sites.FullControl.All");
    static final Set<String> FILES_READ = Set.of(
            "Files.Read.All", "Files.ReadWrite.All", "Sites.Read.All", "Sites.ReadWrite.All", "Sites.FullControl.All");
    static final Set<String> FILES_WRITE =
            Set.of("Files.ReadWrite.All", "Sites.ReadWrite.All", "Sites.FullControl.All");
    static final Set<String> ORGANIZATION_READ = Set.of("Organization.Read.All", "Directory.Read.All");

    private Roles() {}
}
