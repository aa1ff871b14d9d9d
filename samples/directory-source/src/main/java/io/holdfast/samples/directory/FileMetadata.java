// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import io.holdfast.source.SourceItem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is kept of a file beside name, content and modification time: one line of text that is the same for the same state.
 *
 * @param mode type and permissions as in {@code st_mode}
 * @param uid the owner
 * @param gid the group
 * @param target where a link leads, encoded as {@link RawNames} do; empty for other files
 */
record FileMetadata(int mode, int uid, int gid, Optional<String> target) {

    static FileMetadata of(FileState state, Optional<String> target) {
        return new FileMetadata(state.mode(), state.uid(), state.gid(), target);
    }

    int permissions() {
        return mode & 07777;
    }

    SourceItem.Metadata encode() {
        String text = "mode=" + Integer.toOctalString(mode) + " uid=" + Integer.toUnsignedString(uid) + " gid="
                + Integer.toUnsignedString(gid)
                + target.map(t -> " target=" + t).orElse("");
        return new SourceItem.Metadata(SourceItem.Metadata.Form.EXACT, text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Reads the line back.
     *
     * @throws IllegalArgumentException if it is none
     */
    static FileMetadata decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.US_ASCII);
        String[] fields = text.split(" ", 4);
        if (fields.length < 3) {
            throw new IllegalArgumentException("metadata '" + text + "' lack mode, uid and gid");
        }
        return new FileMetadata(
                Integer.parseInt(value(fields[0], "mode="), 8),
                Integer.parseUnsignedInt(value(fields[1], "uid=")),
                Integer.parseUnsignedInt(value(fields[2], "gid=")),
                fields.length == 4 ? Optional.of(value(fields[3], "target=")) : Optional.empty());
    }

    private static String value(String field, String name) {
        if (!field.startsWith(name)) {
            throw new IllegalArgumentException("metadata have '" + field + "' where '" + name + "' belongs");
        }
        return field.substring(name.length());
    }
}
