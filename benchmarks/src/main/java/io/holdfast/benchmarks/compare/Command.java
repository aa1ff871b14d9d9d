// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A command line to run.
 *
 * @param words program and arguments
 * @param folder working folder
 * @param environment variables besides the inherited ones
 */
record Command(List<String> words, Path folder, Map<String, String> environment) {
    Command {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }
}
