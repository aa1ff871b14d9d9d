// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Gets the platform's own AES-GCM compiled early.
 *
 * <p>SunJCE runs at about 65 MB/s until its inner methods have been called often enough to be compiled with the processor's AES
 * instructions, then at over 3 GB/s. With messages of 32 KiB that takes 50 to 100 MB, 0.7 to 1.1 CPU seconds, in every young
 * process. Calls count, not bytes; so the first long messages are sealed in short slices, which gives the same bytes, and once enough
 * long messages were opened to make it likely that more come, a few thousand tiny ones are opened for nothing (opening
 * cannot be sliced: it shows nothing before the tag is checked). 100 MB then take a quarter of the time.
 */
final class CipherWarmUp {
    /** A message from this length on counts as long. */
    private static final int LONG_BYTES = 4096;

    private static final int SLICED_MESSAGES = 400;
    private static final int SLICE_BYTES = 512;

    private static final int OPENED_BEFORE = 24;
    private static final int TINY_MESSAGES = 8000;
    private static final int TINY_BYTES = 64;

    private final AtomicInteger sealed = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();

    /** Seals a message whose cipher is set up; the bytes are those of one {@code doFinal}. */
    int seal(Cipher cipher, Slice in, Slice out) throws GeneralSecurityException {
        int read = 0;
        int written = 0;
        if (in.length() >= LONG_BYTES && sealed.get() < SLICED_MESSAGES && isPlatforms(cipher)) {
            sealed.incrementAndGet();
            for (; in.length() - read > SLICE_BYTES; read += SLICE_BYTES) {
                written +=
                        cipher.update(in.bytes(), in.offset() + read, SLICE_BYTES, out.bytes(), out.offset() + written);
            }
        }
        return written
                + cipher.doFinal(
                        in.bytes(), in.offset() + read, in.length() - read, out.bytes(), out.offset() + written);
    }

    /** Tells that a message is about to be opened with a cipher of this provider. */
    void opening(Cipher cipher, int length) throws GeneralSecurityException {
        if (length >= LONG_BYTES
                && opened.get() < OPENED_BEFORE
                && opened.incrementAndGet() == OPENED_BEFORE
                && isPlatforms(cipher)) {
            openTinyMessages(Cipher.getInstance(cipher.getAlgorithm(), cipher.getProvider()));
        }
    }

    private static void openTinyMessages(Cipher cipher) throws GeneralSecurityException {
        SecretKeySpec throwaway = new SecretKeySpec(new byte[32], "AES");
        GCMParameterSpec parameters = new GCMParameterSpec(128, new byte[12]);
        cipher.init(Cipher.ENCRYPT_MODE, throwaway, parameters);
        byte[] message = cipher.doFinal(new byte[TINY_BYTES]);
        byte[] out = new byte[message.length];
        for (int i = 0; i < TINY_MESSAGES; i++) {
            cipher.init(Cipher.DECRYPT_MODE, throwaway, parameters);
            cipher.doFinal(message, 0, message.length, out, 0);
        }
    }

    private static boolean isPlatforms(Cipher cipher) {
        return cipher.getProvider().getName().equals("SunJCE");
    }
}
