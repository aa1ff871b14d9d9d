// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.KeyException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The code by which a slot commits to its key and to all that it was wrapped with: HMAC-SHA-256 over the provider's name, the
 * parameters, the salt and the binding, each with its length before it (FORMAT.md, "Key slots").
 *
 * <p>AES-GCM alone does not commit: a message can be made that opens under two keys.
 */
final class SlotCode {
    static final int BYTES = 32;
    private static final String PREFIX = "holdfast/1 wrapped key\0";

    private SlotCode() {}

    static byte[] of(byte[] key, WrappedKey described, byte[] binding) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(PREFIX.getBytes(StandardCharsets.US_ASCII));
            field(mac, described.provider().getBytes(StandardCharsets.UTF_8));
            SortedMap<String, Long> sorted = new TreeMap<>(described.parameters());
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(sorted.size()).flip());
            for (Map.Entry<String, Long> parameter : sorted.entrySet()) {
                field(mac, parameter.getKey().getBytes(StandardCharsets.UTF_8));
                mac.update(ByteBuffer.allocate(Long.BYTES)
                        .putLong(parameter.getValue())
                        .flip());
            }
            field(mac, described.salt());
            field(mac, binding);
            return mac.doFinal();
        } catch (GeneralSecurityException absent) {
            throw new KeyException(
                    ErrorCode.KEY_ALGORITHM,
                    "No security provider has HmacSHA256",
                    "Configure a security provider that has HMAC-SHA-256",
                    absent);
        }
    }

    private static void field(Mac mac, byte[] field) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).flip());
        mac.update(field);
    }
}
