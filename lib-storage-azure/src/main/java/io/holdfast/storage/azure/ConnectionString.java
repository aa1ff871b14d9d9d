// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a connection string of a storage account says.
 *
 * @param endpoint where the blob service is
 * @param credentials what requests are authorised by
 */
record ConnectionString(URI endpoint, AzureCredentials credentials) {
    private static final String FORM =
            "give it as the portal shows it: AccountName=...;AccountKey=...;EndpointSuffix=...";

    static ConnectionString parse(String text) {
        Map<String, String> parts = new HashMap<>();
        for (String part : text.split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            } else if (!part.isBlank()) {
                // Not the part itself: it may be half of a key.
                throw new IllegalArgumentException("a part of the connection string has no '='; " + FORM);
            }
        }
        Optional<String> account = Optional.ofNullable(parts.get("AccountName"));
        return new ConnectionString(endpoint(parts, account), credentials(parts, account));
    }

    private static URI endpoint(Map<String, String> parts, Optional<String> account) {
        String given = parts.get("BlobEndpoint");
        if (given != null) {
            return URI.create(given);
        }
        String scheme = parts.getOrDefault("DefaultEndpointsProtocol", "https");
        String suffix = parts.getOrDefault("EndpointSuffix", "core.windows.net");
        return account.map(name -> URI.create(scheme + "://" + name + ".blob." + suffix))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the connection string has neither 'BlobEndpoint' nor 'AccountName'; " + FORM));
    }

    private static AzureCredentials credentials(Map<String, String> parts, Optional<String> account) {
        String signature = parts.get("SharedAccessSignature");
        if (signature != null) {
            return new AzureCredentials.SharedAccessSignature(signature);
        }
        String key = parts.get("AccountKey");
        if (key == null || account.isEmpty()) {
            throw new IllegalArgumentException(
                    "the connection string has neither 'AccountName' with 'AccountKey' nor 'SharedAccessSignature'; "
                            + FORM);
        }
        return new AzureCredentials.AccountKey(account.get(), key);
    }
}
