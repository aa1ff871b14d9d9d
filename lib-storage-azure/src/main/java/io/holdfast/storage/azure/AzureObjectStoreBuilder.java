// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import com.azure.storage.blob.BlobContainerClient;
import io.holdfast.model.ByteSize;
import io.holdfast.runtime.Randomness;
import io.holdfast.store.ObjectName;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Puts a store in a container together; for one thread. */
public final class AzureObjectStoreBuilder {
    private static final ByteSize LARGEST_PUT = ByteSize.mebibytes(5000);

    private final String container;
    private final Map<String, String> tiers = new LinkedHashMap<>();
    private String prefix = "";
    private @Nullable URI endpoint;
    private @Nullable X509TrustManager trust;
    private @Nullable Supplier<AzureCredentials> credentials;
    private @Nullable ImmutabilityMode immutability;
    private boolean conditions = true;
    private ByteSize blocksAbove = ByteSize.mebibytes(256);

    AzureObjectStoreBuilder(String container) {
        if (!container.matches("[a-z0-9](-?[a-z0-9]){2,62}")) {
            throw new IllegalArgumentException("container '" + container
                    + "' is no name of a container: 3 to 63 lower-case letters, digits and single hyphens");
        }
        this.container = container;
    }

    /**
     * Where the service is.
     *
     * @param endpoint the address of the account's blob service
     * @param credentials what requests are authorised by
     * @param trust who is trusted to sign the service's certificate; empty for whom the platform trusts
     */
    record Connection(URI endpoint, Supplier<AzureCredentials> credentials, Optional<X509TrustManager> trust) {}

    /**
     * Puts all objects below a prefix, so that one container can hold several repositories.
     *
     * @param folder such as {@code backups/tenant-7}; empty for none
     * @return this builder
     * @throws IllegalArgumentException if no object can have such a name
     */
    public AzureObjectStoreBuilder prefix(String folder) {
        String bare = folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
        this.prefix = bare.isEmpty() ? "" : new ObjectName(bare).value() + "/";
        return this;
    }

    /**
     * Sets the address of the account's blob service.
     *
     * @param address such as {@code https://account.blob.core.windows.net}
     * @return this builder
     * @throws IllegalArgumentException if it is no such address
     */
    public AzureObjectStoreBuilder endpoint(URI address) {
        boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!web || address.getHost() == null || address.getQuery() != null) {
            throw new IllegalArgumentException("endpoint '" + address.getScheme() + "://" + address.getHost()
                    + "' is no address of a blob service; give one such as https://account.blob.core.windows.net");
        }
        this.endpoint = address;
        return this;
    }

    /**
     * Sets where credentials come from; asked before each request, so that they may be rotated at any time.
     *
     * @param supplier quick, and safe for use by several threads
     * @return this builder
     */
    public AzureObjectStoreBuilder credentials(Supplier<AzureCredentials> supplier) {
        this.credentials = Objects.requireNonNull(supplier, "supplier");
        return this;
    }

    /**
     * Sets the address and the credentials as a connection string says.
     *
     * @param text as the portal shows it, with an account key or a shared access signature
     * @return this builder
     * @throws IllegalArgumentException if an address or a credential is missing in it
     */
    public AzureObjectStoreBuilder connectionString(String text) {
        ConnectionString said = ConnectionString.parse(text);
        return endpoint(said.endpoint()).credentials(said::credentials);
    }

    /**
     * Sets who is trusted to sign the service's certificate.
     *
     * @param manager the trust; that of the platform by default
     * @return this builder
     */
    public AzureObjectStoreBuilder trust(X509TrustManager manager) {
        this.trust = Objects.requireNonNull(manager, "manager");
        return this;
    }

    /**
     * Protects objects by version-level immutability; the container must support it and must have no policy of its own. Also needed by whoever
     * reads such a container with a signature for the container alone, which may not ask what the container is.
     *
     * @param mode who may lift a retention
     * @return this builder
     */
    public AzureObjectStoreBuilder immutability(ImmutabilityMode mode) {
        this.immutability = Objects.requireNonNull(mode, "mode");
        return this;
    }

    /**
     * Claims no conditional writes, for a service that is known not to honour them.
     *
     * @return this builder
     */
    public AzureObjectStoreBuilder withoutConditions() {
        this.conditions = false;
        return this;
    }

    /**
     * Sets the access tier of the objects whose names begin with a text; the first that fits holds. The archive tier, which takes hours to read
     * from, is not for repositories.
     *
     * @param names such as {@code data/}; empty for all
     * @param tier such as {@code Cool}
     * @return this builder
     */
    public AzureObjectStoreBuilder accessTier(String names, String tier) {
        tiers.put(names, Objects.requireNonNull(tier, "tier"));
        return this;
    }

    /**
     * Sets above which length an object is put in blocks.
     *
     * @param length at most 5000 MiB, the largest single put of Azure; 256 MiB by default
     * @return this builder
     * @throws IllegalArgumentException if it is larger
     */
    public AzureObjectStoreBuilder blocksAbove(ByteSize length) {
        if (length.bytes() > LARGEST_PUT.bytes()) {
            throw new IllegalArgumentException("blocks above " + length + "; Azure takes at most 5000 MiB in one put");
        }
        this.blocksAbove = length;
        return this;
    }

    /**
     * Opens the store: asks whether the container is there and whether it keeps immutable versions.
     *
     * @return the store
     * @throws IllegalStateException if no endpoint or no credentials were given
     * @throws io.holdfast.error.StoreException with {@code STORE_PLACE_MISSING} if there is no such container, and with {@code STORE_UNSUPPORTED} if
     *     it has no version-level immutability where that is asked for, or a policy of its own, in which leases would be caught
     */
    public AzureObjectStore open() {
        if (endpoint == null || credentials == null) {
            throw new IllegalStateException("container '" + container
                    + "' cannot be opened without an endpoint and credentials; set both, or a connection string");
        }
        AzureSettings settings = new AzureSettings(
                container,
                prefix,
                Optional.ofNullable(immutability),
                conditions,
                Collections.unmodifiableMap(new LinkedHashMap<>(tiers)),
                blocksAbove.bytes());
        AzureFailures failures = new AzureFailures(settings.place());
        BlobContainerClient client =
                AzureClients.create(new Connection(endpoint, credentials, Optional.ofNullable(trust)), container);
        boolean versions = new ContainerCheck(client, settings, failures).keepsImmutableVersions();
        return new AzureObjectStore(settings, as -> blobs(client, as, failures, versions));
    }

    private static StoredBlobs blobs(
            BlobContainerClient client, AzureSettings settings, AzureFailures failures, boolean versions) {
        AzurePuts puts = new AzurePuts(client, settings, failures, Randomness.secure());
        AzureReads reads = new AzureReads(client, settings, failures);
        return versions
                ? new VersionedBlobs(client, settings, failures, puts, reads)
                : new PlainBlobs(client, settings, failures, puts, reads);
    }
}
