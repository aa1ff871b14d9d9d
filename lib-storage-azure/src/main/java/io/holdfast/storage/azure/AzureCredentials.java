// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import java.util.Base64;

/** What requests are authorised by; their text shows no secret. */
public sealed interface AzureCredentials {

    /**
     * One of the two keys of an account, with which requests are signed.
     *
     * @param account the name of the account
     * @param key the key, in base64
     */
    record AccountKey(String account, String key) implements AzureCredentials {
        /** Checks that neither is empty, and that the key is base64. */
        public AccountKey {
            if (account.isBlank() || key.isBlank()) {
                throw new IllegalArgumentException("the account's name or its key is empty; give both");
            }
            requireBase64(account, key);
        }

        private static void requireBase64(String account, String key) {
            try {
                Base64.getDecoder().decode(key);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "the key of account '" + account + "' is not base64; copy it as the portal shows it", e);
            }
        }

        @Override
        public String toString() {
            return "AccountKey[" + account + "]";
        }
    }

    /**
     * A shared access signature; sent over https, and over http to this machine only.
     *
     * @param token the query that a signature consists of, such as {@code sv=...&sig=...}
     */
    record SharedAccessSignature(String token) implements AzureCredentials {
        /** Checks that it has a signature, and drops a question mark before it. */
        public SharedAccessSignature {
            token = token.startsWith("?") ? token.substring(1) : token;
            if (!("&" + token).contains("&sig=")) {
                throw new IllegalArgumentException("the shared access signature has no 'sig'; copy it whole");
            }
        }

        @Override
        public String toString() {
            return "SharedAccessSignature[]";
        }
    }

    /**
     * An access token of Microsoft Entra ID for the scope {@code https://storage.azure.com/.default}; sent over https, and over http to this
     * machine only.
     *
     * @param token the token
     */
    record BearerToken(String token) implements AzureCredentials {
        /** Checks that it is not empty. */
        public BearerToken {
            if (token.isBlank()) {
                throw new IllegalArgumentException("the access token is empty; ask for one first");
            }
        }

        @Override
        public String toString() {
            return "BearerToken[]";
        }
    }
}
