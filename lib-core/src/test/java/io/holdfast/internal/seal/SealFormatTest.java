// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.crypto.Argon2Cost;
import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Opens objects of format version 1 that were not made by this code, but by a program written in another language from the text of
 * FORMAT.md. They are never made again: a change that cannot open them is another format.
 */
final class SealFormatTest {
    private static final String LINEAGE = "43f52a9f8ee14a646e193061b3c364e8";
    private static final String RAW_SLOT = "b69eecc97e22986b";
    private static final String PASSPHRASE_SLOT = "236efa34cce908b4";
    private static final byte[] ID = counting(0xa0, 16);

    private final Encryptor encryptor = Encryptor.aes256Gcm();
    private final byte[] repositoryKey = counting(1, 32);
    private final RepositoryKeys keys = new RepositoryKeys(repositoryKey, ID, encryptor, new CountingRandomness());

    @Test
    void namesTheLineage() {
        assertThat(keys.lineageName("mail", "")).isEqualTo(LINEAGE);
    }

    @Test
    void opensAnEnvelopeOfTwoSegments() throws SealBrokenException {
        OpenedEnvelope opened =
                keys.envelopes().open(new EnvelopeName(EnvelopeKind.RECORD, LINEAGE, 7), golden("envelope"));

        assertThat(new String(opened.front(), UTF_8)).isEqualTo("the front");
        assertThat(new String(opened.body(), UTF_8)).isEqualTo("the body ".repeat(5000));
    }

    @Test
    void opensABlockOfARun() throws SealBrokenException {
        byte[] saltAndBlock = golden("block");
        BlockSealer run = keys.forObject("manifest-run", Arrays.copyOf(saltAndBlock, 32));

        byte[] block = run.open(3, saltAndBlock, 32, saltAndBlock.length - 32);

        assertThat(new String(block, UTF_8)).isEqualTo("block three ".repeat(100));
    }

    @Test
    void opensTheRawSlotTheRingAndAFrameOfItsSecondEpoch() throws SealBrokenException {
        try (KeyProvider raw = KeyProviders.raw(repositoryKey)) {
            assertOpensAFrame(slot(RAW_SLOT, "slot-raw", raw));
        }
    }

    @Test
    void opensThePassphraseSlotTheRingAndAFrameOfItsSecondEpoch() throws SealBrokenException {
        Argon2Cost other = new Argon2Cost(19 * 1024, 1, 1);
        try (KeyProvider passphrase = KeyProviders.passphrase("caf\u00e9 au lait".toCharArray(), other)) {
            assertOpensAFrame(slot(PASSPHRASE_SLOT, "slot-passphrase", passphrase));
        }
    }

    private OpenedSlot slot(String name, String resource, KeyProvider provider) {
        return KeySlot.parse(name, golden(resource))
                .open(provider, ID, encryptor)
                .orElseThrow();
    }

    private void assertOpensAFrame(OpenedSlot slot) throws SealBrokenException {
        byte[] saltAndFrame = golden("frame");
        SealedKeyRing sealed = SealedKeyRing.read(keys, 3, golden("ring"));
        assertThat(sealed.slots()).containsExactly(PASSPHRASE_SLOT, RAW_SLOT);
        assertThat(slot.repositoryKey()).isEqualTo(repositoryKey);
        try (DataKeyRing ring = sealed.open(slot, keys).orElseThrow();
                FrameSealer sealer = keys.frames(ring, new FramePlace("content", keys.scopeName("local"), 2))) {
            Slice frame = new Slice(saltAndFrame, 32, saltAndFrame.length - 32);
            OpenedFrame opened = sealer.open(Arrays.copyOf(saltAndFrame, 32), frame);
            assertThat(new String(opened.payload(), UTF_8)).isEqualTo("two blobs. ".repeat(4000));
            assertThat(opened.header()).isEqualTo(new FrameHeader(FrameHeader.Compression.RAW, 44_000, 44_000, 2));
        }
    }

    private static byte[] golden(String name) {
        String resource = "/golden/seal-v1/" + name + ".bin";
        try (InputStream in = SealFormatTest.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource).readAllBytes();
        } catch (IOException broken) {
            throw new AssertionError(resource, broken);
        }
    }

    private static byte[] counting(int from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (from + i);
        }
        return bytes;
    }
}
