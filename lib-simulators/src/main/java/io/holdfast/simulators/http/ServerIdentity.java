// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Key and certificate of a test server, and the trust that accepts it and nothing else. Made by the JDK's {@code keytool}, fresh each time.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class ServerIdentity {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore keys;

    private ServerIdentity(KeyStore keys) {
        this.keys = keys;
    }

    /**
     * Makes an identity that has signed itself.
     *
     * @param host the name in its certificate; it holds for 127.0.0.1, too, if the name is {@code localhost}
     * @return the identity
     */
    public static ServerIdentity of(String host) {
        try {
            Path folder = Files.createTempDirectory("holdfast-identity");
            Path file = folder.resolve("keys.p12");
            try {
                generate(host, file);
                KeyStore keys = KeyStore.getInstance("PKCS12");
                try (InputStream stream = Files.newInputStream(file)) {
                    keys.load(stream, PASSWORD);
                }
                return new ServerIdentity(keys);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no identity for " + host + ": " + e.getMessage(), e);
        }
    }

    private static void generate(String host, Path file) throws IOException {
        String names = "san=dns:" + host + (host.equals("localhost") ? ",ip:127.0.0.1" : "");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        names,
                        "-ext",
                        "bc:c",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool: " + said);
            }
        } catch (InterruptedException e) {
            keytool.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * Whom clients of this server trust.
     *
     * @return a trust in this certificate alone
     */
    public X509TrustManager trust() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", keys.getCertificate("server"));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    return x509;
                }
            }
            throw new IllegalStateException("this JVM has no trust manager for certificates");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What a server makes its sockets from.
     *
     * @return a context with the key
     */
    public SSLContext context() {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
