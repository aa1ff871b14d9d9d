// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.samples.cli.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Who may sign the certificates of services. */
final class Trust {
    private Trust() {}

    /** The JVM's roots and the certificates of a file in PEM form. */
    static X509TrustManager besidesTheRoots(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> more =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (more.isEmpty()) {
                throw wrong(file, "holds no certificate");
            }
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int number = 0;
            for (X509Certificate root : manager(null).getAcceptedIssuers()) {
                all.setCertificateEntry("root-" + number++, root);
            }
            for (Certificate each : more) {
                all.setCertificateEntry("given-" + number++, each);
            }
            return manager(all);
        } catch (IOException | GeneralSecurityException e) {
            throw wrong(file, "cannot be read: " + e.getMessage());
        }
    }

    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static ConfigException wrong(Path file, String what) {
        return new ConfigException(
                "tls.ca_file '" + file + "' " + what, "Make it a readable file of certificates in PEM form");
    }
}
