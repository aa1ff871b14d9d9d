// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Makes the SDK's client: no retries of its own, and no surprises on the wire. */
final class S3Clients {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** How long a connection may be silent; a large object may take as long as it likes. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final int CONNECTIONS = 64;

    private S3Clients() {}

    static S3Client create(
            S3ObjectStoreBuilder.Connection connection,
            ChecksumMode checksums,
            Optional<Supplier<S3Credentials>> credentials) {
        boolean trailers = checksums == ChecksumMode.TRAILER;
        S3ClientBuilder client = S3Client.builder()
                .region(Region.of(connection.region()))
                .forcePathStyle(connection.pathStyle())
                .credentialsProvider(credentials
                        .map(S3Clients::provider)
                        .orElseGet(() -> DefaultCredentialsProvider.builder().build()))
                .requestChecksumCalculation(
                        trailers ? RequestChecksumCalculation.WHEN_SUPPORTED : RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(trailers)
                        .build())
                .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(new ForeignAnswers()))
                .httpClient(http(connection));
        if (!trailers) {
            client.addPlugin(LegacyMd5Plugin.create());
        }
        connection.endpoint().ifPresent(client::endpointOverride);
        return client.build();
    }

    private static software.amazon.awssdk.http.SdkHttpClient http(S3ObjectStoreBuilder.Connection connection) {
        Apache5HttpClient.Builder http = Apache5HttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(SILENCE)
                .maxConnections(CONNECTIONS);
        connection.trust().ifPresent(trust -> http.tlsTrustManagersProvider(() -> new TrustManager[] {trust}));
        return http.build();
    }

    /** Asked before each request, so that rotated credentials hold from the next one on. */
    private static AwsCredentialsProvider provider(Supplier<S3Credentials> supplier) {
        return () -> credentials(supplier.get());
    }

    private static AwsCredentials credentials(S3Credentials given) {
        return given.sessionToken()
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(given.accessKey(), given.secretKey(), token))
                .orElseGet(() -> AwsBasicCredentials.create(given.accessKey(), given.secretKey()));
    }
}
