// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What a host might bring instead of the default: AES-256 in counter mode, then HMAC-SHA-256; all its lengths are other ones. */
final class CtrHmacEncryptor implements Encryptor {
    private static final int HALF = 32;
    private static final int TAG = 32;

    @Override
    public String suite() {
        return "A256CTR-HS256";
    }

    @Override
    public int keyBytes() {
        return 2 * HALF;
    }

    @Override
    public int nonceBytes() {
        return 16;
    }

    @Override
    public int tagBytes() {
        return TAG;
    }

    @Override
    public int seal(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) {
        check(key, nonce, out, in.length() + TAG);
        crypt(key, nonce, in, out);
        byte[] tag = tag(key, nonce, bound, new Slice(out.bytes(), out.offset(), in.length()));
        System.arraycopy(tag, 0, out.bytes(), out.offset() + in.length(), TAG);
        return in.length() + TAG;
    }

    @Override
    public int open(byte[] key, byte[] nonce, byte[] bound, Slice in, Slice out) throws SealBrokenException {
        int length = in.length() - TAG;
        if (length < 0) {
            throw new SealBrokenException("sealed message of " + in.length() + " bytes");
        }
        check(key, nonce, out, length);
        Slice message = new Slice(in.bytes(), in.offset(), length);
        byte[] tag = Arrays.copyOfRange(in.bytes(), in.offset() + length, in.offset() + in.length());
        if (!MessageDigest.isEqual(tag, tag(key, nonce, bound, message))) {
            throw new SealBrokenException("sealed message of " + in.length() + " bytes does not open");
        }
        crypt(key, nonce, message, out);
        return length;
    }

    private static void check(byte[] key, byte[] nonce, Slice out, int needed) {
        if (key.length != 2 * HALF || nonce.length != 16 || out.length() < needed) {
            throw new IllegalArgumentException("key of " + key.length + ", nonce of " + nonce.length + " and output of "
                    + out.length() + " bytes; needed are 64, 16 and " + needed);
        }
    }

    private static void crypt(byte[] key, byte[] nonce, Slice in, Slice out) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, 0, HALF, "AES"), new IvParameterSpec(nonce));
            cipher.doFinal(in.bytes(), in.offset(), in.length(), out.bytes(), out.offset());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES in counter mode", e);
        }
    }

    private static byte[] tag(byte[] key, byte[] nonce, byte[] bound, Slice message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, HALF, HALF, "HmacSHA256"));
            // The tag would not notice another key of the cipher by itself.
            mac.update(key, 0, HALF);
            mac.update(nonce);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bound.length).flip());
            mac.update(bound);
            mac.update(message.bytes(), message.offset(), message.length());
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }
}
