// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${env:NAME}} and {@code ${file:PATH}} in values.
 *
 * @param folder where relative paths begin
 * @param environment the variables
 */
record References(Path folder, Map<String, String> environment) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+):([^}]*)}");

    Path path(String text) {
        return folder.resolve(text);
    }

    String replace(String text, String place) {
        if (!text.contains("${")) {
            return text;
        }
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(
                    result, Matcher.quoteReplacement(value(matcher.group(1), matcher.group(2), place)));
        }
        return matcher.appendTail(result).toString();
    }

    private String value(String kind, String name, String place) {
        return switch (kind) {
            case "env" -> variable(name, place);
            case "file" -> file(name, place);
            default ->
                throw new ConfigException(
                        "reference '${" + kind + ":" + name + "}' at " + place + " is of no known kind",
                        "Use ${env:NAME} or ${file:PATH}");
        };
    }

    private String variable(String name, String place) {
        String value = environment.get(name);
        if (value == null) {
            throw new ConfigException(
                    "environment variable '" + name + "', named at " + place + ", is not set", "Set it and try again");
        }
        return value;
    }

    private String file(String name, String place) {
        Path path = path(name);
        try {
            String text = Files.readString(path, StandardCharsets.UTF_8);
            return text.endsWith("\n") ? text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1)) : text;
        } catch (IOException e) {
            throw new ConfigException(
                    "file '" + path + "', named at " + place + ", cannot be read",
                    "Make it readable, or correct the path");
        }
    }
}
