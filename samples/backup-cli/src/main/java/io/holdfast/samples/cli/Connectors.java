// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.diagnosis.Egress;
import io.holdfast.diagnosis.HttpProxy;
import io.holdfast.http.OkHttpTransport;
import io.holdfast.http.OkHttpTransportBuilder;
import io.holdfast.identity.Credential;
import io.holdfast.m365.M365Cloud;
import io.holdfast.m365.M365Workload;
import io.holdfast.m365.MailFidelity;
import io.holdfast.m365.Microsoft365;
import io.holdfast.samples.cli.config.ConfigException;
import io.holdfast.samples.cli.config.ConfigNode;
import io.holdfast.samples.directory.DirectoryConnector;
import io.holdfast.source.SourceConnector;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.X509TrustManager;

/** Makes the connectors of configured sources. */
final class Connectors {
    private final Optional<Path> authorities;
    private final Consumer<AutoCloseable> keeper;

    /**
     * Connectors.
     *
     * @param authorities a file of certificates that are trusted besides the JVM's roots
     * @param keeper takes what is to be closed with the command
     */
    Connectors(Optional<Path> authorities, Consumer<AutoCloseable> keeper) {
        this.authorities = authorities;
        this.keeper = keeper;
    }

    SourceConnector of(String name, ConfigNode node) {
        String type = node.get("type").text();
        return switch (type) {
            case "directory" -> DirectoryConnector.of(name, node.get("path").path());
            case "m365" -> microsoft365(name, node);
            default ->
                throw new ConfigException(
                        "source '" + name + "' is of type '" + type + "', for which this build has no connector",
                        "Use a source of type directory or m365");
        };
    }

    private SourceConnector microsoft365(String name, ConfigNode node) {
        Microsoft365.Builder builder = Microsoft365.connector(name);
        given(node.get("tenant_id"), builder::tenant);
        given(node.get("client_id"), builder::client);
        credential(node, builder);
        node.find("cloud").ifPresent(cloud -> builder.cloud(cloud(cloud)));
        node.find("authority").ifPresent(each -> given(each, text -> builder.authority(URI.create(text))));
        node.find("graph").ifPresent(each -> given(each, text -> builder.graph(URI.create(text))));
        node.find("app").ifPresent(each -> given(each, builder::application));
        node.find("workloads").ifPresent(list -> builder.workloads(workloads(list)));
        node.find("options").ifPresent(options -> options(options, builder));
        egress(node).forEach(builder::egress);
        return builder.build();
    }

    private static void credential(ConfigNode node, Microsoft365.Builder builder) {
        Optional<ConfigNode> certificate = node.find("client_certificate");
        if (certificate.isPresent()) {
            Credential loaded = certificate(certificate.get());
            builder.credential(() -> loaded);
            return;
        }
        ConfigNode secret = node.get("client_secret");
        if (secret.text().isEmpty()) {
            throw new ConfigException("'client_secret' at " + secret.place() + " is empty", "Give the secret's value");
        }
        // Read again for each token: a secret in a file may be replaced while the program runs.
        builder.secret(() -> secret.text().toCharArray());
    }

