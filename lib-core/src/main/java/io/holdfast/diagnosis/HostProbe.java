// SPDX-License-Identifier: Apache-2.0
package io.holdfast.diagnosis;

import io.holdfast.diagnosis.Finding.Condition;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the layers below the services of one host: makes several TLS sessions one after the other, since one that works does not tell that
 * the next one will.
 */
final class HostProbe {
    /** So many sessions that fail in the same way in a row are no accident. */
    private static final int CERTAIN = 4;

    private static final int HTTPS = 443;
    /** A lost packet of a handshake is sent again after a second or so. */
    private static final Duration SLOW = Duration.ofMillis(800);

    private final Egress egress;
    private final Tunnel tunnel;
    private final TlsProbe tls;
    private final HelloProbe hello;
    private final TimeSource time;
    private final int sessions;

    HostProbe(Egress egress, Duration patience, int sessions, TimeSource time, Randomness randomness) {
        this.egress = egress;
        this.tunnel = new Tunnel(egress.proxy(), patience);
        this.tls = new TlsProbe(egress.trust());
        this.hello = new HelloProbe(randomness);
        this.time = time;
        this.sessions = sessions;
    }

    private record Session(
            Duration took, String agreed, @Nullable LayerException failure) {}

    /** What is found of a host, one finding for each layer that was reached. */
    List<Finding> look(URI uri) {
        String host = uri.getHost();
        int port = uri.getPort() < 0 ? HTTPS : uri.getPort();
        List<Session> made = new ArrayList<>();
        while (made.size() < sessions && !isCertain(made)) {
            made.add(session(host, port));
        }
        List<Session> failed =
                made.stream().filter(each -> each.failure != null).toList();
        if (failed.size() == made.size()) {
            return down(uri, port, made.get(made.size() - 1));
        }
        Session good =
                made.stream().filter(each -> each.failure == null).findFirst().orElseThrow();
        List<Finding> findings = new ArrayList<>(lower(uri, Layer.PATH, good.took));
        findings.set(findings.size() - 1, finding(uri, Layer.TLS, Condition.OK, "agreed on " + good.agreed, good.took));
        findings.add(path(uri, made, failed));
        return findings;
    }

    private static boolean isCertain(List<Session> made) {
        return made.size() >= CERTAIN && made.stream().allMatch(each -> each.failure != null);
    }

    private Session session(String host, int port) {
        long begun = time.nanos();
        try {
            Socket plain = tunnel.open(host, port);
            String agreed = tls.handshake(plain, host, port);
            return new Session(since(begun), agreed, null);
        } catch (LayerException e) {
            return new Session(since(begun), "", e);
        }
    }

    /** The host is not to be had: everything below the failing layer works. */
    private List<Finding> down(URI uri, int port, Session last) {
        LayerException failure = Objects.requireNonNull(last.failure);
        List<Finding> findings = new ArrayList<>(lower(uri, failure.layer(), Duration.ZERO));
        String detail = String.valueOf(failure.getMessage());
        if (failure.layer() == Layer.TLS) {
            detail = detail + "; we offered " + TlsProbe.offer() + "; the peer would take "
                    + wouldTake(uri.getHost(), port);
        }
        findings.add(finding(uri, failure.layer(), Condition.FAILED, detail, last.took));
        return findings;
    }

    private String wouldTake(String host, int port) {
        try {
            List<String> taken = hello.accepted(() -> tunnel.open(host, port), host);
            return taken.isEmpty() ? "nothing of TLS 1.2 or before" : String.join(", ", taken);
        } catch (LayerException e) {
            return "nobody knows what: " + e.getMessage();
        }
    }

    private List<Finding> lower(URI uri, Layer failing, Duration took) {
        List<Layer> layers = egress.proxy().isPresent()
                ? List.of(Layer.PROXY, Layer.TLS)
                : List.of(Layer.RESOLVE, Layer.CONNECT, Layer.TLS);
        return layers.stream()
                .filter(layer -> layer.compareTo(failing) < 0)
                .map(layer -> finding(uri, layer, Condition.OK, "works", took))
                .toList();
    }

    private Finding path(URI uri, List<Session> made, List<Session> failed) {
        Duration longest =
                made.stream().map(Session::took).max(Comparator.naturalOrder()).orElseThrow();
        if (!failed.isEmpty()) {
            String first =
                    String.valueOf(Objects.requireNonNull(failed.get(0).failure).getMessage());
            return finding(
                    uri,
                    Layer.PATH,
                    Condition.FAILED,
                    failed.size() + " of " + made.size() + " connections failed, the first one with: " + first,
                    longest);
        }
        Duration shortest =
                made.stream().map(Session::took).min(Comparator.naturalOrder()).orElseThrow();
        long slow = made.stream()
                .filter(each -> each.took.minus(shortest).compareTo(SLOW) > 0)
                .count();
        if (slow >= 3) {
            String detail = String.format(
                    Locale.ROOT,
                    "%d of %d connections took up to %d ms, the fastest one %d ms: packets are lost",
                    slow,
                    made.size(),
                    longest.toMillis(),
                    shortest.toMillis());
            return finding(uri, Layer.PATH, Condition.FAILED, detail, longest);
        }
        return finding(uri, Layer.PATH, Condition.OK, "all of " + made.size() + " connections hold", longest);
    }

    private Finding finding(URI uri, Layer layer, Condition condition, String detail, Duration took) {
        return new Finding(egress.name(), uri.getAuthority(), layer, condition, detail, took);
    }

    private Duration since(long begun) {
        return Duration.ofNanos(time.nanos() - begun);
    }
}
