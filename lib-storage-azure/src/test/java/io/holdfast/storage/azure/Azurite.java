// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import java.net.URI;

/**
 * Azurite, which honours conditions and keeps neither versions nor protections. {@code .ci/prepare.d/20-azurite} starts it and tells of it by the
 * environment; where nobody did, the tests of it are reported as not run.
 */
final class Azurite {
    /** The variable with the address of the account's blob service. */
    static final String ENDPOINT = "HOLDFAST_AZURITE_ENDPOINT";

    private Azurite() {}

    static AzureServer server() {
        return new AzureServer(
                URI.create(variable(ENDPOINT)),
                new AzureCredentials.AccountKey(
                        variable("HOLDFAST_AZURITE_ACCOUNT"), variable("HOLDFAST_AZURITE_KEY")));
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException("the variable " + name + " is not set");
        }
        return value;
    }
}
