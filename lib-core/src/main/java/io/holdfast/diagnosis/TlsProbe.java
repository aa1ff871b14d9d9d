// SPDX-License-Identifier: Apache-2.0
package io.holdfast.diagnosis;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes TLS sessions as our transports do: TLS 1.2 and 1.3, with the ciphers of the JVM. */
final class TlsProbe {
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private final Optional<X509TrustManager> trust;

    TlsProbe(Optional<X509TrustManager> trust) {
        this.trust = trust;
    }

    /** Protocol and cipher that were agreed. */
    String handshake(Socket plain, String host, int port) throws LayerException {
        Watching watching = new Watching(trust.orElseGet(TlsProbe::platformTrust));
        try (SSLSocket secure =
                (SSLSocket) context(watching).getSocketFactory().createSocket(plain, host, port, true)) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setProtocols(PROTOCOLS.toArray(String[]::new));
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            SSLSession session = secure.getSession();
            return session.getProtocol() + " with " + session.getCipherSuite();
        } catch (IOException e) {
            throw new LayerException(Layer.TLS, failure(e, watching), e);
        }
    }

    /** What we offer. */
    static String offer() {
        try {
            String[] suites = SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites();
            return String.join(", ", PROTOCOLS) + " with " + suites.length + " cipher suites, first of all "
                    + Arrays.stream(suites).limit(3).toList();
        } catch (GeneralSecurityException e) {
            return "nothing, since this JVM has no TLS: " + e.getMessage();
        }
    }

    private static String failure(IOException error, Watching watching) {
        if (watching.refusal != null) {
            String issuer = watching.issuer == null ? "nobody" : watching.issuer;
            return "the certificate is not trusted; it was issued by " + issuer;
        }
        String said = String.valueOf(error.getMessage());
        return error instanceof SocketTimeoutException ? "the handshake stands still" : said;
    }

    private static SSLContext context(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS: " + e.getMessage(), e);
        }
    }

    private static X509TrustManager platformTrust() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    return x509;
                }
            }
            throw new IllegalStateException("this JVM trusts nobody");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM trusts nobody: " + e.getMessage(), e);
        }
    }

    /** Trusts as it is told to, and remembers whom it refused. For one handshake. */
    private static final class Watching implements X509TrustManager {
        private final X509TrustManager inner;
        private @Nullable CertificateException refusal;
        private @Nullable String issuer;

        private Watching(X509TrustManager inner) {
            this.inner = inner;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            inner.checkClientTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            try {
                inner.checkServerTrusted(chain, authType);
            } catch (CertificateException e) {
                refusal = e;
                issuer = chain.length == 0
                        ? null
                        : chain[chain.length - 1].getIssuerX500Principal().getName();
                throw e;
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return inner.getAcceptedIssuers();
        }
    }
}
