// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import io.holdfast.exchange.Deadlines;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.CookieJar;
import okhttp3.Credentials;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.TlsVersion;
import org.jspecify.annotations.Nullable;

/** Puts a transport together; for one thread. */
public final class OkHttpTransportBuilder {
    private static final int PROXY_AUTHENTICATION = 407;

    private @Nullable X509TrustManager trust;
    private Proxy proxy = Proxy.NO_PROXY;
    private @Nullable Supplier<PasswordAuthentication> proxyCredentials;
    private int idleConnections = 64;

    OkHttpTransportBuilder() {}

    /**
     * Sets who is trusted to sign the certificates of services, and of proxies that look into the traffic.
     *
     * @param manager the trust; that of the platform by default
     * @return this builder
     */
    public OkHttpTransportBuilder trust(X509TrustManager manager) {
        this.trust = Objects.requireNonNull(manager, "manager");
        return this;
    }

    /**
     * Sets the HTTP proxy that requests go through; none by default, whatever the JVM's properties say: a way out that nobody named is one that nobody
     * looks at when it is broken.
     *
     * @param host its name or address
     * @param port 1 to 65535
     * @return this builder
     */
    public OkHttpTransportBuilder proxy(String host, int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the proxy's port is " + port + "; allowed are 1 to 65535");
        }
        this.proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
        return this;
    }

    /**
     * Sets what the proxy is told when it asks who we are; basic authentication (RFC 7617).
     *
     * @param supplier quick; asked each time, so that the password may be changed
     * @return this builder
     */
    public OkHttpTransportBuilder proxyCredentials(Supplier<PasswordAuthentication> supplier) {
        this.proxyCredentials = Objects.requireNonNull(supplier, "supplier");
        return this;
    }

    /**
     * Sets how many connections are kept for a minute after use; 64 by default. Fewer than requests run at once cost handshakes.
     *
     * @param count 0 to 4096
     * @return this builder
     */
    public OkHttpTransportBuilder idleConnections(int count) {
        if (count < 0 || count > 4096) {
            throw new IllegalArgumentException("idleConnections is " + count + "; allowed are 0 to 4096");
        }
        this.idleConnections = count;
        return this;
    }

    /**
     * Builds the transport; nothing is connected yet.
     *
     * @return a transport that the caller closes
     */
    public OkHttpTransport build() {
        OkHttpClient.Builder client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(idleConnections, 1, TimeUnit.MINUTES))
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionSpecs(List.of(tls(), ConnectionSpec.CLEARTEXT))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .cookieJar(CookieJar.NO_COOKIES)
                .proxy(proxy)
                .addInterceptor(OkHttpTransportBuilder::underDeadlines)
                .addNetworkInterceptor(OkHttpTransportBuilder::onWire)
                .eventListenerFactory(Phases::listener);
        if (trust != null) {
            client.sslSocketFactory(context(trust).getSocketFactory(), trust);
        }
        Supplier<PasswordAuthentication> credentials = proxyCredentials;
        if (credentials != null) {
            client.proxyAuthenticator((route, response) -> authenticated(response, credentials.get()));
        }
        return new OkHttpTransport(client.build());
    }

    private static ConnectionSpec tls() {
        return new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
                .tlsVersions(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2)
                .allEnabledCipherSuites()
                .build();
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

    private static okhttp3.@Nullable Request authenticated(Response response, PasswordAuthentication credentials) {
        boolean refused = response.request().header("Proxy-Authorization") != null;
        if (response.code() == PROXY_AUTHENTICATION && refused) {
            return null;
        }
        String basic = Credentials.basic(credentials.getUserName(), new String(credentials.getPassword()));
        return response.request()
                .newBuilder()
                .header("Proxy-Authorization", basic)
                .build();
    }

    private static Response underDeadlines(Interceptor.Chain chain) throws IOException {
        Deadlines deadlines = Objects.requireNonNull(chain.request().tag(Deadlines.class));
        return chain.withConnectTimeout((int) deadlines.connect().toMillis(), TimeUnit.MILLISECONDS)
                .withReadTimeout((int) deadlines.firstByte().toMillis(), TimeUnit.MILLISECONDS)
                .withWriteTimeout((int) deadlines.stall().toMillis(), TimeUnit.MILLISECONDS)
                .proceed(chain.request());
    }

    private static Response onWire(Interceptor.Chain chain) throws IOException {
        Deadlines deadlines = Objects.requireNonNull(chain.request().tag(Deadlines.class));
        okhttp3.Connection connection = Objects.requireNonNull(chain.connection());
        // The socket's own limit is that of the first byte otherwise, and would cut a longer stall short.
        long most = Math.max(deadlines.firstByte().toMillis(), deadlines.stall().toMillis());
        connection.socket().setSoTimeout((int) most);
        return KeptStatus.hidden(
                chain.proceed(chain.request()), connection.route().proxy());
    }
}
