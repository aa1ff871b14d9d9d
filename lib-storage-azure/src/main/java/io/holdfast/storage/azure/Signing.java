// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.Set;
import java.util.function.Supplier;

/** Authorises each request by the credentials of that moment, so that rotated ones hold from the next request on. */
final class Signing extends HttpPipelineSyncPolicy {
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    private final Supplier<AzureCredentials> supplier;

    Signing(Supplier<AzureCredentials> supplier) {
        this.supplier = supplier;
    }

    @Override
    protected void beforeSendingRequest(HttpPipelineCallContext context) {
        HttpRequest request = context.getHttpRequest();
        AzureCredentials credentials = supplier.get();
        if (credentials instanceof AzureCredentials.AccountKey key) {
            StorageSharedKeyCredential signer = new StorageSharedKeyCredential(key.account(), key.key());
            request.setHeader(
                    HttpHeaderName.AUTHORIZATION,
                    signer.generateAuthorizationHeader(
                            request.getUrl(), request.getHttpMethod().toString(), request.getHeaders(), false));
        } else if (credentials instanceof AzureCredentials.SharedAccessSignature signature) {
            requirePrivate(request.getUrl());
            request.setUrl(signed(request.getUrl(), signature.token()));
        } else if (credentials instanceof AzureCredentials.BearerToken bearer) {
            requirePrivate(request.getUrl());
            request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + bearer.token());
        }
    }

    private static URL signed(URL url, String signature) {
        String text = url.toString();
        try {
            return URI.create(text + (text.contains("?") ? "&" : "?") + signature)
                    .toURL();
        } catch (MalformedURLException | IllegalArgumentException e) {
            // Without the cause, which quotes the signature.
            throw new IllegalArgumentException("the shared access signature cannot stand in an address; copy it whole");
        }
    }

    /** A key signs and stays here; a signature or token would be read by whoever listens. */
    private static void requirePrivate(URL url) {
        if (!url.getProtocol().equals("https") && !THIS_MACHINE.contains(url.getHost())) {
            throw new IllegalArgumentException("a shared access signature or token must not be sent to " + url.getHost()
                    + " over http; use an https endpoint");
        }
    }
}
