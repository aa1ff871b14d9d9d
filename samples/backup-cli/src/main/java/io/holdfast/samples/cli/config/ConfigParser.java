// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads YAML into nodes that know their place; for one thread. */
final class ConfigParser {
    private final References references;

    private ConfigParser(References references) {
        this.references = references;
    }

    static ConfigNode parse(Path file, Map<String, String> environment) {
        Path absolute = file.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            throw new ConfigException("configuration '" + file + "' is a folder", "Name a file of YAML in it");
        }
        References references = new References(Objects.requireNonNull(absolute.getParent()), environment);
        try (JsonParser parser = new YAMLFactory().createParser(Files.newInputStream(absolute))) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new ConfigException(
                        "configuration '" + file + "' holds no map of keys", "Begin with repositories: and sources:");
            }
            return new ConfigParser(references).node(parser, "configuration", "");
        } catch (NoSuchFileException e) {
            throw new ConfigException(
                    "configuration '" + file + "' does not exist",
                    "Give --config FILE, or set BACKUP_CONFIG, or write /etc/backup-agent/config.yaml");
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new ConfigException(
                    "configuration '" + file + "' is no valid YAML at line " + line + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    "Correct that line");
        } catch (IOException e) {
            throw new ConfigException(
                    "configuration '" + file + "' cannot be read: " + e.getMessage(), "Make it a readable file");
        }
    }

    private ConfigNode node(JsonParser parser, String name, String path) throws IOException {
        String place = (path.isEmpty() ? "the top" : path) + " (line "
                + parser.currentTokenLocation().getLineNr() + ")";
        return switch (parser.currentToken()) {
            case START_OBJECT -> map(parser, name, path, place);
            case START_ARRAY -> list(parser, name, path, place);
            case VALUE_NULL -> ConfigNode.scalar(name, place, null, references);
            default -> ConfigNode.scalar(name, place, parser.getText(), references);
        };
    }

    private ConfigNode map(JsonParser parser, String name, String path, String place) throws IOException {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            ConfigNode value = node(parser, key, path.isEmpty() ? key : path + "." + key);
            if (entries.put(key, value) != null) {
                throw new ConfigException("key '" + key + "' stands twice at " + place, "Keep one of the two");
            }
        }
        return ConfigNode.map(name, place, entries, references);
    }

    private ConfigNode list(JsonParser parser, String name, String path, String place) throws IOException {
        List<ConfigNode> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(node(parser, name, path + "[" + elements.size() + "]"));
        }
        return ConfigNode.list(name, place, elements, references);
    }
}
