// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

/**
 * A place in the feed of a drive, as cursors keep it.
 *
 * @param root the id of the drive's root, which must be known on every page and is told on few
 * @param complete whether the pass began at the beginning, so that it names everything
 * @param link the link to go on with
 */
record DrivePlace(String root, boolean complete, String link) {
    private static final String COMPLETE = "all";
    private static final String CHANGES = "changes";

    static DrivePlace of(String cursor) {
        String[] words = cursor.split(" ", 3);
        return new DrivePlace(words[0], words[1].equals(COMPLETE), words[2]);
    }

    @Override
    public String toString() {
        return root + " " + (complete ? COMPLETE : CHANGES) + " " + link;
    }
}
