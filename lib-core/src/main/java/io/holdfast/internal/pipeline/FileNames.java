// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.digest.Sha256;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Makes names that a file system can hold of any text: what it cannot hold becomes {@code %XX} of its UTF-8 bytes, which can be undone.
 *
 * <p>Names that are too long are cut and told apart by digits of their hash.
 */
final class FileNames {
    private static final int LONGEST = 255;
    private static final Charset NATIVE = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private FileNames() {}

    /** A single name; never empty, never one that leads elsewhere. */
    static String escaped(String name) {
        if (name.isEmpty()) {
            return "%";
        }
        CharsetEncoder encoder = NATIVE.newEncoder();
        StringBuilder text = new StringBuilder(name.length() + 8);
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            int next = i + Character.charCount(c);
            String one = name.substring(i, next);
            if (c == '/' || c < 0x20 || c == 0x7f || isEscape(name, i) || !encoder.canEncode(one)) {
                escape(text, one);
            } else {
                text.append(one);
            }
            i = next;
        }
        String whole = text.toString();
        if (whole.equals(".") || whole.equals("..")) {
            return whole.replace(".", "%2E");
        }
        return bytes(whole) <= LONGEST ? whole : withMark(whole, digits(name, 8), "");
    }

    /** A name with a mark that tells it apart: {@code name ~mark.ending}, cut in the middle to what a file system holds. */
    static String withMark(String name, String mark, String ending) {
        String tail = " ~" + mark + ending;
        String head = name;
        while (bytes(head) + bytes(tail) > LONGEST) {
            head = head.substring(0, head.offsetByCodePoints(head.length(), -1));
        }
        return head + tail;
    }

    /** The first digits of a hash, for telling names apart. */
    static String digits(String text, int count) {
        return HexFormat.of()
                .formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)))
                .substring(0, count);
    }

    /** What a file system without case takes for the same name. */
    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static boolean isEscape(String name, int at) {
        return name.charAt(at) == '%'
                && at + 2 < name.length()
                && Character.digit(name.charAt(at + 1), 16) >= 0
                && Character.digit(name.charAt(at + 2), 16) >= 0;
    }

    private static void escape(StringBuilder text, String one) {
        for (byte b : one.getBytes(StandardCharsets.UTF_8)) {
            text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
