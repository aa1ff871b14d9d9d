// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * Turns passphrases into the bytes that a key is derived from: Unicode normal form C in UTF-8, so that one passphrase typed on two
 * systems is the same key. Spaces and line ends are a part of it.
 */
final class Passphrases {
    private Passphrases() {}

    /** The bytes of a passphrase. The array is not changed; a string is made only of one that is not in normal form. */
    static byte[] bytes(char[] passphrase) {
        CharBuffer chars = CharBuffer.wrap(passphrase);
        CharSequence normal = Normalizer.isNormalized(chars, Normalizer.Form.NFC)
                ? chars
                : Normalizer.normalize(chars, Normalizer.Form.NFC);
        if (normal.length() == 0) {
            throw new IllegalArgumentException("the passphrase is empty");
        }
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(normal));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            Arrays.fill(encoded.array(), (byte) 0);
            return bytes;
        } catch (CharacterCodingException broken) {
            throw new IllegalArgumentException("the passphrase holds half of a surrogate pair", broken);
        }
    }

    /** The same of a passphrase in UTF-8, such as the content of a file. */
    static byte[] bytes(byte[] utf8) {
        CharBuffer decoded = decoded(utf8);
        char[] chars = new char[decoded.remaining()];
        decoded.get(chars);
        Arrays.fill(decoded.array(), '\0');
        try {
            return bytes(chars);
        } finally {
            Arrays.fill(chars, '\0');
        }
    }

    private static CharBuffer decoded(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
        } catch (CharacterCodingException broken) {
            throw new IllegalArgumentException("the passphrase is not UTF-8", broken);
        }
    }
}
