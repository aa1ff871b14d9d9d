// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Splits messages and puts them together again: its own set of shapes that have broken parsers, and, if the environment
 * variable {@code HOLDFAST_CORPUS} names a folder, every file under it.
 */
class MimeCorpusTest {
    private static final int[] THRESHOLDS = {1, 60, 1000, MimeSplitter.DEFAULT_THRESHOLD_BYTES};

    @Test
    void everyMessageComesBackExactly() throws IOException {
        Map<String, byte[]> corpus = corpus();
        int attachments = 0;
        for (Map.Entry<String, byte[]> message : corpus.entrySet()) {
            for (int threshold : THRESHOLDS) {
                SplitMail mail = SplitMail.of(message.getValue(), threshold);
                assertThat(Arrays.equals(mail.reassembled(), message.getValue()))
                        .describedAs("%s with a threshold of %d", message.getKey(), threshold)
                        .isTrue();
                attachments += mail.attachments();
            }
            assertThat(new MimeCanonical().hash(new ByteArrayInputStream(message.getValue())))
                    .hasSize(32);
        }
        assertThat(corpus).hasSizeGreaterThan(90);
        assertThat(attachments).isGreaterThan(100);
    }

    private static Map<String, byte[]> corpus() throws IOException {
        Map<String, byte[]> messages = new TreeMap<>();
        List<String> known = NastyMail.known();
        for (int i = 0; i < known.size(); i++) {
            messages.put("known shape " + i, SplitMail.bytes(known.get(i)));
        }
        for (long seed = 0; seed < 300; seed++) {
            messages.put("damaged message " + seed, SplitMail.bytes(NastyMail.damaged(seed)));
        }
        String folder = System.getenv("HOLDFAST_CORPUS");
        if (folder != null) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    messages.put(file.toString(), Files.readAllBytes(file));
                }
            }
        }
        return messages;
    }
}
