// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RepositoryKeysTest {
    private final byte[] key = counting(32);
    private final RepositoryKeys keys = keys(key, new byte[16]);

    @Test
    void derivesTheSameValuesForEver() {
        assertThat(keys.fingerprint()).isEqualTo("0db101231ebabfd0");
        assertThat(keys.lineageName("mail", "")).isEqualTo("f5f72c7789c05ac3627e8981ecc40103");
        assertThat(hex(keys.gearKey())).isEqualTo("962a5db7fe2777c18466c1069d7a4bcf9104a1b2f01db079d34c3374c419a5dc");
        assertThat(hex(keys.digests().of(new byte[] {1})))
                .isEqualTo("9f3e77a796728f27994304cf8b6637bab4b73d93e4256a72a61c3e6b95f3d529");
        assertThat(hex(keys.descriptors().of(new byte[] {1})))
                .isEqualTo("ce5ef718d89aeb70600192de9430552ce303825510a140f85a7df8430b2fad87");
        try (KeyedHash ids = keys.blobIds(keys.scopeName("local"))) {
            assertThat(hex(ids.of(new byte[] {1})))
                    .isEqualTo("c61c4f8d583731987999e3661eb91630149c807083748b0e016c10129dbc77d9");
        }
    }

    @Test
    void theDigestDependsOnTheRepositoryKeyAlone() {
        byte[] otherId = counting(16);
        RepositoryKeys other = keys(key, otherId);

        assertThat(other.digests().of(new byte[5])).isEqualTo(keys.digests().of(new byte[5]));
        assertThat(other.fingerprint()).isNotEqualTo(keys.fingerprint());
        assertThat(other.gearKey()).isNotEqualTo(keys.gearKey());
        assertThat(other.scopeName("local")).isNotEqualTo(keys.scopeName("local"));
    }

    @Test
    void givesEachScopeIdsOfItsOwn() {
        try (KeyedHash one = keys.blobIds(keys.scopeName("one"));
                KeyedHash two = keys.blobIds(keys.scopeName("two"))) {
            assertThat(one.of(new byte[9])).isNotEqualTo(two.of(new byte[9]));
            assertThat(one.matches(Slice.of(new byte[9]), one.of(new byte[9]))).isTrue();
            assertThat(one.matches(Slice.of(new byte[9]), two.of(new byte[9]))).isFalse();
        }
    }

    @Test
    void namesTellLineagesScopesAndTheirPartsApart() {
        Set<String> names = Set.of(
                keys.lineageName("a", "b"),
                keys.lineageName("ab", ""),
                keys.lineageName("", "ab"),
                keys.scopeName("ab"),
                keys.keyedName("subject", "ab"));

        assertThat(names).hasSize(5).allMatch(name -> name.matches("[0-9a-f]{32}"));
    }

    @Test
    void sealsBlocksThatOpenOnlyAtTheirNumberKindAndSalt() throws SealBrokenException {
        byte[] salt = keys.newSalt();
        BlockSealer run = keys.forObject("manifest-run", salt);
        byte[] block = counting(16 * 1024);
        byte[] sealed = run.seal(3, block, 0, block.length);

        assertThat(sealed).hasSize(block.length + run.overheadBytes(block.length));
        assertThat(keys.forObject("manifest-run", salt).open(3, sealed, 0, sealed.length))
                .isEqualTo(block);
        assertThatThrownBy(() -> run.open(4, sealed, 0, sealed.length)).isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() -> keys.forObject("index-run", salt).open(3, sealed, 0, sealed.length))
                .isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() -> keys.forObject("manifest-run", keys.newSalt()).open(3, sealed, 0, sealed.length))
                .isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() ->
                        keys(key, counting(16)).forObject("manifest-run", salt).open(3, sealed, 0, sealed.length))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    void sealsABlockThatIsLongerThanAMessage() throws SealBrokenException {
        BlockSealer run = keys.forObject("manifest-run", keys.newSalt());
        byte[] block = counting(200_000);

        byte[] sealed = run.seal(0xffff_ffffL, block, 100, 150_000);

        assertThat(run.open(0xffff_ffffL, sealed, 0, sealed.length)).isEqualTo(Arrays.copyOfRange(block, 100, 150_100));
        assertThatThrownBy(() -> run.seal(0x1_0000_0000L, block, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run.seal(-1, block, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesNothingOnceTheKeysAreCleared() {
        KeyedHash digests = keys.digests();
        keys.close();

        assertThatThrownBy(keys::fingerprint).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> digests.of(new byte[1])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> keys.forObject("manifest-run", new byte[32]))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keepsACopyOfTheKeySoThatTheCallerCanClearItsOwn() {
        String before = keys.fingerprint();
        Arrays.fill(key, (byte) 0);

        assertThat(keys.fingerprint()).isEqualTo(before);
    }

    @Test
    void printsNoSecret() {
        assertThat(keys.toString()).doesNotContain(hex(key)).doesNotContain(Arrays.toString(key));
    }

    @Test
    void refusesKeysAndIdsOfTheWrongLength() {
        assertThatThrownBy(() -> keys(new byte[31], new byte[16])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keys(new byte[32], new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }

    private static RepositoryKeys keys(byte[] key, byte[] id) {
        return new RepositoryKeys(key, id, Encryptor.aes256Gcm(), new CountingRandomness());
    }

    private static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i + 1);
        }
        return bytes;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
