// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The plain front of a commit record: what anyone can check without a key (FORMAT.md, "Record fronts").
 *
 * @param parents the records that it builds on
 * @param added the names of the objects that its session added, in ascending order
 */
public record RecordFront(List<RecordId> parents, List<String> added) {
    /** The most bytes that an encoded front may have. */
    public static final int MAX_BYTES = 64 << 20;

    private static final HexFormat HEX = HexFormat.of();
    private static final int HEX_NAME = 64;
    private static final int MAX_PARENTS = 1024;
    private static final int MAX_GROUPS = 4096;
    private static final int MAX_NAMES = 1 << 20;

    /** Copies and sorts. */
    public RecordFront {
        parents = List.copyOf(parents);
        added = added.stream().sorted().distinct().toList();
    }

    /** Names that differ in their last segment only, which is 64 hexadecimal characters. */
    private record Group(String folder, List<byte[]> ids) {}

    /**
     * Encodes the front. A name that ends in 64 hexadecimal characters takes 32 bytes.
     *
     * @return its bytes
     */
    public byte[] encode() {
        Map<String, Group> groups = new TreeMap<>();
        List<String> others = new ArrayList<>();
        for (String name : added) {
            int cut = name.length() - HEX_NAME;
            if (cut > 0 && name.charAt(cut - 1) == '/' && isHex(name, cut)) {
                groups.computeIfAbsent(folderOf(name, cut), folder -> new Group(folder, new ArrayList<>()))
                        .ids()
                        .add(HEX.parseHex(name, cut, name.length()));
            } else {
                others.add(name);
            }
        }
        return CborWriter.write(3, w -> {
            w.field(1).list(parents, Refs::writeRecordId);
            w.field(2).list(groups.values(), RecordFront::writeGroup);
            w.field(3).list(others, CborWriter::text);
        });
    }

    private static boolean isHex(String name, int from) {
        return name.chars().skip(from).allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    /** The folder of a name, where a segment that repeats the id's first two characters stands as {@code *}. */
    private static String folderOf(String name, int cut) {
        String folder = name.substring(0, cut - 1);
        String fan = "/" + name.substring(cut, cut + 2);
        return folder.endsWith(fan) ? folder.substring(0, folder.length() - 2) + "*" : folder;
    }

    private static void writeGroup(CborWriter out, Group group) {
        out.map(2, w -> {
            w.field(1).text(group.folder());
            w.field(2).list(group.ids(), CborWriter::bytes);
        });
    }

    /**
     * Decodes a front.
     *
     * @param object the object that it stands in, for messages
     * @param bytes its bytes
     * @return the front
     * @throws io.holdfast.error.RepositoryException if the bytes are not a front, or over a limit
     */
    public static RecordFront decode(String object, byte[] bytes) {
        return CborReader.read(object, bytes, r -> {
            List<RecordId> parents = r.field(1).list(MAX_PARENTS, Refs::readRecordId);
            List<String> names = new ArrayList<>();
            r.field(2).list(MAX_GROUPS, RecordFront::readGroup).forEach(names::addAll);
            names.addAll(r.field(3).list(MAX_NAMES, name -> name.text(Refs.MAX_NAME)));
            return new RecordFront(parents, names);
        });
    }

    private static Collection<String> readGroup(CborReader in) {
        return in.map(r -> {
            String folder = r.field(1).text(Refs.MAX_NAME);
            List<byte[]> ids = r.field(2).list(MAX_NAMES, Refs::readHash);
            return ids.stream().map(id -> nameIn(folder, HEX.formatHex(id))).toList();
        });
    }

    private static String nameIn(String folder, String hex) {
        String place = folder.endsWith("/*") ? folder.substring(0, folder.length() - 1) + hex.substring(0, 2) : folder;
        return place + "/" + hex;
    }
}
