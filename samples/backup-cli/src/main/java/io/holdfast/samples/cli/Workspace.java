// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.RepositoryBuilder;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.RepositoryException;
import io.holdfast.error.StoreException;
import io.holdfast.model.ByteSize;
import io.holdfast.model.SourceId;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.VerifyReport;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.samples.cli.config.ConfigException;
import io.holdfast.samples.cli.config.ConfigNode;
import io.holdfast.samples.cli.config.Configuration;
import io.holdfast.services.Services;
import io.holdfast.source.SourceConnector;
import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The configuration with all that a command opened of it; closing closes that in the opposite order. For one thread. */
final class Workspace implements AutoCloseable {
    private final Configuration configuration;
    private final HoldfastRuntime runtime;
    private final Console console;
    private final UnaryOperator<ObjectStore> stores;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final ServiceCounts counts = new ServiceCounts();

    Workspace(Configuration configuration, Console console, UnaryOperator<ObjectStore> stores) {
        this.configuration = configuration;
        this.console = console;
        this.stores = stores;
        HoldfastRuntime.Builder builder = Holdfast.runtime();
        configuration.maxThreads().ifPresent(builder::parallelism);
        configuration.buffer().ifPresent(size -> buffer(builder, size));
        this.runtime = builder.build();
        opened.push(runtime);
        Services.builder(runtime)
                .listener(counts)
                .remembering(configuration.cache())
                .install();
    }

    private static void buffer(HoldfastRuntime.Builder builder, ByteSize size) {
        try {
            builder.memory(size);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "buffer_size is " + size + ", over 60 % of the largest heap, which is "
                            + ByteSize.bytes(Runtime.getRuntime().maxMemory()),
                    "Lower it, or leave it out, or give the JVM more with BACKUP_JAVA_OPTS=-Xmx4g");
        }
    }

    Configuration configuration() {
        return configuration;
    }

    HoldfastRuntime runtime() {
        return runtime;
    }

    /** The connector of a configured source. */
    SourceConnector source(String name) {
        return new Connectors(configuration.authorities(), opened::push).of(name, configuration.source(name));
    }

    /** What was sent to services so far. */
    ServiceCounts counts() {
        return counts;
    }

    Repository open(String name) {
        ConfigNode node = configuration.repository(name);
        return open(name, store(node, false), key(node));
    }

    /** Opens a repository whose store is watched. */
    Repository open(String name, StoreWatch watch) {
        ConfigNode node = configuration.repository(name);
        return open(name, new WatchedStore(store(node, false), watch), key(node));
    }

    private Repository open(String name, ObjectStore store, KeyProvider key) {
        try {
            return keep(cached(Repository.open(store, key)));
        } catch (RepositoryException e) {
            throw e.code() == ErrorCode.REPOSITORY_MISSING ? missing(name, store, e) : e;
        }
    }

    private static RepositoryException missing(String name, ObjectStore store, RepositoryException cause) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_MISSING,
                "there is no repository '" + name + "' at " + store.describe(),
                "Correct the place, mount what belongs there, or run a first backup, which creates it",
                cause);
    }

    /** Verifies a repository whose configuration has no key, as far as that goes; empty if it has one. */
    Optional<VerifyReport> verifyKeyless(String name, StoreWatch watch, Optional<String> expect) {
        ConfigNode node = configuration.repository(name);
        if (node.find("key").isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Repository.verifyKeyless(new WatchedStore(store(node, false), watch), runtime, expect));
    }

    /** Opens a repository, and creates it if its place is empty. */
    Repository openOrCreate(String name) {
        return openOrCreate(name, store(configuration.repository(name), true));
    }

    /** The same, the store watched. */
    Repository openOrCreate(String name, StoreWatch watch) {
        return openOrCreate(name, new WatchedStore(store(configuration.repository(name), true), watch));
    }

    private Repository openOrCreate(String name, ObjectStore store) {
        KeyProvider key = key(configuration.repository(name));
        try {
            return keep(cached(Repository.open(store, key)));
        } catch (RepositoryException e) {
            if (e.code() != ErrorCode.REPOSITORY_MISSING) {
                throw e;
            }
            Repository created = keep(cached(Repository.create(store, key)));
            console.err()
                    .println("backup-cli: created repository '" + name + "' (" + created.id() + ") at "
                            + store.describe());
            return created;
        }
    }

    private Repository keep(RepositoryBuilder builder) {
        Repository repository = builder.on(runtime);
        opened.push(repository);
        return repository;
    }

    private RepositoryBuilder cached(RepositoryBuilder builder) {
        return builder.cache(configuration.cache());
    }

    /** The store of a configured repository. */
    ObjectStore store(ConfigNode repository, boolean create) {
        ObjectStore store = stores.apply(new Stores(configuration.authorities()).open(repository.get("store"), create));
        opened.push(store);
        return store;
    }

    /** The key of a configured repository. */
    KeyProvider key(ConfigNode repository) {
        ConfigNode node = repository.get("key");
        KeyProvider key =
                node.get("type").text().equals("raw") ? rawKey(node.get("file").path()) : passphrase(node.get("value"));
        opened.push(key);
        return key;
    }

    static KeyProvider rawKey(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length != 32) {
                throw new ConfigException(
                        "key file '" + file + "' has " + bytes.length + " bytes",
                        "Give a file of exactly 32 random bytes");
            }
            KeyProvider key = KeyProviders.raw(bytes);
            Arrays.fill(bytes, (byte) 0);
            return key;
        } catch (IOException e) {
            throw new ConfigException(
                    "key file '" + file + "' cannot be read", "Make it readable, or correct the path");
        }
    }

    private static KeyProvider passphrase(ConfigNode value) {
        String text = value.text();
        if (text.isEmpty()) {
            throw new ConfigException("the passphrase at " + value.place() + " is empty", "Give one");
        }
        return KeyProviders.passphrase(text.toCharArray());
    }

    /** A snapshot by the words of the command line. */
    static Snapshot snapshot(Repository repository, String source, String number) {
        SourceId id = new SourceId(source);
        if (repository.latest(id).isEmpty()) {
            List<String> known =
                    repository.sources().stream().map(SourceId::value).collect(Collectors.toList());
            throw new ConfigException(
                    "the repository has no snapshot of source '" + source + "'",
                    known.isEmpty() ? "Run a backup first" : "Use one of " + String.join(", ", known));
        }
        return repository.snapshot(
                id, number.equals("latest") ? OptionalLong.empty() : OptionalLong.of(sequence(number)));
    }

    private static long sequence(String number) {
        try {
            long sequence = Long.parseLong(number);
            if (sequence > 0) {
                return sequence;
            }
        } catch (NumberFormatException e) {
            throw notANumber(number);
        }
        throw notANumber(number);
    }

    private static ConfigException notANumber(String number) {
        return new ConfigException(
                "snapshot '" + number + "' is no number", "Give a number that snapshots lists, or latest");
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            close(opened.pop());
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (HoldfastException e) {
            throw e;
        } catch (Exception e) {
            throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE, "closing failed: " + e.getMessage(), "Run the command again", e);
        }
    }
}
