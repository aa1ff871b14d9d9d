// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.contacts;

import static io.holdfast.source.FieldPromise.equal;
import static io.holdfast.source.FieldPromise.mayDiffer;
import static io.holdfast.source.FieldPromise.notKept;

import io.holdfast.source.KindCapability;
import java.util.List;

/** What becomes of contacts and their folders. */
final class ContactKinds {
    private ContactKinds() {}

    static List<KindCapability> capabilities() {
        return List.of(folder(), contact());
    }

    private static KindCapability folder() {
        return new KindCapability(
                        ContactItems.FOLDER, true, true, "the tree is listed in each session", "who may see it")
                .exporting("a directory")
                .promising(
                        equal("name"),
                        equal("place"),
                        mayDiffer("id", "the service gives it"),
                        notKept("who may see it", "Graph v1.0 does not tell"));
    }

    private static KindCapability contact() {
        return new KindCapability(
                        ContactItems.CONTACT,
                        true,
                        true,
                        "a change feed for each folder, compared with listings in turn; the photo when the contact changed",
                        "distribution lists, which Graph does not give; fields that only Outlook's forms have")
                .exporting("a .vcf file with the photo in it")
                .promising(
                        equal("folder"),
                        equal("names"),
                        equal("mail addresses"),
                        equal("phones"),
                        equal("instant messaging"),
                        equal("postal addresses"),
                        equal("work"),
                        equal("family"),
                        equal("birthday"),
                        equal("notes"),
                        equal("categories"),
                        equal("photo"),
                        mayDiffer("id, created, modified, change key", "the service gives them"),
                        notKept("distribution lists", "Graph v1.0 does not give them"),
                        notKept("flag", "Graph v1.0 does not give it"));
    }
}
