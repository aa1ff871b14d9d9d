// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix.powerloss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What writers were told by the engine before their disk was gone. */
final class Told {
    /** A snapshot that was acknowledged: its hash, and how many steps the source had taken. */
    record Acknowledged(String hash, int steps) {}

    private final Map<Long, Acknowledged> acknowledged = new TreeMap<>();
    private boolean created;
    private int tried;

    /** Takes what a writer said. */
    void add(Path output) throws IOException {
        for (String line : Files.readAllLines(output)) {
            String[] words = line.split("[ :]");
            switch (words[0]) {
                case Writer.CREATED -> created = true;
                case Writer.TRIED -> tried = Integer.parseInt(words[1]);
                case Writer.DONE -> add(Long.parseLong(words[2]), words[3], Integer.parseInt(words[1]));
                default -> {
                    // that it was ready
                }
            }
        }
    }

    void add(long sequence, String hash, int steps) {
        acknowledged.put(sequence, new Acknowledged(hash, steps));
        tried = Math.max(tried, steps);
    }

    Map<Long, Acknowledged> acknowledged() {
        return acknowledged;
    }

    boolean created() {
        return created;
    }

    void nowCreated() {
        created = true;
    }

    /** Whether the repository was being made, or a session had begun and not ended. */
    boolean underWay() {
        return acknowledged.values().stream().noneMatch(each -> each.steps() == tried);
    }

    /** How many steps the source had taken at most. */
    int tried() {
        return tried;
    }
}
