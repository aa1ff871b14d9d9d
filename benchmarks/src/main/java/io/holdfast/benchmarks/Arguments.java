// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Options of the form {@code --name value}. Immutable. */
record Arguments(Map<String, String> values) {
    private static final Set<String> KNOWN = Set.of("set", "runs", "peers", "ours", "scale", "rate", "work");

    Arguments {
        values = Map.copyOf(values);
    }

    static Arguments parse(List<String> words) {
        Map<String, String> values = new HashMap<>();
        for (int at = 0; at < words.size(); at += 2) {
            String word = words.get(at);
            String name = word.startsWith("--") ? word.substring(2) : "";
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("no option \"" + word + "\"");
            }
            if (at + 1 == words.size()) {
                throw new IllegalArgumentException("option " + word + " needs a value");
            }
            values.put(name, words.get(at + 1));
        }
        return new Arguments(values);
    }

    String value(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    List<String> list(String name, List<String> otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : List.of(value.split(",", -1));
    }

    double number(String name, double otherwise) {
        String value = values.get(name);
        try {
            return value == null ? otherwise : Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " is \"" + value + "\"; give a number", e);
        }
    }
}
