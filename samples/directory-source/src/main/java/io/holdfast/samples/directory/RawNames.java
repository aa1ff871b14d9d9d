// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * File names as text that keeps every byte, whatever the locale: printable ASCII as it is, all other bytes and the percent sign as
 * {@code %XX}.
 *
 * <p>A name is bytes without a slash and NUL, and need not be text in any encoding. {@link Path} keeps the bytes, but its text form does
 * not: what the JVM's encoding cannot decode becomes a replacement character. {@link Path#toUri} and {@link Path#of(URI)} keep them.
 */
final class RawNames {
    private static final String HEX = "0123456789ABCDEF";
    private static final boolean UTF_8 = "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding", ""));

    private RawNames() {}

    /** The last component of a path, encoded. */
    static String encodedName(Path path) {
        String text = String.valueOf(path.getFileName());
        return isPlain(text) ? text : encode(exact(text) ? text.getBytes(StandardCharsets.UTF_8) : lastBytes(path));
    }

    /** A whole path as it stands, such as the target of a link, encoded; slashes stay. */
    static String encodedPath(Path path) {
        String text = path.toString();
        if (isPlain(text)) {
            return text;
        }
        if (exact(text)) {
            return encode(text.getBytes(StandardCharsets.UTF_8));
        }
        String whole = withoutTrailingSlash(path.toUri().getRawPath());
        String here = withoutTrailingSlash(Path.of("").toAbsolutePath().toUri().getRawPath());
        return encode(decode(path.isAbsolute() ? whole : whole.substring(here.length() + 1)));
    }

    /** The path below a folder that an encoded relative path names. */
    static Path resolve(Path folder, String encoded) {
        if (encoded.indexOf('%') < 0) {
            return folder.resolve(encoded);
        }
        byte[] raw = decode(encoded);
        String text = UTF_8 ? utf8(raw) : null;
        if (text != null) {
            return folder.resolve(text);
        }
        String base = withoutTrailingSlash(folder.toAbsolutePath().toUri().getRawPath());
        return Path.of(URI.create("file://" + base + "/" + forUri(raw)));
    }

    /** The path that an encoded link target names, absolute or relative. */
    static Path target(String encoded) {
        if (encoded.startsWith("/")) {
            return resolve(Path.of("/"), encoded.substring(1));
        }
        Path here = Path.of("").toAbsolutePath();
        Path whole = resolve(here, encoded);
        return here.getNameCount() == 0
                ? Path.of("/").relativize(whole)
                : whole.subpath(here.getNameCount(), whole.getNameCount());
    }

    /** A name for people, the same in every locale: the text if the bytes are UTF-8, else the encoded form. */
    static String display(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        String text = utf8(decode(encoded));
        return text == null ? encoded : text;
    }

    /** Whether an encoded relative path is one that {@link #encodedName} could have made and leads down only. */
    static boolean leadsDown(String encoded) {
        for (String name : encoded.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || !isCanonical(name)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCanonical(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '%') {
                if (i + 2 >= name.length()
                        || HEX.indexOf(name.charAt(i + 1)) < 0
                        || HEX.indexOf(name.charAt(i + 2)) < 0) {
                    return false;
                }
                int value = HEX.indexOf(name.charAt(i + 1)) << 4 | HEX.indexOf(name.charAt(i + 2));
                if (value == 0 || value != '%' && isPlain((char) value)) {
                    return false;
                }
                i += 2;
            } else if (!isPlain(c)) {
                return false;
            }
        }
        return true;
    }

    static String encode(byte[] raw) {
        StringBuilder text = new StringBuilder(raw.length + 16);
        for (byte b : raw) {
            char c = (char) (b & 0xff);
            if (isPlain(c)) {
                text.append(c);
            } else {
                escape(text, b);
            }
        }
        return text.toString();
    }

    private static String forUri(byte[] raw) {
        StringBuilder text = new StringBuilder(raw.length * 3);
        for (byte b : raw) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && Character.isLetterOrDigit(c) || c == '/' || c == '.' || c == '-' || c == '_') {
                text.append(c);
            } else {
                escape(text, b);
            }
        }
        return text.toString();
    }

    private static void escape(StringBuilder text, byte b) {
        text.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
    }

    private static byte[] decode(String encoded) {
        ByteArrayOutputStream raw = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                raw.write(Integer.parseInt(encoded.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                raw.write(c);
            }
        }
        return raw.toByteArray();
    }

    private static byte[] lastBytes(Path path) {
        String whole = withoutTrailingSlash(path.toUri().getRawPath());
        return decode(whole.substring(whole.lastIndexOf('/') + 1));
    }

    /** Whether the text form of a name lost nothing. */
    private static boolean exact(String text) {
        return UTF_8 && text.indexOf('\uFFFD') < 0;
    }

    private static @Nullable String utf8(byte[] raw) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString();
        } catch (CharacterCodingException notText) {
            return null;
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return c >= 0x20 && c < 0x7f && c != '%';
    }

    private static String withoutTrailingSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
