// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli.config;

import io.holdfast.model.ByteSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One value of the configuration: a map, a list or a scalar, with the place where it stands. Immutable.
 *
 * <p>References such as {@code ${env:NAME}} are replaced when a value is asked for, so that only what is used has to be there.
 */
public final class ConfigNode {
    private static final Set<String> SECRETS =
            Set.of("value", "secret_key", "client_secret", "connection_string", "password", "access_key");

    private final String name;
    private final String place;
    private final @Nullable Map<String, ConfigNode> map;
    private final @Nullable List<ConfigNode> list;
    private final @Nullable String scalar;
    private final References references;

    private ConfigNode(
            String name,
            String place,
            @Nullable Map<String, ConfigNode> map,
            @Nullable List<ConfigNode> list,
            @Nullable String scalar,
            References references) {
        this.name = name;
        this.place = place;
        this.map = map;
        this.list = list;
        this.scalar = scalar;
        this.references = references;
    }

    static ConfigNode map(String name, String place, Map<String, ConfigNode> map, References references) {
        return new ConfigNode(name, place, map, null, null, references);
    }

    static ConfigNode list(String name, String place, List<ConfigNode> list, References references) {
        return new ConfigNode(name, place, null, list, null, references);
    }

    static ConfigNode scalar(String name, String place, @Nullable String scalar, References references) {
        return new ConfigNode(name, place, null, null, scalar, references);
    }

    /**
     * The elements of a list.
     *
     * @return in their order
     * @throws ConfigException if it is none
     */
    public List<ConfigNode> elements() {
        if (list == null) {
            throw wrong("a list");
        }
        return List.copyOf(list);
    }

    /**
     * Where the value stands.
     *
     * @return such as {@code repositories.main.store (line 7)}
     */
    public String place() {
        return place;
    }

    /**
     * The entries of a map.
     *
     * @return the entries in the order of the file
     * @throws ConfigException if it is none
     */
    public Map<String, ConfigNode> entries() {
        if (map == null) {
            throw wrong("a map of keys and values");
        }
        return map;
    }

    /**
     * Refuses keys that nobody knows.
     *
     * @param known the keys that are known here
     * @throws ConfigException that names the key, its place and the nearest known one
     */
    public void allow(Set<String> known) {
        for (Map.Entry<String, ConfigNode> entry : entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw new ConfigException(
                        "unknown key '" + entry.getKey() + "' at " + entry.getValue().place,
                        "Write '" + Spelling.nearest(entry.getKey(), known) + "' if that was meant; known here are "
                                + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    /**
     * A value that may be missing.
     *
     * @param key its key
     * @return the value, or empty
     */
    public Optional<ConfigNode> find(String key) {
        return Optional.ofNullable(entries().get(key));
    }

    /**
     * A value that must be there.
     *
     * @param key its key
     * @return the value
     * @throws ConfigException if it is missing
     */
    public ConfigNode get(String key) {
        return find(key).orElseThrow(() -> new ConfigException("key '" + key + "' is missing at " + place, "Add it"));
    }

    /**
     * The value as text, references replaced.
     *
     * @return the text
     * @throws ConfigException if it is no text, or a reference leads nowhere
     */
    public String text() {
        if (scalar == null) {
            throw wrong("a text");
        }
        return references.replace(scalar, place);
    }

    /**
     * Whether the value is a text, and neither a map nor a list.
     *
     * @return whether {@link #text()} gives it
     */
    public boolean isText() {
        return scalar != null;
    }

    /**
     * The value as a path; relative ones are relative to the file.
     *
     * @return an absolute path
     */
    public Path path() {
        return references.path(text());
    }

    /**
     * The value as one of some words.
     *
     * @param words the words
     * @return the word
     * @throws ConfigException if it is none of them
     */
    public String oneOf(Set<String> words) {
        String text = text();
        if (!words.contains(text)) {
            throw wrong("one of " + String.join(", ", new TreeSet<>(words)));
        }
        return text;
    }

    /**
     * The value as a whole number.
     *
     * @param from the smallest permitted
     * @param to the largest permitted
     * @return the number
     * @throws ConfigException if it is none, or outside
     */
    public int number(int from, int to) {
        try {
            int number = Integer.parseInt(text().strip());
            if (number >= from && number <= to) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong("a whole number from " + from + " to " + to);
        }
        throw wrong("a whole number from " + from + " to " + to);
    }

    /**
     * The value as a size.
     *
     * @return the size
     * @throws ConfigException if it is none
     */
    public ByteSize size() {
        try {
            return ByteSize.parse(text());
        } catch (IllegalArgumentException e) {
            throw wrong("a size such as 512MB");
        }
    }

    private ConfigException wrong(String wanted) {
        String shown = map != null ? "a map" : list != null ? "a list" : scalar == null ? "nothing" : shown(scalar);
        return new ConfigException("'" + name + "' at " + place + " is " + shown, "Give " + wanted);
    }

    private String shown(String text) {
        return SECRETS.contains(name) ? "a secret of another form" : "'" + text + "'";
    }
}
