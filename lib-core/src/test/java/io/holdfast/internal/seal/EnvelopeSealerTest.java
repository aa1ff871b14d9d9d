// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.SealBrokenException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EnvelopeSealerTest {
    private static final EnvelopeName NAME = new EnvelopeName(EnvelopeKind.RECORD, "ab12", 7);
    private static final byte[] FRONT = "parent and packs".getBytes(UTF_8);
    private static final byte[] BODY = "tenant table, times, counts".getBytes(UTF_8);

    private final RepositoryKeys keys = keys(new byte[32], new byte[16]);
    private final EnvelopeSealer sealer = keys.envelopes();

    @Test
    void opensWhatItSealed() throws SealBrokenException {
        OpenedEnvelope opened = sealer.open(NAME, sealer.seal(NAME, FRONT, BODY));

        assertThat(opened.front()).isEqualTo(FRONT);
        assertThat(opened.body()).isEqualTo(BODY);
    }

    @Test
    void opensAnEmptyBodyAndOneOfManySegments() throws SealBrokenException {
        byte[] large = new byte[100_000];
        Arrays.fill(large, (byte) 5);

        assertThat(sealer.open(NAME, sealer.seal(NAME, new byte[0], new byte[0]))
                        .body())
                .isEmpty();
        assertThat(sealer.open(NAME, sealer.seal(NAME, large, large)).body()).isEqualTo(large);
    }

    @Test
    void readsTheFrontWithoutAKey() throws SealBrokenException {
        EnvelopeFront front = EnvelopeFront.read(sealer.seal(NAME, FRONT, BODY));

        assertThat(front.kind()).isEqualTo(EnvelopeKind.RECORD);
        assertThat(front.front()).isEqualTo(FRONT);
        assertThat(front.bodyLength()).isEqualTo(BODY.length);
    }

    @Test
    void hidesTheBody() {
        byte[] sealed = sealer.seal(NAME, new byte[0], BODY);

        assertThat(new String(sealed, UTF_8)).doesNotContain("tenant", "times", "counts", "ab12");
    }

    @Test
    void refusesEveryFlippedBit() {
        byte[] sealed = sealer.seal(NAME, FRONT, BODY);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] altered = sealed.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> sealer.open(NAME, altered))
                    .as("bit %d", bit)
                    .isInstanceOf(SealBrokenException.class);
        }
    }

    @Test
    void refusesEveryTruncationAndAnythingAppended() {
        byte[] sealed = sealer.seal(NAME, FRONT, BODY);
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> sealer.open(NAME, cut)).isInstanceOf(SealBrokenException.class);
        }
        assertThatThrownBy(() -> sealer.open(NAME, Arrays.copyOf(sealed, sealed.length + 1)))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    void refusesAnEnvelopeThatWasCopiedToAnotherName() {
        byte[] sealed = sealer.seal(NAME, FRONT, BODY);
        List<EnvelopeName> others = List.of(
                new EnvelopeName(EnvelopeKind.RECORD, "ab12", 8),
                new EnvelopeName(EnvelopeKind.RECORD, "ab13", 7),
                new EnvelopeName(EnvelopeKind.RECORD, "", 7),
                new EnvelopeName(EnvelopeKind.PROGRESS, "ab12", 7));

        for (EnvelopeName other : others) {
            assertThatThrownBy(() -> sealer.open(other, sealed)).isInstanceOf(SealBrokenException.class);
        }
    }

    @Test
    void refusesAnEnvelopeOfAnotherKindEvenIfItsKindByteIsChanged() {
        byte[] sealed = sealer.seal(NAME, FRONT, BODY);
        sealed[5] = (byte) EnvelopeKind.PROGRESS.code();

        assertThatThrownBy(() -> sealer.open(new EnvelopeName(EnvelopeKind.PROGRESS, "ab12", 7), sealed))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    void refusesAnEnvelopeOfAnotherRepositoryOrKey() {
        byte[] sealed = sealer.seal(NAME, FRONT, BODY);
        byte[] otherId = new byte[16];
        otherId[0] = 1;
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;

        assertThatThrownBy(() -> keys(new byte[32], otherId).envelopes().open(NAME, sealed))
                .isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() -> keys(otherKey, new byte[16]).envelopes().open(NAME, sealed))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    void refusesLengthsOutsideTheirLimitsBeforeItAllocates() {
        for (int offset : new int[] {40, 44}) {
            for (int length : new int[] {Integer.MAX_VALUE, -1, 0x7000_0000}) {
                byte[] sealed = sealer.seal(NAME, FRONT, BODY);
                ByteBuffer.wrap(sealed).putInt(offset, length);
                assertThatThrownBy(() -> sealer.open(NAME, sealed))
                        .isInstanceOf(SealBrokenException.class)
                        .hasMessageContaining("allowed are");
            }
        }
    }

    @Test
    void refusesABodyLengthThatTheObjectDoesNotHaveBeforeItAllocates() {
        byte[] sealed = sealer.seal(NAME, FRONT, BODY);
        ByteBuffer.wrap(sealed).putInt(44, EnvelopeFront.MAX_BODY_BYTES);

        assertThatThrownBy(() -> sealer.open(NAME, sealed))
                .isInstanceOf(SealBrokenException.class)
                .hasMessageContaining("not as long as its header says");
    }

    @Test
    void neverSealsTheSameContentToTheSameBytes() {
        assertThat(sealer.seal(NAME, FRONT, BODY)).isNotEqualTo(sealer.seal(NAME, FRONT, BODY));
    }

    @Test
    void refusesNamesThatCannotBePlaces() {
        assertThatThrownBy(() -> new EnvelopeName(EnvelopeKind.RECORD, "a b", 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EnvelopeName(EnvelopeKind.RECORD, "a", -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RepositoryKeys keys(byte[] key, byte[] id) {
        return new RepositoryKeys(key, id, Encryptor.aes256Gcm(), new CountingRandomness());
    }
}
