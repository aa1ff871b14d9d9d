// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Repositories in containers of Azurite, from the command line. */
@EnabledIfEnvironmentVariable(
        named = "HOLDFAST_AZURITE_ENDPOINT",
        matches = ".+",
        disabledReason = "no Azurite runs here")
class AzureRepositoryTest extends ServiceRepositoryTests {
    @Override
    String store(String endpoint, String place, String prefix) {
        return "{ type: azure, container: %s, prefix: %s/, connection_string: \"AccountName=%s;AccountKey=%s;BlobEndpoint=%s\" }"
                .formatted(
                        place,
                        prefix,
                        System.getenv("HOLDFAST_AZURITE_ACCOUNT"),
                        System.getenv("HOLDFAST_AZURITE_KEY"),
                        endpoint);
    }

    @Override
    String endpoint() {
        return System.getenv("HOLDFAST_AZURITE_ENDPOINT");
    }

    @Override
    Map<Gateway.Refusal, String> refusals() {
        return Map.of(
                new Gateway.Refusal(403, "AuthorizationPermissionMismatch"), "role on the account",
                new Gateway.Refusal(403, "AuthorizationFailure"), "firewall",
                new Gateway.Refusal(403, "AuthenticationFailed"), "account's name and its key",
                new Gateway.Refusal(404, "ContainerNotFound"), "Create the container",
                new Gateway.Refusal(413, "RequestBodyTooLarge"), "quota");
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
