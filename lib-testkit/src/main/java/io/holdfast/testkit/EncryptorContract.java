// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Encryptor} must do; a test of an encryptor extends this with a factory.
 *
 * <p>It finds what an honest implementation gets wrong: a byte of the key that is not used, a tag that is not checked, state between calls.
 * Whether a cipher is strong no test can tell: check it against the published vectors of its standard as well.
 */
@DisplayName("An encryptor")
public abstract class EncryptorContract {
    private static final int[] LENGTHS = {0, 1, 15, 16, 17, 1000, 32 * 1024, 64 * 1024};

    private Encryptor encryptor;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init")
    protected EncryptorContract() {}

    /**
     * The encryptor under test.
     *
     * @return an encryptor, a new one or the same each time
     */
    protected abstract Encryptor createEncryptor();

    @BeforeEach
    final void create() {
        encryptor = createEncryptor();
    }

    /** Everything that a message is sealed with. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record With(byte[] key, byte[] nonce, byte[] bound) {}

    private With with(long seed) {
        return new With(
                noise(encryptor.keyBytes(), seed), noise(encryptor.nonceBytes(), seed + 1), noise(40, seed + 2));
    }

    private static byte[] noise(int length, long seed) {
        return new SeededRandomness(seed).bytes(length);
    }

    private byte[] seal(With with, byte[] plain) {
        byte[] out = new byte[plain.length + encryptor.tagBytes()];
        encryptor.seal(with.key, with.nonce, with.bound, Slice.of(plain), Slice.of(out));
        return out;
    }

    private byte[] open(With with, byte[] sealed) throws SealBrokenException {
        byte[] out = new byte[Math.max(0, sealed.length - encryptor.tagBytes())];
        encryptor.open(with.key, with.nonce, with.bound, Slice.of(sealed), Slice.of(out));
        return out;
    }

    private void assertBroken(With with, byte[] sealed) {
        assertThatExceptionOfType(SealBrokenException.class).isThrownBy(() -> open(with, sealed));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] altered = bytes.clone();
        altered[at] ^= 1;
        return altered;
    }

    /** What it says of itself. */
    @Nested
    @DisplayName("when it is asked what it is")
    final class Naming {
        @Test
        void namesItsSuiteTheSameEachTime() {
            assertThat(encryptor.suite())
                    .matches("[A-Za-z0-9._-]{1,40}")
                    .isEqualTo(encryptor.suite())
                    .isEqualTo(createEncryptor().suite());
        }

        @Test
        void keepsItsLengthsWithinTheBounds() {
            assertThat(encryptor.keyBytes()).isBetween(16, 64);
            assertThat(encryptor.nonceBytes()).isBetween(12, 24);
            assertThat(encryptor.tagBytes()).isBetween(16, 64);
        }
    }

    /** What it gives back. */
    @Nested
    @DisplayName("when it seals and opens")
    final class Sealing {
        @Test
        void opensWhatItSealed() throws Exception {
            for (int length : LENGTHS) {
                byte[] plain = noise(length, length);
                assertThat(open(with(1), seal(with(1), plain))).isEqualTo(plain);
            }
        }

        @Test
        void opensWhatAnotherOfItsKindSealed() throws Exception {
            byte[] sealed = seal(with(1), noise(100, 1));
            encryptor = createEncryptor();

            assertThat(open(with(1), sealed)).isEqualTo(noise(100, 1));
        }

        @Test
        void sealsTheSameToTheSameBytes() {
            byte[] first = seal(with(1), noise(100, 1));
            seal(with(2), noise(50, 2));

            assertThat(seal(with(1), noise(100, 1))).isEqualTo(first);
        }

        @Test
        void tellsHowMuchItWrote() throws Exception {
            With with = with(1);
            byte[] sealed = new byte[200 + encryptor.tagBytes()];
            byte[] plain = new byte[300];

            int written = encryptor.seal(with.key, with.nonce, with.bound, Slice.of(noise(100, 1)), Slice.of(sealed));
            int read = encryptor.open(with.key, with.nonce, with.bound, new Slice(sealed, 0, written), Slice.of(plain));

            assertThat(written).isEqualTo(100 + encryptor.tagBytes());
            assertThat(read).isEqualTo(100);
            assertThat(Arrays.copyOf(plain, read)).isEqualTo(noise(100, 1));
        }

        @Test
        void sealsWithoutAssociatedData() throws Exception {
            With bare = new With(with(1).key, with(1).nonce, new byte[0]);

            assertThat(open(bare, seal(bare, noise(10, 1)))).isEqualTo(noise(10, 1));
        }

        @Test
        void readsAndWritesOnlyItsSlices() throws Exception {
            With with = with(1);
            byte[] in = noise(120, 1);
            byte[] out = new byte[60 + encryptor.tagBytes() + 20];
            encryptor.seal(
                    with.key,
                    with.nonce,
                    with.bound,
                    new Slice(in, 30, 60),
                    new Slice(out, 10, 60 + encryptor.tagBytes()));
            byte[] back = new byte[100];
            encryptor.open(
                    with.key,
                    with.nonce,
                    with.bound,
                    new Slice(out, 10, 60 + encryptor.tagBytes()),
                    new Slice(back, 20, 60));

            assertThat(Arrays.copyOf(out, 10)).containsOnly(0);
            assertThat(Arrays.copyOfRange(out, out.length - 10, out.length)).containsOnly(0);
            assertThat(Arrays.copyOf(back, 20)).containsOnly(0);
            assertThat(Arrays.copyOfRange(back, 80, 100)).containsOnly(0);
            assertThat(Arrays.copyOfRange(back, 20, 80)).isEqualTo(Arrays.copyOfRange(in, 30, 90));
        }

