// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.samples.cli.config.ConfigException;
import io.holdfast.samples.cli.config.ConfigNode;
import io.holdfast.storage.azure.AzureObjectStore;
import io.holdfast.storage.azure.AzureObjectStoreBuilder;
import io.holdfast.storage.azure.ImmutabilityMode;
import io.holdfast.storage.posix.PosixObjectStore;
import io.holdfast.storage.s3.LockMode;
import io.holdfast.storage.s3.S3Credentials;
import io.holdfast.storage.s3.S3ObjectStore;
import io.holdfast.storage.s3.S3ObjectStoreBuilder;
import io.holdfast.store.ObjectStore;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Opens the stores that configurations describe. */
final class Stores {
    private final Optional<Path> authorities;

    /**
     * Opens stores.
     *
     * @param authorities a file of certificates that are trusted besides the JVM's roots
     */
    Stores(Optional<Path> authorities) {
        this.authorities = authorities;
    }

    ObjectStore open(ConfigNode node, boolean create) {
        String type = node.get("type").text();
        return switch (type) {
            case "posix" -> posix(node.get("path").path(), create);
            case "s3" -> s3(node);
            case "azure" -> azure(node);
            default ->
                throw new ConfigException(
                        "store at " + node.place() + " is of type '" + type + "', which this build does not have",
                        "Use a store of type posix, s3 or azure");
        };
    }

    private static ObjectStore posix(Path path, boolean create) {
        // A missing parent is more likely a typo, or a mount that is not there, than a wish.
        boolean mayCreate =
                create && Files.notExists(path) && path.getParent() != null && Files.isDirectory(path.getParent());
        return mayCreate ? PosixObjectStore.createAt(path) : PosixObjectStore.at(path);
    }

    private ObjectStore s3(ConfigNode node) {
        S3ObjectStoreBuilder store = given(node, "bucket", S3ObjectStore::builder);
        set(node, "prefix", store::prefix);
        set(node, "endpoint", text -> store.endpoint(URI.create(text)));
        set(node, "region", store::region);
        if (node.find("path_style").filter(Stores::isTrue).isPresent()) {
            store.pathStyle();
        }
        credentials(node).ifPresent(credentials -> store.credentials(() -> credentials));
        node.find("object_lock").ifPresent(lock -> {
            lock.allow(Set.of("mode"));
            String mode = lock.get("mode").oneOf(Set.of("governance", "compliance"));
            store.objectLock(LockMode.valueOf(mode.toUpperCase(Locale.ROOT)));
        });
        node.find("leases").ifPresent(leases -> leases(node, leases, store));
        authorities.map(Trust::besidesTheRoots).ifPresent(store::trust);
        return opened(node, store);
    }

    /** Leases within the prefix of the repository are found out only when all is known. */
    private static ObjectStore opened(ConfigNode node, S3ObjectStoreBuilder store) {
        try {
            return store.open();
        } catch (IllegalArgumentException e) {
            throw new ConfigException("store at " + node.place() + ": " + e.getMessage(), "Correct it");
        }
    }

    /** What is not named is as that of the repository. */
    private static void leases(ConfigNode node, ConfigNode leases, S3ObjectStoreBuilder store) {
        leases.allow(Set.of("bucket", "prefix"));
        String bucket =
                leases.find("bucket").orElseGet(() -> node.get("bucket")).text();
        String prefix = leases.find("prefix")
                .or(() -> node.find("prefix"))
                .map(ConfigNode::text)
                .orElse("");
        try {
            store.leases(bucket, prefix);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("'leases' at " + leases.place() + ": " + e.getMessage(), "Correct it");
        }
    }

    private ObjectStore azure(ConfigNode node) {
        AzureObjectStoreBuilder store = given(node, "container", AzureObjectStore::builder);
        set(node, "prefix", store::prefix);
        given(node, "connection_string", store::connectionString);
        node.find("immutability").ifPresent(immutability -> {
            immutability.allow(Set.of("mode"));
            String mode = immutability.get("mode").oneOf(Set.of("unlocked", "locked"));
            store.immutability(ImmutabilityMode.valueOf(mode.toUpperCase(Locale.ROOT)));
        });
        authorities.map(Trust::besidesTheRoots).ifPresent(store::trust);
        return store.open();
    }

    /** Without keys, those of the environment, the profile or the machine's role are used. */
    private static Optional<S3Credentials> credentials(ConfigNode node) {
        if (node.find("access_key").isEmpty() && node.find("secret_key").isEmpty()) {
            return Optional.empty();
        }
        String access = node.get("access_key").text();
        return Optional.of(given(node, "secret_key", secret -> S3Credentials.of(access, secret)));
    }

    private static boolean isTrue(ConfigNode node) {
        return node.oneOf(Set.of("true", "false")).equals("true");
    }

    private static void set(ConfigNode node, String key, Consumer<String> setter) {
        if (node.find(key).isPresent()) {
            given(node, key, text -> {
                setter.accept(text);
                return text;
            });
        }
    }

    /** Uses a value; one that does not fit is a mistake in the configuration. */
    private static <T> T given(ConfigNode node, String key, Function<String, T> use) {
        ConfigNode value = node.get(key);
        try {
            return use.apply(value.text());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("'" + key + "' at " + value.place() + ": " + e.getMessage(), "Correct it");
        }
    }
}
