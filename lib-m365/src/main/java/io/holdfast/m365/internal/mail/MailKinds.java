// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import static io.holdfast.source.FieldPromise.equal;
import static io.holdfast.source.FieldPromise.mayDiffer;
import static io.holdfast.source.FieldPromise.notKept;

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
                folder(),
                message(),
                new KindCapability(
                                RULE,
                                true,
                                false,
                                "listed after 20 hours, or as often as was set",
                                "rules that only the client runs")
                        .promising(
                                notKept(
                                        "the rule",
                                        "it would act on mail at once, forward it even; it is written to a directory, to be set by hand")),
                new KindCapability(CATEGORY, true, true, "listed after 20 hours, or as often as was set", "")
                        .promising(equal("name"), equal("colour"), mayDiffer("id", "the service gives it")),
                new KindCapability(SETTINGS, true, false, "read after 20 hours, or as often as was set", "signatures")
                        .promising(
                                notKept(
                                        "the settings",
                                        "automatic replies would answer at once; they are written to a directory, to be set by hand")));
    }

    private static KindCapability folder() {
        return new KindCapability(FOLDER, true, true, "the tree is listed in each session", "who may see it")
                .exporting("a directory")
                .promising(
                        equal("name"),
                        equal("place"),
                        equal("hidden"),
                        mayDiffer("id", "the service gives it"),
                        mayDiffer(
                                "language of the folders of every mailbox",
                                "what was in the inbox comes into the inbox, whatever that is called there"),
                        notKept("who may see it", "Graph v1.0 does not tell"),
                        notKept("search folders", "they hold nothing of their own"));
    }

    private static KindCapability message() {
        return new KindCapability(
                        MESSAGE,
                        true,
                        true,
                        "a change feed for each folder, compared with listings in turn; the body when subject, dates or attachments changed",
                        "votes, and properties of the sender's program that Graph does not give; links of reference attachments")
                .exporting(
                        "an .eml file: the original where one is stored, else composed of headers, body and attachments")
                .promising(
                        equal("folder"),
                        equal("subject"),
                        equal("body"),
                        equal("from"),
                        equal("sender"),
                        equal("to"),
                        equal("cc"),
                        equal("bcc"),
                        equal("reply to"),
                        equal("sent"),
                        equal("received"),
                        equal("internetMessageId"),
                        equal("internet headers"),
                        equal("read state"),
                        equal("draft state"),
                        equal("categories"),
                        equal("flag"),
                        equal("importance"),
                        equal("receipts asked for"),
                        equal("attachments"),
                        equal("nested items"),
                        mayDiffer("id, created, modified, change key, conversation", "the service gives them"),
                        mayDiffer("size", "the service counts what it stores"),
                        notKept(
                                "attachments of nested items",
                                "Graph gives them within the MIME original only, which is stored and written to a directory"),
                        notKept(
                                "signature and encryption",
                                "Graph makes a draft of every message that is created from MIME; the original is stored and written to a directory"),
                        notKept("reference attachments", "Graph v1.0 does not tell where they lead"),
                        notKept("votes and properties of other programs", "Graph does not give them unasked"));
    }
}