        @Test
        void leavesItsArgumentsAsTheyWere() throws Exception {
            With with = with(1);
            byte[] in = noise(100, 1);
            byte[] sealed = seal(with, in);
            byte[] before = sealed.clone();
            open(with, sealed);

            assertThat(in).isEqualTo(noise(100, 1));
            assertThat(sealed).isEqualTo(before);
            assertThat(with.key).isEqualTo(with(1).key);
            assertThat(with.nonce).isEqualTo(with(1).nonce);
            assertThat(with.bound).isEqualTo(with(1).bound);
        }

        @Test
        void keepsNothingOfItsArguments() {
            With with = with(1);
            byte[] first = seal(with, noise(100, 1));
            Arrays.fill(with.key, (byte) 0);

            assertThat(seal(with(1), noise(100, 1))).isEqualTo(first);
            assertThat(seal(with, noise(100, 1))).isNotEqualTo(first);
        }

        @Test
        void worksForSeveralThreads() throws Exception {
            List<Boolean> right = StoreRules.together(4, i -> () -> {
                boolean same = true;
                for (int n = 0; n < 50; n++) {
                    byte[] plain = noise(500 + n, n);
                    same &= Arrays.equals(open(with(i), seal(with(i), plain)), plain);
                }
                return same;
            });

            assertThat(right).containsOnly(true);
        }
    }

    /** What it refuses. */
    @Nested
    @DisplayName("when something was altered")
    final class Refusing {
        private final byte[] plain = noise(70, 1);

        @Test
        void hidesTheMessage() {
            byte[] sealed = seal(with(1), plain);

            for (int at = 0; at + 8 <= plain.length; at++) {
                for (int in = 0; in + 8 <= sealed.length; in++) {
                    assertThat(Arrays.equals(plain, at, at + 8, sealed, in, in + 8))
                            .as("8 bytes of the message stand in the sealed one")
                            .isFalse();
                }
            }
        }

        @Test
        void givesEachNonceAnotherSealing() {
            With one = with(1);
            With other = new With(one.key, flipped(one.nonce, 0), one.bound);
            byte[] a = seal(one, plain);
            byte[] b = seal(other, plain);

            int same = 0;
            for (int i = 0; i < a.length; i++) {
                same += a[i] == b[i] ? 1 : 0;
            }
            assertThat(same).as("bytes that two nonces have in common").isLessThan(a.length / 4);
        }

        @Test
        void refusesAnotherKeyInWhateverByte() {
            byte[] sealed = seal(with(1), plain);

            for (int i = 0; i < encryptor.keyBytes(); i++) {
                assertBroken(new With(flipped(with(1).key, i), with(1).nonce, with(1).bound), sealed);
            }
        }

        @Test
        void refusesAnotherNonceInWhateverByte() {
            byte[] sealed = seal(with(1), plain);

            for (int i = 0; i < encryptor.nonceBytes(); i++) {
                assertBroken(new With(with(1).key, flipped(with(1).nonce, i), with(1).bound), sealed);
            }
        }

        @Test
        void refusesOtherAssociatedData() {
            byte[] sealed = seal(with(1), plain);
            byte[] bound = with(1).bound;

            for (int i = 0; i < bound.length; i++) {
                assertBroken(new With(with(1).key, with(1).nonce, flipped(bound, i)), sealed);
            }
            assertBroken(new With(with(1).key, with(1).nonce, new byte[0]), sealed);
            assertBroken(new With(with(1).key, with(1).nonce, Arrays.copyOf(bound, bound.length + 1)), sealed);
        }

        @Test
        void refusesEveryFlippedByte() {
            byte[] sealed = seal(with(1), plain);

            for (int i = 0; i < sealed.length; i++) {
                assertBroken(with(1), flipped(sealed, i));
            }
        }

        @Test
        void refusesACutMessage() {
            byte[] sealed = seal(with(1), plain);

            for (int length = 0; length < sealed.length; length++) {
                assertBroken(with(1), Arrays.copyOf(sealed, length));
            }
        }

        @Test
        void refusesALongerMessage() {
            byte[] sealed = seal(with(1), plain);

            assertBroken(with(1), Arrays.copyOf(sealed, sealed.length + 1));
            assertBroken(with(1), Arrays.copyOf(sealed, sealed.length + encryptor.tagBytes()));
        }

        @Test
        void goesOnAfterARefusal() throws Exception {
            byte[] sealed = seal(with(1), plain);
            assertBroken(with(2), sealed);

            assertThat(open(with(1), sealed)).isEqualTo(plain);
            assertThat(seal(with(1), plain)).isEqualTo(sealed);
        }

        @Test
        void refusesKeysAndNoncesOfOtherLengths() {
            for (int more : new int[] {-1, 1}) {
                With key = new With(Arrays.copyOf(with(1).key, encryptor.keyBytes() + more), with(1).nonce, plain);
                With nonce = new With(with(1).key, Arrays.copyOf(with(1).nonce, encryptor.nonceBytes() + more), plain);
                assertThatIllegalArgumentException().isThrownBy(() -> seal(key, plain));
                assertThatIllegalArgumentException().isThrownBy(() -> seal(nonce, plain));
            }
        }

        @Test
        void refusesAnOutputThatIsTooSmall() {
            With with = with(1);
            byte[] sealed = seal(with, plain);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encryptor.seal(
                            with.key,
                            with.nonce,
                            with.bound,
                            Slice.of(plain),
                            Slice.of(new byte[plain.length + encryptor.tagBytes() - 1])));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encryptor.open(
                            with.key, with.nonce, with.bound, Slice.of(sealed), Slice.of(new byte[plain.length - 1])));
        }
    }
}
