// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ChunkerPropertyTest {
    private static final ChunkParams SMALL = new ChunkParams(256, 1024, 4096);
    private final Chunker chunker = new Chunker(SMALL, GearTable.derive(new byte[32]));

    @Property
    void coversTheContentWithChunksInBounds(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60_000) int length) {
        List<Integer> lengths = ChunkerTest.cuts(chunker, ChunkerTest.noise(seed, length));

        assertThat(lengths.stream().mapToInt(Integer::intValue).sum()).isEqualTo(length);
        assertThat(lengths).allMatch(chunk -> chunk <= SMALL.maxBytes());
        assertThat(lengths.subList(0, lengths.size() - 1)).allMatch(chunk -> chunk >= SMALL.minBytes());
    }

    @Property
    void doesNotDependOnHowMuchIsReadAhead(@ForAll long seed, @ForAll @IntRange(min = 0, max = 20_000) int more) {
        byte[] content = ChunkerTest.noise(seed, SMALL.maxBytes() + 20_000);

        assertThat(chunker.cut(content, 0, SMALL.maxBytes() + more, false))
                .isEqualTo(chunker.cut(content, 0, content.length, true));
    }

    @Property(tries = 200)
    void anInsertionChangesFewChunks(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 200_000) int at,
            @ForAll @Size(max = 300) byte[] inserted) {
        byte[] before = ChunkerTest.noise(seed, 200_000);
        byte[] after = new byte[before.length + inserted.length];
        System.arraycopy(before, 0, after, 0, at);
        System.arraycopy(inserted, 0, after, at, inserted.length);
        System.arraycopy(before, at, after, at + inserted.length, before.length - at);

        Set<String> fresh = new HashSet<>(chunks(after));
        fresh.removeAll(chunks(before));

        // Where lengths fall from one mask to the other the streams meet again a little later: hence not 2 but some.
        assertThat(fresh).hasSizeLessThanOrEqualTo(12);
    }

    private List<String> chunks(byte[] content) {
        List<String> chunks = new ArrayList<>();
        int at = 0;
        for (int length : ChunkerTest.cuts(chunker, content)) {
            chunks.add(new String(content, at, length, StandardCharsets.ISO_8859_1));
            at += length;
        }
        return chunks;
    }
}
