// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.holdfast.error.RepositoryException;

/** Turns the payload of an opened block, which is a codec and bytes, into the plain block. */
final class BlockDecoder {
    private BlockDecoder() {}

    static RunBlock decode(RunBlock.Origin origin, byte[] payload, int plainLength) {
        if (payload.length == 0) {
            throw damaged(origin, "it is empty");
        }
        if (payload[0] == RunFormat.CODEC_RAW) {
            if (payload.length - 1 != plainLength) {
                throw damaged(origin, "it has " + (payload.length - 1) + " bytes, not " + plainLength);
            }
            return RunBlock.of(origin, payload, 1, plainLength);
        }
        if (payload[0] != RunFormat.CODEC_ZSTD) {
            throw damaged(origin, "its codec is " + payload[0]);
        }
        byte[] plain = new byte[plainLength];
        long length;
        try {
            length = Zstd.decompressByteArray(plain, 0, plainLength, payload, 1, payload.length - 1);
        } catch (ZstdException refused) {
            throw RunDamage.in(
                    origin.run(), "block " + origin.number(), "zstd refuses it: " + refused.getMessage(), refused);
        }
        if (length != plainLength) {
            throw damaged(origin, "it unpacks to " + length + " bytes, not " + plainLength);
        }
        return RunBlock.of(origin, plain, 0, plainLength);
    }

    private static RepositoryException damaged(RunBlock.Origin origin, String what) {
        return RunDamage.in(origin.run(), "block " + origin.number(), what);
    }
}
