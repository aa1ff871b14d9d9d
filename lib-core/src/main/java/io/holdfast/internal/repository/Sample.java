// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.PackRef;
import io.holdfast.runtime.Randomness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which packs a verification opens: one of several groups, the next one each time.
 *
 * @param groups into how many groups packs fall, by their ids
 * @param turn which group is opened
 */
record Sample(int groups, int turn) {
    private static final Logger LOG = LoggerFactory.getLogger(Sample.class);
    private static final int MOST_GROUPS = 1_000_000;

    /**
     * Takes the next turn. It is kept in a file, so that as many runs as there are groups open every pack; without one it is drawn by chance.
     *
     * @param percent how many percent of the packs, more than 0 to 100
     * @param memory the file that the turn is kept in, if there is a cache
     * @param randomness draws the turn without one
     */
    static Sample next(double percent, Optional<Path> memory, Randomness randomness) {
        int groups = (int) Math.min(MOST_GROUPS, Math.ceil(100 / percent));
        if (groups == 1) {
            return new Sample(1, 0);
        }
        long drawn = ByteBuffer.wrap(randomness.bytes(Long.BYTES)).getLong() >>> 1;
        long turn = memory.map(file -> taken(file, drawn)).orElse(drawn);
        return new Sample(groups, (int) Math.floorMod(turn, (long) groups));
    }

    private static long taken(Path file, long first) {
        long turn = first;
        try {
            if (Files.exists(file)) {
                turn = Long.parseLong(Files.readString(file, StandardCharsets.US_ASCII)
                                .strip())
                        + 1;
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, Long.toString(turn), StandardCharsets.US_ASCII);
        } catch (IOException | NumberFormatException unusable) {
            LOG.warn(
                    "The turn of the sample cannot be kept in {} and is drawn by chance: {}",
                    file,
                    unusable.toString());
        }
        return turn;
    }

    boolean includes(PackRef pack) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(pack.id()).getInt()) % groups == turn;
    }
}
