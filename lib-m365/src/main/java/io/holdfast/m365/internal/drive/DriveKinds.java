// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import static io.holdfast.source.FieldPromise.equal;
import static io.holdfast.source.FieldPromise.mayDiffer;
import static io.holdfast.source.FieldPromise.notKept;

import io.holdfast.source.FieldPromise;
import io.holdfast.source.KindCapability;
import java.util.List;

/** What becomes of the items of drives. */
final class DriveKinds {
    private DriveKinds() {}

    private static final String DELTA =
            "delta of the drive, compared with listings in turn; content by size and quickXorHash, state by eTag";
    private static final String NAMES = "who created and changed it";
    private static final FieldPromise PEOPLE =
            notKept("created by, changed by", "the service writes down who restores");
    private static final FieldPromise SITE_GROUPS =
            notKept("grants to groups of a site", "Graph v1.0 cannot name them in an invitation");
    private static final FieldPromise PASSWORDS = notKept("links with a password", "no service tells passwords");
    private static final FieldPromise LINK = mayDiffer("address of a sharing link", "the service makes a new one");

    static List<KindCapability> capabilities() {
        return List.of(
                folder(),
                file(),
                new KindCapability(
                                DriveEntry.NOTEBOOK,
                                true,
                                true,
                                DELTA,
                                "the notebook as such: it comes back as a folder of its files")
                        .exporting("a directory")
                        .promising(notKept("the notebook as such", "only OneNote makes notebooks of files")),
                new KindCapability(DrivePage.NOTEBOOK_CONTENT, false, false, DELTA, "all that is not in its files"),
                new KindCapability(
                                DriveEntry.SHORTCUT, true, false, DELTA, "what it leads to, unless that is backed up")
                        .promising(notKept("the shortcut", "Graph v1.0 makes none by application permissions")));
    }

    private static KindCapability folder() {
        return new KindCapability(DriveEntry.FOLDER, true, true, DELTA, NAMES + "; its place in the drive's own lists")
                .exporting("a directory")
                .promising(
                        equal("name"),
                        equal("place"),
                        equal("permissions"),
                        mayDiffer("dates", "the service sets the date of a folder when something comes into it"),
                        mayDiffer("id, eTag", "the service gives them"),
                        LINK,
                        SITE_GROUPS,
                        PASSWORDS,
                        PEOPLE);
    }

    private static KindCapability file() {
        return new KindCapability(
                        DriveEntry.FILE,
                        true,
                        true,
                        DELTA + "; versions when the content moved, permissions where the service says what is shared",
                        NAMES + "; versions beyond the newest ones; links and grants that others must accept")
                .exporting("the file with its date")
                .promising(
                        equal("name"),
                        equal("folder"),
                        equal("content"),
                        equal("created"),
                        equal("modified"),
                        equal("versions, the newest 10"),
                        equal("permissions"),
                        mayDiffer("id, eTag, cTag", "the service gives them"),
                        mayDiffer("dates of earlier versions", "the service dates a version when it is written"),
                        mayDiffer(
                                "content of Office files, PDF, HTML and JPEG in libraries",
                                "SharePoint writes properties into them when they come"),
                        LINK,
                        notKept("older versions", "as many are read as was asked for"),
                        SITE_GROUPS,
                        PASSWORDS,
                        PEOPLE);
    }
}
