// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the tables of FORMAT.md to the code, and the code to the tables. */
class FormatDocumentTest {
    private static final String ROOT = "io.holdfast.";
    private static final Path DOCUMENT = Path.of("FORMAT.md");
    private static final Pattern LABEL = Pattern.compile("(?:Label\\.of|bound)\\(\"([^\"]+)\"\\)");
    /** Classes of which every constant is a part of the format. */
    private static final List<String> ALL_OF = List.of(
            "internal.run.RunFormat",
            "internal.pack.PackFormat",
            "internal.seal.EnvelopeFront",
            "internal.seal.KeySlotCodec",
            "internal.format.DescriptorCodec",
            "internal.format.SnapshotRecordCodec",
            "internal.format.ProgressRecordCodec",
            "internal.format.LeaseRecordCodec",
            "internal.format.RetireListCodec",
            "internal.format.Refs");
    /** Constants that follow from others, or that a reader of the format has no use for. */
    private static final Set<String> SPARED = Set.of(
            "internal.run.RunFormat#SALT_OFFSET",
            "internal.run.RunFormat#MAX_BLOCKS",
            "internal.pack.PackFormat#MAGIC_BYTES",
            "internal.pack.PackFormat#HASH_BYTES",
            "internal.pack.PackFormat#SALT_BYTES",
            "internal.pack.PackFormat#MAX_FRAME_BLOBS",
            "internal.seal.EnvelopeFront#SALT_OFFSET",
            "internal.seal.KeySlotCodec#SUM_BYTES",
            "internal.format.DescriptorCodec#HEADER_BYTES",
            "internal.format.ProgressRecordCodec#MAX_LINEAGE",
            "internal.format.RetireListCodec#MAX_LINEAGE");

    @Test
    void everyConstantOfTheDocumentIsThatOfTheCode() throws Exception {
        List<String> wrong = new ArrayList<>();
        List<List<String>> rows = table("constants");
        for (List<String> row : rows) {
            String value = written(row.get(0), constant(row.get(2)));
            if (!value.equals(row.get(1))) {
                wrong.add(row.get(2) + " is " + value + ", the document says " + row.get(1));
            }
        }
        assertThat(rows).hasSizeGreaterThan(100);
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyConstantOfTheFormatStandsInTheDocument() throws Exception {
        Set<String> told = new TreeSet<>(SPARED);
        table("constants").forEach(row -> told.add(row.get(2)));
        Set<String> untold = new TreeSet<>();
        for (String type : ALL_OF) {
            for (Field field : Class.forName(ROOT + type).getDeclaredFields()) {
                String name = type + "#" + field.getName();
                if (isConstant(field) && !told.contains(name)) {
                    untold.add(name);
                }
            }
        }
        assertThat(untold).isEmpty();
    }

    @Test
    void everyCodeOfAnEnumerationIsTheDocuments() throws Exception {
        TreeMap<String, String> told = new TreeMap<>();
        table("codes").forEach(row -> told.put(row.get(0) + " " + row.get(1), row.get(2)));
        TreeMap<String, String> there = new TreeMap<>();
        for (List<String> row : table("codes")) {
            for (Object each : Class.forName(ROOT + row.get(0)).getEnumConstants()) {
                there.put(row.get(0) + " " + ((Enum<?>) each).name(), code((Enum<?>) each));
            }
        }
        assertThat(there).isEqualTo(told);
    }

    @Test
    void everyLabelOfTheCodeStandsInTheDocument() throws Exception {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/holdfast/internal/seal"))) {
            for (Path source : sources.toList()) {
                Matcher matcher = LABEL.matcher(Files.readString(source).replaceAll("\\s*\\n\\s*", ""));
                while (matcher.find()) {
                    used.add(matcher.group(1));
                }
            }
        }
        Set<String> told = new TreeSet<>();
        table("labels").forEach(row -> told.add(row.get(0)));
        assertThat(used).isEqualTo(told);
    }

    @Test
    void everyLinkWithinTheDocumentLeadsToAChapter() throws Exception {
        String document = Files.readString(DOCUMENT);
        List<String> broken = new ArrayList<>();
        Matcher links = Pattern.compile("\\]\\((#[a-z0-9-]+)\\)").matcher(document);
        while (links.find()) {
            String anchor = links.group(1).substring(1);
            boolean there = document.lines()
                    .filter(line -> line.startsWith("## "))
                    .map(FormatDocumentTest::anchorOf)
                    .anyMatch(anchor::equals);
            if (!there) {
                broken.add(anchor);
            }
        }
        assertThat(broken).isEmpty();
    }

    private static String anchorOf(String heading) {
        return heading.substring(3).toLowerCase(Locale.ROOT).replace(".", "").replace(' ', '-');
    }

    /** The rows behind a mark, without the two lines of its head. */
    private static List<List<String>> table(String mark) throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        int at = 0;
        while (!lines.get(at).startsWith("<!-- " + mark + ":")) {
            at++;
        }
        while (!lines.get(at).startsWith("|")) {
            at++;
        }
        List<List<String>> rows = new ArrayList<>();
        for (at += 2; at < lines.size() && lines.get(at).startsWith("|"); at++) {
            String line = lines.get(at);
            rows.add(Stream.of(line.substring(1, line.length() - 1).split("\\|"))
                    .map(String::strip)
                    .toList());
        }
        return rows;
    }

    private static Object constant(String place) throws ReflectiveOperationException {
        int hash = place.indexOf('#');
        Field field = Class.forName(ROOT + place.substring(0, hash)).getDeclaredField(place.substring(hash + 1));
        field.setAccessible(true);
        return field.get(null);
    }

    private static String written(String name, Object value) {
        if (value instanceof byte[] bytes) {
            return name.endsWith("hex")
                    ? HexFormat.of().formatHex(bytes)
                    : new String(bytes, StandardCharsets.US_ASCII);
        }
        return value.toString();
    }

    private static boolean isConstant(Field field) {
        Class<?> type = field.getType();
        return Modifier.isStatic(field.getModifiers())
                && !field.isSynthetic()
                && (type.isPrimitive() || type == String.class || type == byte[].class);
    }

    /** The constant's own code if it has one, else its place; then what else it carries. */
    private static String code(Enum<?> constant) throws ReflectiveOperationException {
        List<String> fields = new ArrayList<>();
        for (Field field : constant.getDeclaringClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                fields.add(String.valueOf(field.get(constant)));
            }
        }
        return fields.isEmpty() ? Integer.toString(place(constant)) : String.join(" ", fields);
    }

    /** The place in the list by which a codec writes an enumeration; that of a list that no codec keeps is the declaration's. */
    private static int place(Enum<?> constant) throws ReflectiveOperationException {
        for (String list : List.of(
                "internal.format.DescriptorCodec#MODES",
                "internal.format.SnapshotRecordCodec#TYPES",
                "internal.format.ResourceStateCodec#FEED_KINDS",
                "internal.format.ResourceStateCodec#REASONS")) {
            int index = ((List<?>) constant(list)).indexOf(constant);
            if (index >= 0) {
                return index;
            }
        }
        return constant.ordinal();
    }
}
