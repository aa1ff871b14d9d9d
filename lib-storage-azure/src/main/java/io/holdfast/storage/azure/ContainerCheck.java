// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobContainerProperties;
import com.azure.storage.blob.models.BlobStorageException;
import java.util.Set;

/** Asks a container what it is before it is used. */
final class ContainerCheck {
    /** A signature for a container does not reach the container's own properties. */
    private static final Set<String> MAY_NOT_ASK = Set.of(
            "AuthorizationFailure",
            "AuthorizationPermissionMismatch",
            "AuthorizationResourceTypeMismatch",
            "AuthorizationResourceMismatch");

    private final BlobContainerClient client;
    private final AzureSettings settings;
    private final AzureFailures failures;

    ContainerCheck(BlobContainerClient client, AzureSettings settings, AzureFailures failures) {
        this.client = client;
        this.settings = settings;
        this.failures = failures;
    }

    /** Whether versions of blobs can be protected; whoever may not ask is believed, and each protected put is looked at anyway. */
    boolean keepsImmutableVersions() {
        BlobContainerProperties container;
        try {
            container = client.getProperties();
        } catch (BlobStorageException e) {
            if (MAY_NOT_ASK.contains(AzureFailures.codeOf(e))) {
                return settings.immutability().isPresent();
            }
            throw failures.describe("asking about the container", "", e, AzureFailures.Effect.NONE);
        } catch (RuntimeException e) {
            throw failures.describe("asking about the container", "", e, AzureFailures.Effect.NONE);
        }
        boolean versions = Boolean.TRUE.equals(container.isImmutableStorageWithVersioningEnabled());
        if (settings.immutability().isPresent()) {
            requireProtection(versions, container.hasImmutabilityPolicy());
        }
        return versions;
    }

    private void requireProtection(boolean versions, boolean policy) {
        if (!versions) {
            throw failures.unsupported(
                    "has no version-level immutability",
                    "Enable versions and version-level immutability on the container, or do without protection");
        }
        if (policy) {
            throw failures.unsupported(
                    "has an immutability policy of its own, in which leases and everything else that is soon removed would be caught",
                    "Remove the container's policy: each object gets its own");
        }
    }
}
