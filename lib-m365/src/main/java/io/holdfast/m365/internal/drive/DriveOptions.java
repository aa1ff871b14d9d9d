// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

/**
 * What of drives is backed up beside files and folders.
 *
 * @param versions how many earlier versions of each file, the newest ones; 0 for none
 * @param permissions whether the grants of shared items
 */
public record DriveOptions(int versions, boolean permissions) {
    /** The newest ten versions, and permissions. */
    public static final DriveOptions DEFAULT = new DriveOptions(10, true);

    private static final int MOST_VERSIONS = 500;

    /** Checks the range. */
    public DriveOptions {
        if (versions < 0 || versions > MOST_VERSIONS) {
            throw new IllegalArgumentException(
                    "versions is " + versions + "; allowed are 0 for none to " + MOST_VERSIONS);
        }
    }
}
