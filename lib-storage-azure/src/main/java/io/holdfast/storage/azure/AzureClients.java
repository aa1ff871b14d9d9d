// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.AddDatePolicy;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.blob.models.BlobStorageException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Makes the SDK's client: over the JDK's HTTP client, without retries of its own, and no surprises on the wire. */
final class AzureClients {
    /** The first version in which the policy of one version of a blob can be set. */
    static final BlobServiceVersion VERSION = BlobServiceVersion.V2025_01_05;

    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** How long a connection may be silent; a large object may take as long as it likes. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private AzureClients() {}

    static BlobContainerClient create(AzureObjectStoreBuilder.Connection connection, String container) {
        return new BlobContainerClientBuilder()
                .endpoint(connection.endpoint().toString())
                .containerName(container)
                .serviceVersion(VERSION)
                .pipeline(new HttpPipelineBuilder()
                        .httpClient(http(connection.trust()))
                        .policies(
                                new Patience(),
                                new ForeignAnswers(),
                                new AddDatePolicy(),
                                new Signing(connection.credentials()))
                        .build())
                .buildClient();
    }

    private static HttpClient http(Optional<X509TrustManager> trust) {
        java.net.http.HttpClient.Builder jdk =
                java.net.http.HttpClient.newBuilder().version(java.net.http.HttpClient.Version.HTTP_1_1);
        trust.ifPresent(manager -> jdk.sslContext(trusting(manager)));
        return new JdkHttpClientBuilder(jdk)
                .connectionTimeout(CONNECT)
                .writeTimeout(SILENCE)
                .readTimeout(SILENCE)
                .build();
    }

    private static SSLContext trusting(X509TrustManager manager) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has no TLS", e);
        }
    }

    /** Waits for an answer as long as a slow line needs for what is sent: the client counts that time too. */
    private static final class Patience extends HttpPipelineSyncPolicy {
        private static final String TIMEOUT = "azure-response-timeout";
        private static final long SLOW_BYTES_PER_SECOND = 128 * 1024;

        @Override
        protected void beforeSendingRequest(HttpPipelineCallContext context) {
            String length = context.getHttpRequest().getHeaders().getValue(HttpHeaderName.CONTENT_LENGTH);
            long bytes = length == null ? 0 : Long.parseLong(length);
            context.setData(TIMEOUT, SILENCE.plusSeconds(bytes / SLOW_BYTES_PER_SECOND));
        }
    }

    /**
     * Takes no page of a proxy for an answer of the service: one that wants somebody to sign in comes with status 200, and a put that got it is not
     * done. Nothing that the service answers is HTML, as no blob is put as such.
     */
    private static final class ForeignAnswers extends HttpPipelineSyncPolicy {
        @Override
        protected HttpResponse afterReceivedResponse(HttpPipelineCallContext context, HttpResponse answer) {
            String type = answer.getHeaderValue(HttpHeaderName.CONTENT_TYPE);
            if (answer.getStatusCode() < 300 && type != null && type.startsWith("text/html")) {
                answer.close();
                throw new BlobStorageException("a page of HTML", answer, null);
            }
            return answer;
        }
    }
}
