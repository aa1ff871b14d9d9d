// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Argon2Test {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource({
        // the test suite of the reference implementation, Argon2id version 1.3
        "1, password, somesalt, f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98",
        "2, password, somesalt, 09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
        "2, differentpassword, somesalt, 0b84d652cf6b0c4beaef0dfe278ba6a80df6696281d7e0d2891b817d8c458fde",
        "2, password, diffsalt, bdf32b05ccc42eb15d58fd19b1f856b113da1e9a5874fdcc544308565aa8141c",
    })
    void matchesTheReferenceImplementation(int passes, String passphrase, String salt, String expected) {
        byte[] key = Argon2.derive(
                passphrase.getBytes(US_ASCII), salt.getBytes(US_ASCII), new Argon2Cost(64 * 1024, passes, 1), 32);

        assertThat(HEX.formatHex(key)).isEqualTo(expected);
    }

    @Test
    void theLibraryMatchesTheVectorOfRfc9106() {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(HEX.parseHex("02".repeat(16)))
                .withSecret(HEX.parseHex("03".repeat(8)))
                .withAdditional(HEX.parseHex("04".repeat(12)))
                .build());
        byte[] tag = new byte[32];
        generator.generateBytes(HEX.parseHex("01".repeat(32)), tag);

        assertThat(HEX.formatHex(tag)).isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    @Test
    void namesTheArtifactToAddWhereBouncyCastleIsLeftOut() throws IOException, ReflectiveOperationException {
        try (URLClassLoader bare = new URLClassLoader(withoutBouncyCastle(), ClassLoader.getPlatformClassLoader())) {
            var method = bare.loadClass(Argon2.class.getName())
                    .getDeclaredMethod(
                            "derive",
                            byte[].class,
                            byte[].class,
                            bare.loadClass(Argon2Cost.class.getName()),
                            int.class);
            method.setAccessible(true);
            Object cost = bare.loadClass(Argon2Cost.class.getName())
                    .getMethod("defaults")
                    .invoke(null);

            assertThatThrownBy(() -> method.invoke(null, new byte[1], new byte[32], cost, 32))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasToString(
                            "KEY-004: Argon2id is not on the class path or module path, so a passphrase cannot be used."
                                    + " Add the artifact org.bouncycastle:bcprov-jdk18on (module org.bouncycastle.provider),"
                                    + " or use another kind of key");
        }
    }

    private static URL[] withoutBouncyCastle() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("bcprov"))
                .map(Argon2Test::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
