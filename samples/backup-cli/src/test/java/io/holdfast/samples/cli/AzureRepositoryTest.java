// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Repositories in containers of Azurite, from the command line. */
@EnabledIfEnvironmentVariable(
        named = "HOLDFAST_AZURITE_ENDPOINT",
        matches = ".+",
        disabledReason = "no Azurite runs here")
class AzureRepositoryTest extends ServiceRepositoryTests {
    @Override
    String store(String place, String prefix) {
        return "{ type: azure, container: %s, prefix: %s/, connection_string: \"AccountName=%s;AccountKey=%s;BlobEndpoint=%s\" }"
                .formatted(
                        place,
                        prefix,
                        System.getenv("HOLDFAST_AZURITE_ACCOUNT"),
                        System.getenv("HOLDFAST_AZURITE_KEY"),
                        System.getenv("HOLDFAST_AZURITE_ENDPOINT"));
    }

    @Override
    String place() {
        return System.getenv("HOLDFAST_AZURITE_CONTAINER");
    }

    @Override
    String kind() {
        return "container";
    }
}
