// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.WrappedKey;
import io.holdfast.internal.digest.Sha256;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The bytes of a key slot (FORMAT.md, "Key slots"). A plain SHA-256 at the end tells damage from a wrong key; it proves nothing.
 */
final class KeySlotCodec {
    private static final int MAGIC = 0x48464b53; // "HFKS"
    private static final int VERSION = 1;
    private static final int SUM_BYTES = 32;
    private static final int MAX_BYTES = 8192;
    private static final int MAX_NAME = 32;
    private static final int MAX_PARAMETERS = 16;
    private static final int MAX_SALT = 64;
    private static final int MAX_WRAPPED = 4096;
    private static final int MAX_SEALED_KEY = 96;

    private KeySlotCodec() {}

    static byte[] encode(KeySlot slot) {
        byte[] body = body(slot);
        byte[] out = Arrays.copyOf(body, body.length + Hmac.BYTES + SUM_BYTES);
        System.arraycopy(slot.code(), 0, out, body.length, Hmac.BYTES);
        byte[] sum = sum(out, body.length + Hmac.BYTES);
        System.arraycopy(sum, 0, out, body.length + Hmac.BYTES, SUM_BYTES);
        return out;
    }

    /** All that the code of the slot covers. */
    static byte[] body(KeySlot slot) {
        WrappedKey wrapped = slot.wrapped();
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);
        out.putInt(MAGIC).put((byte) VERSION).put(slot.repositoryId()).put(slot.slotId());
        putName(out, wrapped.provider());
        if (wrapped.parameters().size() > MAX_PARAMETERS) {
            throw new IllegalArgumentException(
                    "key slot with " + wrapped.parameters().size() + " parameters; allowed are 16");
        }
        out.put((byte) wrapped.parameters().size());
        for (Map.Entry<String, Long> parameter : wrapped.parameters().entrySet()) {
            putName(out, parameter.getKey());
            out.putLong(parameter.getValue());
        }
        byte[] salt = wrapped.salt();
        byte[] key = wrapped.wrapped();
        out.put((byte) salt.length).put(salt).putShort((short) key.length).put(key);
        out.put((byte) slot.sealedKey().length).put(slot.sealedKey());
        return Arrays.copyOf(out.array(), out.position());
    }

    static KeySlot decode(byte[] bytes) throws SealBrokenException {
        int covered = bytes.length - SUM_BYTES;
        if (covered < 0 || bytes.length > MAX_BYTES) {
            throw new SealBrokenException("it has " + bytes.length + " bytes");
        }
        if (!MessageDigest.isEqual(sum(bytes, covered), Arrays.copyOfRange(bytes, covered, bytes.length))) {
            throw new SealBrokenException("its checksum is wrong");
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes, 0, covered);
            KeySlot slot = decode(in);
            if (in.hasRemaining()) {
                throw new SealBrokenException("it has " + in.remaining() + " bytes too many");
            }
            return slot;
        } catch (BufferUnderflowException cut) {
            throw new SealBrokenException("it is cut off");
        }
    }

    private static KeySlot decode(ByteBuffer in) throws SealBrokenException {
        if (in.getInt() != MAGIC) {
            throw new SealBrokenException("it does not begin as a key slot");
        }
        int version = in.get() & 0xff;
        if (version != VERSION) {
            throw new SealBrokenException("its version " + version + " is not known");
        }
        byte[] repositoryId = take(in, RepositoryKeys.ID_BYTES, RepositoryKeys.ID_BYTES);
        byte[] slotId = take(in, KeySlot.ID_BYTES, KeySlot.ID_BYTES);
        String provider = takeName(in);
        SortedMap<String, Long> parameters = takeParameters(in);
        byte[] salt = take(in, in.get() & 0xff, MAX_SALT);
        byte[] wrapped = take(in, in.getShort() & 0xffff, MAX_WRAPPED);
        byte[] sealedKey = take(in, in.get() & 0xff, MAX_SEALED_KEY);
        byte[] code = take(in, Hmac.BYTES, Hmac.BYTES);
        return new KeySlot(repositoryId, slotId, new WrappedKey(provider, parameters, salt, wrapped), sealedKey, code);
    }

    private static SortedMap<String, Long> takeParameters(ByteBuffer in) throws SealBrokenException {
        int count = in.get() & 0xff;
        if (count > MAX_PARAMETERS) {
            throw new SealBrokenException("it has " + count + " parameters");
        }
        TreeMap<String, Long> parameters = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String name = takeName(in);
            if (!parameters.isEmpty() && parameters.lastKey().compareTo(name) >= 0) {
                throw new SealBrokenException("its parameters are not in order");
            }
            parameters.put(name, in.getLong());
        }
        return parameters;
    }

    private static void putName(ByteBuffer out, String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is not 1 to 32 lower-case letters, digits and hyphens, as key slots need");
        }
        out.put((byte) name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
    }

    private static String takeName(ByteBuffer in) throws SealBrokenException {
        String name = new String(take(in, in.get() & 0xff, MAX_NAME), StandardCharsets.US_ASCII);
        if (!isName(name)) {
            throw new SealBrokenException("it holds a name that is none");
        }
        return name;
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME
                && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
    }

    private static byte[] take(ByteBuffer in, int length, int limit) throws SealBrokenException {
        if (length > limit || length > in.remaining()) {
            throw new SealBrokenException("it names a field of " + length + " bytes; " + limit + " are allowed and "
                    + in.remaining() + " are left");
        }
        byte[] field = new byte[length];
        in.get(field);
        return field;
    }

    private static byte[] sum(byte[] bytes, int length) {
        MessageDigest sha256 = Sha256.start();
        sha256.update(bytes, 0, length);
        return sha256.digest();
    }
}
