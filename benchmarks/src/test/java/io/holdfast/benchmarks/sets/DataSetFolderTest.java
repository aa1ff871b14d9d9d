// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetFolderTest {
    private static final double SCALE = 0.002;

    @TempDir
    Path parent;

    @ParameterizedTest
    @ValueSource(strings = {"mails", "drive", "records"})
    void makesTheSameBytesWithOneThreadAndWithThree(String name) throws IOException {
        DataSetFolder one = new DataSetFolder(DataSets.of(name, SCALE), parent.resolve("one"), 1);
        DataSetFolder three = new DataSetFolder(DataSets.of(name, SCALE), parent.resolve("three"), 3);
        Files.createDirectories(parent.resolve("one"));
        Files.createDirectories(parent.resolve("three"));

        one.toFirstDay();
        three.toFirstDay();

        assertThat(checksums(three.root()))
                .isEqualTo(checksums(one.root()))
                .hasSize(DataSets.of(name, SCALE).items());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mails", "records"})
    void changesOneInAHundredAddsAsManyAndRemovesHalfAsMany(String name) throws IOException {
        DataSet set = DataSets.of(name, 0.02);
        DataSetFolder folder = new DataSetFolder(set, parent, 2);
        folder.toFirstDay();
        Map<String, Long> first = checksums(folder.root());

        folder.toNextDay();

        Map<String, Long> next = checksums(folder.root());
        int hundredth = set.items() / 100;
        assertThat(next.keySet().stream().filter(path -> !first.containsKey(path)))
                .hasSize(hundredth);
        assertThat(first.keySet().stream().filter(path -> !next.containsKey(path)))
                .hasSize(set.items() / 200);
        assertThat(next.entrySet().stream()
                        .filter(entry -> first.containsKey(entry.getKey())
                                && !first.get(entry.getKey()).equals(entry.getValue())))
                .hasSize(hundredth);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mails", "drive", "records"})
    void takesTheNextDayBack(String name) throws IOException {
        DataSetFolder folder = new DataSetFolder(DataSets.of(name, SCALE), parent, 2);
        folder.toFirstDay();
        Map<String, Long> first = checksums(folder.root());
        folder.toNextDay();
        assertThat(checksums(folder.root())).isNotEqualTo(first);

        folder.toFirstDay();

        assertThat(checksums(folder.root())).isEqualTo(first);
    }

    @Test
    void insertsFourKilobytesInTheMiddleOfTheLargestFile() throws IOException {
        DriveSet drive = new DriveSet(40, SCALE, 1);
        byte[] first = bytes(drive, 39, Edition.FIRST);
        byte[] changed = bytes(drive, 39, Edition.CHANGED);

        assertThat(changed).hasSize(first.length + 4_096);
        int same = Arrays.mismatch(first, changed);
        assertThat(same).isBetween(first.length / 3, first.length * 3 / 4);
        assertThat(Arrays.copyOfRange(changed, same + 4_096, changed.length))
                .endsWith(Arrays.copyOfRange(first, same + 1, first.length));
    }

    @Test
    void carriesSharedAttachmentsThatDecode() throws IOException {
        MailSet mails = new MailSet(300, 1);
        int carriers = 0;
        for (int index = 0; index < mails.items(); index++) {
            String message = new String(bytes(mails, index, Edition.FIRST), StandardCharsets.UTF_8);
            int name = message.indexOf("name=\"shared-");
            if (name < 0) {
                continue;
            }
            carriers++;
            int start = message.indexOf("\r\n\r\n", name) + 4;
            int end = message.indexOf("\r\n--", start);
            String length =
                    message.substring(message.indexOf("size=", name) + 5, message.indexOf(";\r\n\tcreation", name));
            assertThat(Base64.getMimeDecoder().decode(message.substring(start, end)))
                    .hasSize(Integer.parseInt(length));
        }
        assertThat(carriers).isBetween(25, 65);
    }

    @Test
    void compressesLikeRealTextAndNotBetter() throws IOException {
        ByteBuilder text = new ByteBuilder();
        new Contents(new WordModel(1)).append(Contents.Look.PROSE, SeededStream.of(1, "text", 0), 12_000, text);

        Deflater deflater = new Deflater();
        deflater.setInput(text.copy());
        deflater.finish();
        int packed = deflater.deflate(new byte[24_000]);
        deflater.end();

        assertThat(12_000.0 / packed).isBetween(1.8, 3.2);
    }

    private static byte[] bytes(DataSet set, int index, Edition edition) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        set.writer().write(index, edition, out);
        return out.toByteArray();
    }

    private static Map<String, Long> checksums(Path root) throws IOException {
        Map<String, Long> sums = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                CRC32 sum = new CRC32();
                sum.update(Files.readAllBytes(file));
                sums.put(
                        root.relativize(file).toString(),
                        sum.getValue() ^ Files.getLastModifiedTime(file).toMillis());
            }
        }
        return sums;
    }
}
