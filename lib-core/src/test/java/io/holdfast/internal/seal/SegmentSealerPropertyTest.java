// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import java.util.Arrays;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

final class SegmentSealerPropertyTest {
    private static final int TAG = 16;

    @Property(tries = 100)
    void opensWhatItSealedAtAnyLengthNumberAndOffset(
            @ForAll @IntRange(max = 140_000) int length,
            @ForAll @LongRange(min = 0, max = SegmentSealer.MAX_NUMBER) long number,
            @ForAll @IntRange(max = 9) int shift,
            @ForAll @Size(32) byte[] key)
            throws SealBrokenException {
        byte[] plain = new byte[length + shift];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (i * 7 + key[i % 32]);
        }
        SegmentSealer sealer = new SegmentSealer(Encryptor.aes256Gcm(), key, new byte[0]);

        int sealedLength = (int) SegmentSealer.sealedLength(length, TAG);
        byte[] sealed = new byte[sealedLength + shift];
        assertThat(sealer.seal(number, new Slice(plain, shift, length), sealed, shift))
                .isEqualTo(sealedLength);
        assertThat(SegmentSealer.plainLength(sealedLength, TAG)).isEqualTo(length);
        byte[] back = new byte[length + shift];
        sealer.open(number, new Slice(sealed, shift, sealedLength), back, shift);

        assertThat(Arrays.copyOfRange(back, shift, back.length))
                .isEqualTo(Arrays.copyOfRange(plain, shift, plain.length));
    }

    @Property
    void aRangedReadCoversExactlyTheSegmentsThatItNeeds(
            @ForAll @LongRange(min = 1, max = 1L << 40) long total,
            @ForAll @LongRange(min = 0) long offset,
            @ForAll @IntRange(min = 1, max = 1 << 24) int length) {
        long from = offset % total;
        Assume.that(length <= total - from);

        SegmentRange range = SegmentRange.covering(from, length, total);

        assertThat(range.plainOffset()).isLessThanOrEqualTo(from).isGreaterThan(from - SegmentSealer.SEGMENT_BYTES);
        assertThat(range.plainOffset() + range.plainBytes()).isGreaterThanOrEqualTo(from + length);
        assertThat(range.sealedOffset(TAG) + range.sealedLength(TAG))
                .isLessThanOrEqualTo(SegmentSealer.sealedLength(total, TAG));
    }
}
