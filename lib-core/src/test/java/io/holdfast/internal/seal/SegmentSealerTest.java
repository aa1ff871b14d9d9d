// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import static io.holdfast.internal.seal.SegmentSealer.SEGMENT_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SegmentSealerTest {
    private static final int TAG = 16;
    private final Encryptor encryptor = Encryptor.aes256Gcm();
    private final SegmentSealer sealer = new SegmentSealer(encryptor, new byte[32], new byte[] {7});

    @Test
    void laysSegmentsAndNoncesAsTheFormatSays() throws SealBrokenException {
        byte[] plain = filled(SEGMENT_BYTES + 5);
        byte[] sealed = sealed(0x01020304050607L, plain);

        byte[] first = new byte[SEGMENT_BYTES];
        byte[] firstNonce = {1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0};
        encryptor.open(
                new byte[32], firstNonce, new byte[] {7}, new Slice(sealed, 0, SEGMENT_BYTES + TAG), Slice.of(first));
        assertThat(first).isEqualTo(Arrays.copyOf(plain, SEGMENT_BYTES));
        byte[] last = new byte[5];
        byte[] lastNonce = {1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 1, 1};
        encryptor.open(
                new byte[32], lastNonce, new byte[] {7}, new Slice(sealed, SEGMENT_BYTES + TAG, 21), Slice.of(last));
        assertThat(last).isEqualTo(Arrays.copyOfRange(plain, SEGMENT_BYTES, plain.length));
    }

    @Test
    void refusesARangeThatIsCutAnywhere() {
        byte[] sealed = sealed(0, filled(SEGMENT_BYTES + 40));
        for (int length = 0; length < sealed.length; length += length < SEGMENT_BYTES - 40 ? 997 : 1) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> open(0, cut)).as("cut to %d", length).isInstanceOf(SealBrokenException.class);
        }
    }

    @Test
    void refusesACutAtTheEndOfASegment() {
        byte[] sealed = sealed(0, filled(3 * SEGMENT_BYTES));
        assertThatThrownBy(() -> open(0, Arrays.copyOf(sealed, 2 * (SEGMENT_BYTES + TAG))))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    void refusesSegmentsThatChangedPlaces() {
        byte[] sealed = sealed(0, filled(3 * SEGMENT_BYTES));
        int length = SEGMENT_BYTES + TAG;
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, 0, swapped, length, length);
        System.arraycopy(sealed, length, swapped, 0, length);
        assertThatThrownBy(() -> open(0, swapped)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void refusesAnotherNumberAnotherKeyAndOtherAssociatedData() {
        byte[] sealed = sealed(3, filled(100));
        assertThatThrownBy(() -> open(4, sealed)).isInstanceOf(SealBrokenException.class);
        byte[] out = new byte[100];
        byte[] otherKey = new byte[32];
        otherKey[31] = 1;
        assertThatThrownBy(
                        () -> new SegmentSealer(encryptor, otherKey, new byte[] {7}).open(3, Slice.of(sealed), out, 0))
                .isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() ->
                        new SegmentSealer(encryptor, new byte[32], new byte[] {8}).open(3, Slice.of(sealed), out, 0))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    void opensOnlyTheSegmentsThatARangedReadNeeds() throws SealBrokenException {
        byte[] plain = filled(5 * SEGMENT_BYTES + 77);
        byte[] sealed = sealed(0, plain);
        SegmentRange range = SegmentRange.covering(2L * SEGMENT_BYTES - 1, 2, plain.length);

        byte[] out = new byte[Math.toIntExact(range.plainBytes())];
        Slice fetched = new Slice(sealed, (int) range.sealedOffset(TAG), (int) range.sealedLength(TAG));
        int written = sealer.open(0, range, fetched, out, 0);

        assertThat(range).isEqualTo(new SegmentRange(1, 2, plain.length));
        assertThat(written).isEqualTo(out.length);
        assertThat(out).isEqualTo(Arrays.copyOfRange(plain, SEGMENT_BYTES, 3 * SEGMENT_BYTES));
    }

    @Test
    void opensTheShortLastSegmentAlone() throws SealBrokenException {
        byte[] plain = filled(2 * SEGMENT_BYTES + 9);
        byte[] sealed = sealed(0, plain);
        SegmentRange range = SegmentRange.covering(2L * SEGMENT_BYTES + 3, 6, plain.length);

        byte[] out = new byte[9];
        sealer.open(0, range, new Slice(sealed, (int) range.sealedOffset(TAG), (int) range.sealedLength(TAG)), out, 0);

        assertThat(out).isEqualTo(Arrays.copyOfRange(plain, 2 * SEGMENT_BYTES, plain.length));
    }

    @Test
    void refusesARangeOutsideThePlaintext() {
        assertThatThrownBy(() -> SegmentRange.covering(90, 11, 100)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SegmentRange.covering(Long.MAX_VALUE, 1, 100))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SegmentRange(0, 2, SEGMENT_BYTES)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHeaderIsNotASegment() {
        byte[] header = new byte[20 + TAG];
        sealer.sealHeader(0, Slice.of(new byte[20]), header, 0);
        assertThatThrownBy(() -> open(0, header)).isInstanceOf(SealBrokenException.class);
        byte[] segment = sealed(0, new byte[20]);
        assertThatThrownBy(() -> sealer.openHeader(0, Slice.of(segment))).isInstanceOf(SealBrokenException.class);
    }

    private byte[] sealed(long number, byte[] plain) {
        byte[] out = new byte[(int) SegmentSealer.sealedLength(plain.length, TAG)];
        assertThat(sealer.seal(number, Slice.of(plain), out, 0)).isEqualTo(out.length);
        return out;
    }

    private byte[] open(long number, byte[] sealed) throws SealBrokenException {
        byte[] out = new byte[(int) SegmentSealer.plainLength(sealed.length, TAG)];
        sealer.open(number, Slice.of(sealed), out, 0);
        return out;
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + (i >>> 8));
        }
        return bytes;
    }
}
