// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli.config;

import io.holdfast.model.ByteSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the configuration file says, its keys checked; values are checked when they are used. Immutable.
 *
 * @param maxThreads how many tasks work at once, if set
 * @param buffer how much memory content may occupy, if set
 * @param cache the folder of the local cache
 * @param logs the folder of the error log, if set
 * @param authorities a file of certificates that are trusted besides the JVM's roots, if set
 * @param repositories the repositories by name
 * @param sources the sources by name
 */
public record Configuration(
        OptionalInt maxThreads,
        Optional<ByteSize> buffer,
        Path cache,
        Optional<Path> logs,
        Optional<Path> authorities,
        Map<String, ConfigNode> repositories,
        Map<String, ConfigNode> sources) {

    private static final Set<String> TOP =
            Set.of("max_threads", "buffer_size", "cache_dir", "log_dir", "tls", "repositories", "sources");
    private static final Set<String> REPOSITORY = Set.of("store", "key", "retention");
    private static final Set<String> RETENTION =
            Set.of("last", "hourly", "daily", "weekly", "monthly", "yearly", "time_zone");
    private static final Map<String, Set<String>> STORES = Map.of(
            "posix", Set.of("type", "path"),
            "s3",
                    Set.of(
                            "type",
                            "bucket",
                            "prefix",
                            "endpoint",
                            "region",
                            "path_style",
                            "access_key",
                            "secret_key",
                            "object_lock",
                            "leases"),
            "azure", Set.of("type", "container", "prefix", "connection_string", "immutability"));
    private static final Map<String, Set<String>> KEYS =
            Map.of("passphrase", Set.of("type", "value"), "raw", Set.of("type", "file"));
    private static final Map<String, Set<String>> SOURCES = Map.of(
            "directory", Set.of("type", "path"),
            "m365",
                    Set.of(
                            "type",
                            "tenant_id",
                            "client_id",
                            "client_secret",
                            "client_certificate",
                            "cloud",
                            "authority",
                            "graph",
                            "workloads",
                            "options",
                            "egress",
                            "app"),
            "gworkspace",
                    Set.of(
                            "type",
                            "service_account_file",
                            "admin",
                            "api_root",
                            "token_uri",
                            "workloads",
                            "options",
                            "egress"));

    /** Copies the maps in their order. */
    public Configuration {
        repositories = new LinkedHashMap<>(repositories);
        sources = new LinkedHashMap<>(sources);
    }

    /**
     * Reads a file and checks all its keys.
     *
     * @param file the file
     * @param environment the variables that values may refer to
     * @return what it says
     * @throws ConfigException if it cannot be read, or says what nobody understands
     */
    public static Configuration read(Path file, Map<String, String> environment) {
        ConfigNode top = ConfigParser.parse(file, environment);
        top.allow(TOP);
        top.find("tls").ifPresent(Configuration::checkTls);
        Map<String, ConfigNode> repositories =
                top.find("repositories").map(ConfigNode::entries).orElse(Map.of());
        Map<String, ConfigNode> sources =
                top.find("sources").map(ConfigNode::entries).orElse(Map.of());
        repositories.values().forEach(Configuration::checkRepository);
        sources.values().forEach(source -> checkTyped(source, SOURCES));
        return new Configuration(
                top.find("max_threads")
                        .map(n -> OptionalInt.of(n.number(1, 1024)))
                        .orElse(OptionalInt.empty()),
                top.find("buffer_size").map(ConfigNode::size),
                top.find("cache_dir").map(ConfigNode::path).orElseGet(() -> defaultCache(environment)),
                top.find("log_dir").map(ConfigNode::path),
                top.find("tls").flatMap(tls -> tls.find("ca_file")).map(ConfigNode::path),
                repositories,
                sources);
    }

    private static void checkTls(ConfigNode tls) {
        tls.allow(Set.of("ca_file"));
        tls.find("ca_file")
                .map(ConfigNode::path)
                .filter(file -> !Files.isReadable(file))
                .ifPresent(file -> {
                    throw new ConfigException(
                            "tls.ca_file '" + file + "' cannot be read",
                            "Make it a readable file of certificates in PEM form");
                });
    }

    private static void checkRepository(ConfigNode repository) {
        repository.allow(REPOSITORY);
        checkTyped(repository.get("store"), STORES);
        repository.find("key").ifPresent(key -> checkTyped(key, KEYS));
        repository.find("retention").ifPresent(Configuration::checkRetention);
    }

    private static void checkRetention(ConfigNode retention) {
        retention.allow(RETENTION);
        retention.entries().forEach((key, value) -> {
            if (!key.equals("time_zone")) {
                value.number(0, 100_000);
            }
        });
    }

    private static void checkTyped(ConfigNode node, Map<String, Set<String>> types) {
        node.allow(types.getOrDefault(node.get("type").oneOf(types.keySet()), Set.of()));
    }

    private static Path defaultCache(Map<String, String> environment) {
        String given = environment.getOrDefault("XDG_CACHE_HOME", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        Path caches = given.isEmpty() ? Path.of(home, ".cache") : Path.of(given);
        return caches.resolve("holdfast");
    }

    /**
     * A repository by name.
     *
     * @param name its name
     * @return its section
     * @throws ConfigException if there is none
     */
    public ConfigNode repository(String name) {
        return named("repository", name, repositories);
    }

    /**
     * A source by name.
     *
     * @param name its name
     * @return its section
     * @throws ConfigException if there is none
     */
    public ConfigNode source(String name) {
        return named("source", name, sources);
    }

    private static ConfigNode named(String what, String name, Map<String, ConfigNode> all) {
        ConfigNode found = all.get(name);
        if (found == null) {
            throw new ConfigException(
                    what + " '" + name + "' is not in the configuration",
                    all.isEmpty()
                            ? "Add it to the configuration"
                            : "Use one of " + String.join(", ", new TreeSet<>(all.keySet()))
                                    + ", or add it to the configuration");
        }
        return found;
    }
}
