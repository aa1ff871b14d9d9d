// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Permissions as the JDK wants them, for each of the 512 modes. */
final class Permissions {
    private static final List<FileAttribute<Set<PosixFilePermission>>> ATTRIBUTES = IntStream.range(0, 01000)
            .mapToObj(mode -> PosixFilePermissions.asFileAttribute(set(mode)))
            .toList();

    private Permissions() {}

    /** For a file that is made with a mode, of which the process's mask may take something away. */
    static FileAttribute<Set<PosixFilePermission>> attribute(int mode) {
        return ATTRIBUTES.get(mode);
    }

    private static Set<PosixFilePermission> set(int mode) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            // The constants stand in the order of the bits, the owner's right to read first.
            if ((mode & 0400 >> i) != 0) {
                set.add(all[i]);
            }
        }
        return set;
    }
}
