// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A tree of files that a test makes, changes and compares. */
record Tree(Path root) {

    static Tree at(Path root) throws IOException {
        Files.createDirectories(root);
        return new Tree(root);
    }

    /** A path whose name is any bytes; percent signs escape. */
    Path raw(String escaped) {
        return Path.of(URI.create(root.toUri().getRawPath().isEmpty() ? "" : root.toUri() + escaped));
    }

    Path write(String name, String content) throws IOException {
        return write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Files are dated back, so that they are no longer in the moment in which nobody can tell whether they change again. */
    Path write(String name, byte[] content) throws IOException {
        Path file = raw(name);
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-06T07:08:09.123456Z")));
        return file;
    }

    /** Bytes that nothing compresses, the same for the same seed. */
    static byte[] noise(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** What there is, by escaped path: kind, mode, time, and content or where a link leads. */
    Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        String base = root.toUri().getRawPath();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.toUri().getRawPath().substring(base.length() - 1);
                state.put(name.endsWith("/") ? name.substring(0, name.length() - 1) : name, describe(file));
            }
        }
        return state;
    }

    /** Asserts that another tree is the same, and names what is not. */
    void assertSameAs(Tree other) throws IOException {
        Map<String, String> here = state();
        Map<String, String> there = other.state();
        Map<String, String> differences = new TreeMap<>();
        here.forEach((name, what) -> {
            if (!what.equals(there.get(name))) {
                differences.put(name, what + " here, there " + there.get(name));
            }
        });
        there.keySet().stream()
                .filter(name -> !here.containsKey(name))
                .forEach(name -> differences.put(name, "only there"));
        assertThat(differences).isEmpty();
    }

    private static String describe(Path file) throws IOException {
        Map<String, Object> attributes =
                Files.readAttributes(file, "unix:mode,lastModifiedTime,size", LinkOption.NOFOLLOW_LINKS);
        String mode = Integer.toOctalString((Integer) java.util.Objects.requireNonNull(attributes.get("mode")));
        if (Files.isSymbolicLink(file)) {
            return mode + " -> " + Files.readSymbolicLink(file).toUri().getRawPath();
        }
        String time = " " + attributes.get("lastModifiedTime");
        return mode + time + (Files.isRegularFile(file) ? " " + attributes.get("size") + " " + sha256(file) : "");
    }

    static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
