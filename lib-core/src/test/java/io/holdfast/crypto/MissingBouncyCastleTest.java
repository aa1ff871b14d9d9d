// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.error.ErrorCode;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A host that leaves Bouncy Castle out, as one that may use validated modules only does. */
final class MissingBouncyCastleTest {
    @Test
    void aPassphraseNamesTheMissingLibraryAndTheRemedy() throws Exception {
        try (URLClassLoader without = classesWithoutBouncyCastle()) {
            Object provider = without.loadClass(KeyProviders.class.getName())
                    .getMethod("passphrase", char[].class)
                    .invoke(null, (Object) "some words".toCharArray());

            Throwable error = wrap(without, provider).orElseThrow();

            assertThat(error.toString())
                    .startsWith(ErrorCode.KEY_ALGORITHM.id() + ": ")
                    .contains("Argon2id", "Add the artifact org.bouncycastle:bcprov-jdk18on")
                    .hasLineCount(1);
        }
    }

    @Test
    void aRawKeyNeedsNoneOfIt() throws Exception {
        try (URLClassLoader without = classesWithoutBouncyCastle()) {
            Object provider = without.loadClass(KeyProviders.class.getName())
                    .getMethod("raw", byte[].class)
                    .invoke(null, (Object) new byte[32]);

            assertThat(wrap(without, provider)).isEmpty();
        }
    }

    /** Wraps a secret, and gives what that throws. */
    private static Optional<Throwable> wrap(ClassLoader loader, Object provider) throws ReflectiveOperationException {
        Method wrap = loader.loadClass(KeyProvider.class.getName())
                .getMethod("wrap", byte[].class, byte[].class, byte[].class);
        try {
            wrap.invoke(provider, new byte[32], new byte[16], new byte[32]);
            return Optional.empty();
        } catch (InvocationTargetException e) {
            return Optional.of(e.getCause());
        }
    }

    private static URLClassLoader classesWithoutBouncyCastle() throws MalformedURLException {
        List<URL> places = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("bcprov")) {
                places.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
