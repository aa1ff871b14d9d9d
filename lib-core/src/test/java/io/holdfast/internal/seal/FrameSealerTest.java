// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.KeyException;
import io.holdfast.internal.seal.FrameHeader.Compression;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class FrameSealerTest {
    private static final String SCOPE = "0123456789abcdef0123456789abcdef";
    private static final FramePlace PLACE = new FramePlace("content", SCOPE, 1);
    private static final byte[] IDS = new byte[60];

    private final CountingRandomness randomness = new CountingRandomness();
    private final RepositoryKeys keys = keys(new byte[16]);
    private final DataKeyRing ring = DataKeyRing.first(randomness);
    private final FrameSealer sealer = keys.frames(ring, PLACE);
    private final byte[] salt = sealer.newSalt(Slice.of(IDS));

    @Test
    void opensWhatItSealedInTheMiddleOfABuffer() throws SealBrokenException {
        byte[] payload = filled(100_000);
        FrameHeader header = new FrameHeader(Compression.ZSTD, 130_000, payload.length, 17);
        byte[] pack = new byte[200_000];

        int length = sealer.seal(header, salt, Slice.of(payload), pack, 321);

        assertThat(length).isEqualTo(sealer.frameLength(payload.length)).isEqualTo(36 + 100_000 + 4 * 16);
        Slice stored = new Slice(pack, 321, length);
        assertThat(sealer.openHeader(salt, new Slice(pack, 321, sealer.headerLength()), length))
                .isEqualTo(header);
        OpenedFrame opened = sealer.open(salt, stored);
        assertThat(opened.header()).isEqualTo(header);
        assertThat(opened.payload()).isEqualTo(payload);
    }

    @Test
    void refusesEveryFlippedBitAndEveryTruncation() {
        byte[] frame = frame(filled(120));
        for (int bit = 0; bit < frame.length * 8; bit++) {
            byte[] altered = frame.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> sealer.open(salt, Slice.of(altered))).isInstanceOf(SealBrokenException.class);
        }
        for (int length = 0; length < frame.length; length++) {
            Slice cut = new Slice(frame, 0, length);
            assertThatThrownBy(() -> sealer.open(salt, cut)).isInstanceOf(SealBrokenException.class);
        }
        assertThatThrownBy(() -> sealer.open(salt, Slice.of(Arrays.copyOf(frame, frame.length + 1))))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    void refusesBitsFlippedInAFrameOfManySegments() {
        byte[] frame = frame(filled(100_000));
        for (int at = 0; at < frame.length; at += 499) {
            byte[] altered = frame.clone();
            altered[at] ^= 1;
            assertThatThrownBy(() -> sealer.open(salt, Slice.of(altered))).isInstanceOf(SealBrokenException.class);
        }
    }

    @Test
    void opensOnlyInItsRepositoryKindScopeAndEpochAndWithItsSalt() {
        byte[] frame = frame(filled(10));
        DataKeyRing two = ring.rotated(randomness);
        byte[] otherId = new byte[16];
        otherId[3] = 1;

        assertRefused(keys.frames(ring, new FramePlace("meta", SCOPE, 1)), salt, frame);
        assertRefused(keys.frames(ring, new FramePlace("content", SCOPE.replace('0', '1'), 1)), salt, frame);
        assertRefused(keys.frames(two, new FramePlace("content", SCOPE, 2)), salt, frame);
        assertRefused(keys(otherId).frames(ring, PLACE), salt, frame);
        assertRefused(keys.frames(DataKeyRing.first(randomness), PLACE), salt, frame);
        assertRefused(sealer, sealer.newSalt(Slice.of(IDS)), frame);
    }

    @Test
    void anOldEpochStaysReadableAfterARotation() throws SealBrokenException {
        byte[] frame = frame(filled(10));
        DataKeyRing two = ring.rotated(randomness);
        ring.close();

        assertThat(keys.frames(two, PLACE).open(salt, Slice.of(frame)).payload())
                .isEqualTo(filled(10));
    }

    @Test
    void namesTheEpochThatTheRingDoesNotHave() {
        assertThatThrownBy(() -> keys.frames(ring, new FramePlace("content", SCOPE, 2)))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("epoch 2")
                .extracting(error -> ((KeyException) error).code())
                .isEqualTo(ErrorCode.KEY_REFUSED);
    }

    @Test
    void aHeaderTellsTheLengthThatItsFrameMustHave() {
        byte[] frame = frame(filled(1000));
        Slice header = new Slice(frame, 0, sealer.headerLength());

        assertThatThrownBy(() -> sealer.openHeader(salt, header, frame.length + 1))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    void refusesHeadersOutsideTheLimitsThoughTheyAreSealedRight() {
        byte[] good = new FrameHeader(Compression.RAW, 100, 100, 1).bytes();
        assertParses(good);
        assertRefusedHeader(good, 0, 2);
        assertRefusedHeader(good, 1, 2);
        assertRefusedHeader(good, 3, 1);
        assertRefusedHeader(good, 7, 1);
        assertRefusedHeader(good, 8, 0x7f);
        assertRefusedHeader(good, 8, 0x80);
        assertRefusedHeader(good, 12, 1);
        assertRefusedHeader(good, 12, 0x80);
        assertRefusedHeader(good, 16, 0x7f);
        byte[] noBlobs = good.clone();
        ByteBuffer.wrap(noBlobs).putInt(16, 0);
        assertThatThrownBy(() -> FrameHeader.parse(noBlobs)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void refusesLengthsThatContradictEachOther() {
        assertThatThrownBy(() -> new FrameHeader(Compression.RAW, 10, 11, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FrameHeader(Compression.ZSTD, 10, 10, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FrameHeader(Compression.RAW, FrameHeader.MAX_PLAIN_BYTES + 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        FrameHeader ten = new FrameHeader(Compression.RAW, 10, 10, 1);
        assertThatThrownBy(() -> sealer.seal(ten, salt, Slice.of(new byte[9]), new byte[100], 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLongestFrameFitsTheThreeBytesOfAnIndexEntry() {
        assertThat(sealer.frameLength(FrameHeader.MAX_PLAIN_BYTES)).isLessThan(1 << 24);
    }

    @Test
    void saltsDifferBySeedAndByContent() {
        RepositoryKeys stuck = new RepositoryKeys(
                new byte[32], new byte[16], Encryptor.aes256Gcm(), bytes -> Arrays.fill(bytes, (byte) 9));
        FrameSealer same = stuck.frames(ring, PLACE);

        assertThat(sealer.newSalt(Slice.of(IDS))).isNotEqualTo(sealer.newSalt(Slice.of(IDS)));
        assertThat(same.newSalt(new Slice(IDS, 0, 20))).isNotEqualTo(same.newSalt(new Slice(IDS, 0, 40)));
    }

    @Test
    void takesOnlyKeyedNamesAsScopes() {
        assertThatThrownBy(() -> new FramePlace("content", "local", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keys.blobIds("local")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesNothingOnceTheKeyIsCleared() {
        sealer.close();

        assertThatThrownBy(() -> sealer.newSalt(Slice.of(IDS))).isInstanceOf(IllegalStateException.class);
        ring.close();
        assertThatThrownBy(() -> keys.frames(ring, PLACE)).isInstanceOf(IllegalStateException.class);
    }

    private byte[] frame(byte[] payload) {
        byte[] frame = new byte[sealer.frameLength(payload.length)];
        sealer.seal(
                new FrameHeader(Compression.RAW, payload.length, payload.length, 3), salt, Slice.of(payload), frame, 0);
        return frame;
    }

    private static void assertRefused(FrameSealer other, byte[] salt, byte[] frame) {
        assertThatThrownBy(() -> other.open(salt, Slice.of(frame))).isInstanceOf(SealBrokenException.class);
    }

    private static void assertParses(byte[] header) {
        try {
            assertThat(FrameHeader.parse(header).blobs()).isEqualTo(1);
        } catch (SealBrokenException refused) {
            throw new AssertionError(refused);
        }
    }

    private static void assertRefusedHeader(byte[] good, int at, int value) {
        byte[] bad = good.clone();
        bad[at] = (byte) value;
        assertThatThrownBy(() -> FrameHeader.parse(bad)).isInstanceOf(SealBrokenException.class);
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 13 + (i >>> 9));
        }
        return bytes;
    }

    private static RepositoryKeys keys(byte[] id) {
        return new RepositoryKeys(new byte[32], id, Encryptor.aes256Gcm(), new CountingRandomness());
    }
}
