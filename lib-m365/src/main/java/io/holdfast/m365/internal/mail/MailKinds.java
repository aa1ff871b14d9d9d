// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import io.holdfast.model.ItemKind;
import io.holdfast.source.KindCapability;
import java.util.List;
import java.util.Set;

/** The kinds of items in a mailbox. */
final class MailKinds {
    static final ItemKind FOLDER = ItemKind.container("mail-folder");
    static final ItemKind MESSAGE = ItemKind.leaf("message");
    static final ItemKind RULE = ItemKind.leaf("mail-rule");
    static final ItemKind CATEGORY = ItemKind.leaf("mail-category");
    static final ItemKind SETTINGS = ItemKind.leaf("mailbox-settings");

    /** What {@link MailboxFacts} reads. */
    static final Set<ItemKind> FACTS = Set.of(RULE, CATEGORY, SETTINGS);

    private MailKinds() {}

    static List<KindCapability> capabilities() {
        return List.of(
                new KindCapability(FOLDER, true, true, "the tree is listed in each session", "who may see it"),
                new KindCapability(
                        MESSAGE,
                        true,
                        true,
                        "a change feed for each folder, compared with listings in turn; the body when subject, dates or attachments changed",
                        "votes, and properties of the sender's program that Graph does not give; links of reference attachments"),
                new KindCapability(RULE, true, false, "listed in each session", "rules that only the client runs"),
                new KindCapability(CATEGORY, true, false, "listed in each session", ""),
                new KindCapability(SETTINGS, true, false, "read in each session", "signatures"));
    }
}
