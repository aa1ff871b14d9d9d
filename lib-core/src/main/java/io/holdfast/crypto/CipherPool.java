// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a few cipher objects, because looking one up costs more than sealing a short message.
 *
 * <p>Lock-free: a slot is chosen by the thread's id and emptied while its cipher is in use, so that threads that share a slot
 * make a new cipher instead of waiting. Not a thread-local: ciphers die with the pool, not with the threads of a host.
 */
final class CipherPool {
    private static final int SLOTS = 32;

    private final String transformation;
    private final @Nullable Provider provider;
    private final AtomicReferenceArray<@Nullable Cipher> idle = new AtomicReferenceArray<>(SLOTS);

    CipherPool(String transformation, @Nullable Provider provider) {
        this.transformation = transformation;
        this.provider = provider;
    }

    Cipher take() throws GeneralSecurityException {
        Cipher pooled = idle.getAndSet(slot(), null);
        return pooled == null ? fresh() : pooled;
    }

    Cipher fresh() throws GeneralSecurityException {
        Provider chosen = provider;
        return chosen == null ? Cipher.getInstance(transformation) : Cipher.getInstance(transformation, chosen);
    }

    void giveBack(Cipher cipher) {
        idle.set(slot(), cipher);
    }

    private static int slot() {
        return (int) (Thread.currentThread().getId() & (SLOTS - 1));
    }
}
