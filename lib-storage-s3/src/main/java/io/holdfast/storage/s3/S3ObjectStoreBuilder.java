// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.model.ByteSize;
import io.holdfast.store.ObjectName;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** Puts a store in a bucket together; for one thread. */
public final class S3ObjectStoreBuilder {
    private static final ByteSize LARGEST_PUT = ByteSize.gibibytes(5);

    private final String bucket;
    private final Map<String, String> storageClasses = new LinkedHashMap<>();
    private String prefix = "";
    private @Nullable String leasesBucket;
    private String leasesPrefix = "";
    private String region = "us-east-1";
    private @Nullable URI endpoint;
    private boolean pathStyle;
    private @Nullable X509TrustManager trust;
    private @Nullable Supplier<S3Credentials> credentials;
    private ChecksumMode checksums = ChecksumMode.MD5;
    private @Nullable LockMode lock;
    private boolean conditions = true;
    private @Nullable String encryption;
    private @Nullable String encryptionKey;
    private ByteSize multipartAbove = ByteSize.gibibytes(1);

    S3ObjectStoreBuilder(String bucket) {
        this.bucket = checkedBucket(bucket);
    }

    private static String checkedBucket(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,62}")) {
            throw new IllegalArgumentException(
                    "bucket '" + name + "' is no name of a bucket: 3 to 63 letters, digits, dots and hyphens");
        }
        return name;
    }

    /** Empty, or with a slash at its end. */
    private static String checkedPrefix(String folder) {
        String bare = folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
        return bare.isEmpty() ? "" : new ObjectName(bare).value() + "/";
    }

    /**
     * Where the service is.
     *
     * @param region the region, which is signed
     * @param endpoint the address; empty for the region's own
     * @param pathStyle whether the bucket stands in the path
     * @param trust who is trusted to sign the service's certificate; empty for whom the platform trusts
     */
    record Connection(String region, Optional<URI> endpoint, boolean pathStyle, Optional<X509TrustManager> trust) {}

    /**
     * Puts all objects below a prefix, so that one bucket can hold several repositories.
     *
     * @param folder such as {@code backups/tenant-7}; empty for none
     * @return this builder
     * @throws IllegalArgumentException if no object can have such a name
     */
    public S3ObjectStoreBuilder prefix(String folder) {
        this.prefix = checkedPrefix(folder);
        return this;
    }

    /**
     * Keeps the leases elsewhere, and nothing else: they are written over and over, for which a bucket without versions is cheaper, and where objects may
     * not be deleted the only one. Whoever opens the repository has to name the same place, or does not see who else is at work. Same service, region and
     * credentials.
     *
     * @param otherBucket the bucket, which must exist and may be the same
     * @param folder the prefix there, which is this repository's alone; empty for none
     * @return this builder
     * @throws IllegalArgumentException if no bucket or object can have such a name
     */
    public S3ObjectStoreBuilder leases(String otherBucket, String folder) {
        this.leasesBucket = checkedBucket(otherBucket);
        this.leasesPrefix = checkedPrefix(folder);
        return this;
    }

    /**
     * Sets the region of the bucket.
     *
     * @param name such as {@code eu-central-1}; {@code us-east-1} by default, which most compatible services expect
     * @return this builder
     */
    public S3ObjectStoreBuilder region(String name) {
        this.region = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Sets the address of a compatible service.
     *
     * @param address with {@code http} or {@code https}
     * @return this builder
     * @throws IllegalArgumentException if it is no such address
     */
    public S3ObjectStoreBuilder endpoint(URI address) {
        boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!web || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "endpoint '" + address + "' is no address of a service; give one such as https://s3.example.com");
        }
        this.endpoint = address;
        return this;
    }

    /**
     * Names the bucket in the path of requests and not in the host, as most compatible services want it.
     *
     * @return this builder
     */
    public S3ObjectStoreBuilder pathStyle() {
        this.pathStyle = true;
        return this;
    }

    /**
     * Sets who is trusted to sign the service's certificate.
     *
     * @param manager the trust; that of the platform by default
     * @return this builder
     */
    public S3ObjectStoreBuilder trust(X509TrustManager manager) {
        this.trust = Objects.requireNonNull(manager, "manager");
        return this;
    }

    /**
     * Sets where credentials come from; asked before each request, so that they may be rotated at any time.
     *
     * @param supplier quick, and safe for use by several threads; by default the environment, the profile and the machine's role
     * @return this builder
     */
    public S3ObjectStoreBuilder credentials(Supplier<S3Credentials> supplier) {
        this.credentials = Objects.requireNonNull(supplier, "supplier");
        return this;
    }

    /**
     * Sets how the service can tell that an object arrived as it was sent.
     *
     * @param mode {@link ChecksumMode#MD5} by default
     * @return this builder
     */
    public S3ObjectStoreBuilder checksums(ChecksumMode mode) {
        this.checksums = Objects.requireNonNull(mode, "mode");
        return this;
    }

    /**
     * Protects objects by Object Lock; the bucket must have been created with it and must have no default retention.
     *
     * @param mode who may lift a retention
     * @return this builder
     */
    public S3ObjectStoreBuilder objectLock(LockMode mode) {
        this.lock = Objects.requireNonNull(mode, "mode");
        return this;
    }

    /**
     * Claims no conditional writes, for a service that is known not to honour them.
     *
     * @return this builder
     */
    public S3ObjectStoreBuilder withoutConditions() {
        this.conditions = false;
        return this;
    }

    /**
     * Asks for encryption by the service, beside that of the repository.
     *
     * @param algorithm such as {@code AES256} or {@code aws:kms}
     * @param key the id of the key; empty for the service's own
     * @return this builder
     */
    public S3ObjectStoreBuilder serverSideEncryption(String algorithm, Optional<String> key) {
        this.encryption = Objects.requireNonNull(algorithm, "algorithm");
        this.encryptionKey = key.orElse(null);
        return this;
    }

    /**
     * Sets the storage class of the objects whose names begin with a text; the first that fits holds. Classes that take hours to read from are not
     * for repositories.
     *
     * @param names such as {@code data/}; empty for all
     * @param storageClass such as {@code STANDARD_IA}
     * @return this builder
     */
    public S3ObjectStoreBuilder storageClass(String names, String storageClass) {
        storageClasses.put(names, Objects.requireNonNull(storageClass, "storageClass"));
        return this;
    }

    /**
     * Sets above which length an object is put in parts, unless it is put on a condition: not every service looks at one when it puts the parts
     * together, so such a put is one request up to S3's limit of 5 GiB.
     *
     * @param length at most 5 GiB, the largest single put of S3; 1 GiB by default
     * @return this builder
     * @throws IllegalArgumentException if it is larger
     */
    public S3ObjectStoreBuilder multipartAbove(ByteSize length) {
        if (length.bytes() > LARGEST_PUT.bytes()) {
            throw new IllegalArgumentException("parts above " + length + "; S3 takes at most 5 GiB in one put");
        }
        this.multipartAbove = length;
        return this;
    }

    /**
     * Opens the store: asks whether the bucket keeps versions and, if objects shall be locked, how.
     *
     * @return the store
     * @throws IllegalArgumentException if the leases would stand among the repository's own objects
     * @throws io.holdfast.error.StoreException with {@code STORE_PLACE_MISSING} if there is no such bucket, and with {@code STORE_UNSUPPORTED} if it
     *     has no Object Lock where that is asked for, or a default retention, in which leases would be caught
     */
    public S3ObjectStore open() {
        Connection connection =
                new Connection(region, Optional.ofNullable(endpoint), pathStyle, Optional.ofNullable(trust));
        S3Settings settings = new S3Settings(
                bucket,
                prefix,
                checksums,
                Optional.ofNullable(lock),
                conditions,
                Optional.ofNullable(encryption),
                Optional.ofNullable(encryptionKey),
                storageClasses,
                multipartAbove.bytes(),
                LARGEST_PUT.bytes());
        requireLeasesOutside();
        S3Client client = S3Clients.create(connection, checksums, Optional.ofNullable(credentials));
        try {
            S3Failures failures = new S3Failures(settings.place(), region);
            boolean versions = new BucketCheck(client, settings, failures).keepsVersions();
            Optional<StoredObjects> leases =
                    Optional.ofNullable(leasesBucket).map(other -> leases(client, settings, other));
            return new S3ObjectStore(client, settings, versions, as -> {
                StoredObjects objects = objects(client, as, failures, versions);
                return leases.<StoredObjects>map(apart -> new LeasesApart(objects, apart))
                        .orElse(objects);
            });
        } catch (RuntimeException | Error unusable) {
            client.close();
            throw unusable;
        }
    }

    /** Within the repository's own prefix they would be listed as objects that are none of the repository's. */
    private void requireLeasesOutside() {
        if (bucket.equals(leasesBucket) && leasesPrefix.startsWith(prefix) && !leasesPrefix.equals(prefix)) {
            throw new IllegalArgumentException("leases in " + leasesBucket + "/" + leasesPrefix
                    + " would stand among the objects of the repository; give a prefix outside of '" + prefix
                    + "', or another bucket");
        }
    }

    private StoredObjects leases(S3Client client, S3Settings settings, String other) {
        S3Settings elsewhere = settings.unlockedIn(other, leasesPrefix);
        S3Failures failures = new S3Failures(elsewhere.place(), region);
        BucketCheck check = new BucketCheck(client, elsewhere, failures);
        boolean versions = check.keepsVersions();
        check.requireNoDefaultRetention();
        return objects(client, elsewhere, failures, versions);
    }

    private static StoredObjects objects(S3Client client, S3Settings settings, S3Failures failures, boolean versions) {
        return versions
                ? new VersionedObjects(client, settings, failures)
                : new PlainObjects(client, settings, failures);
    }
}