    private static Credential certificate(ConfigNode node) {
        node.allow(Set.of("file", "password"));
        Path file = node.get("file").path();
        char[] password = node.find("password").map(ConfigNode::text).orElse("").toCharArray();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key) {
                    List<X509Certificate> chain = new ArrayList<>();
                    for (Certificate each : store.getCertificateChain(alias)) {
                        chain.add((X509Certificate) each);
                    }
                    return Credential.certificate(key, chain);
                }
            }
            throw new ConfigException("certificate file '" + file + "' holds no private key", "Export it with its key");
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException(
                    "certificate file '" + file + "' cannot be read", "Make it a PKCS#12 file, and check its password");
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static M365Cloud cloud(ConfigNode node) {
        return labelled(node, M365Cloud.values(), M365Cloud::label);
    }

    private static Set<M365Workload> workloads(ConfigNode list) {
        Set<M365Workload> chosen = EnumSet.noneOf(M365Workload.class);
        list.elements().forEach(each -> chosen.add(labelled(each, M365Workload.values(), M365Workload::label)));
        if (chosen.isEmpty()) {
            throw new ConfigException("'workloads' at " + list.place() + " is empty", "Name one, or leave it out");
        }
        return chosen;
    }

    private static <T> T labelled(ConfigNode node, T[] values, Function<T, String> label) {
        String text = node.oneOf(Arrays.stream(values).map(label).collect(Collectors.toSet()));
        return Arrays.stream(values)
                .filter(each -> label.apply(each).equals(text))
                .findFirst()
                .orElseThrow();
    }

    private static void options(ConfigNode options, Microsoft365.Builder builder) {
        options.allow(Set.of("mail", "onedrive", "sharepoint", "audit"));
        options.find("mail").ifPresent(mail -> {
            mail.allow(Set.of("fidelity"));
            String fidelity = mail.get("fidelity").oneOf(Set.of("economical", "original"));
            builder.mailFidelity(MailFidelity.valueOf(fidelity.toUpperCase(Locale.ROOT)));
        });
        options.find("onedrive").ifPresent(drive -> drive(drive, M365Workload.ONEDRIVE, builder));
        options.find("sharepoint").ifPresent(drive -> drive(drive, M365Workload.SHAREPOINT, builder));
        options.find("audit").ifPresent(audit -> builder.audit(audit(audit)));
    }

    /** In how many sessions everything is compared; 0 for off. */
    private static int audit(ConfigNode audit) {
        if (audit.isText()) {
            audit.oneOf(Set.of("off"));
            return 0;
        }
        audit.allow(Set.of("runs"));
        return audit.get("runs").number(1, 1_000);
    }

    private static void drive(ConfigNode drive, M365Workload kind, Microsoft365.Builder builder) {
        drive.allow(Set.of("versions", "permissions"));
        int versions = drive.find("versions").map(each -> each.number(0, 500)).orElse(10);
        boolean permissions = drive.find("permissions")
                .map(each -> each.oneOf(Set.of("true", "false")).equals("true"))
                .orElse(true);
        builder.drives(kind, versions, permissions);
    }

    /** The ways out: requests go by the first, a diagnosis looks at each. They are closed with the command. */
    private List<Egress> egress(ConfigNode node) {
        Optional<X509TrustManager> trust = authorities.map(Trust::besidesTheRoots);
        List<ConfigNode> ways = node.find("egress").map(ConfigNode::elements).orElse(List.of());
        if (ways.isEmpty()) {
            return List.of(way("direct", Optional.empty(), trust));
        }
        return ways.stream()
                .map(way -> way(
                        way.text(), way.text().equals("direct") ? Optional.empty() : Optional.of(proxy(way)), trust))
                .toList();
    }

    private Egress way(String name, Optional<HttpProxy> proxy, Optional<X509TrustManager> trust) {
        OkHttpTransportBuilder builder = OkHttpTransport.builder();
        trust.ifPresent(builder::trust);
        proxy.ifPresent(each -> builder.proxy(each.host(), each.port()));
        OkHttpTransport transport = builder.build();
        keeper.accept(transport);
        return new Egress(name, proxy, trust, transport);
    }

    private static HttpProxy proxy(ConfigNode way) {
        URI proxy = given(way, URI::create);
        if (!"http".equals(proxy.getScheme()) || proxy.getHost() == null || proxy.getPort() < 1) {
            throw new ConfigException(
                    "'egress' at " + way.place() + " is '" + way.text() + "'",
                    "Give direct, or a proxy with its port, such as http://proxy:3128");
        }
        return new HttpProxy(proxy.getHost(), proxy.getPort(), Optional.empty());
    }

    /** What a library refuses is a mistake at the place where it stands. */
    private static <T> T given(ConfigNode node, Function<String, T> taker) {
        try {
            return taker.apply(node.text());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("at " + node.place() + ": " + e.getMessage(), "Correct it");
        }
    }
}
