// SPDX-License-Identifier: Apache-2.0
package io.holdfast.diagnosis;

import io.holdfast.diagnosis.Finding.Condition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes causes of findings: what is the same on all ways out is said once, and what only follows from something else is left out. */
final class Causes {
    private final List<Finding> findings;
    private final int ways;

    Causes(List<Finding> findings, int ways) {
        this.findings = findings;
        this.ways = ways;
    }

    private record Place(Layer layer, String target, Condition condition) {}

    List<Cause> list() {
        Map<Place, List<Finding>> bad = new LinkedHashMap<>();
        Set<String> broken = new LinkedHashSet<>();
        for (Finding each : findings) {
            // A path that is bad is bad for all that goes over it.
            boolean again = each.layer() == Layer.PATH && each.isBad() && !broken.add(each.egress());
            if (each.isBad() && !again) {
                Place place = new Place(each.layer(), each.target(), each.condition());
                bad.computeIfAbsent(place, p -> new ArrayList<>()).add(each);
            }
        }
        List<Cause> whole = Stream.of(Condition.FAILED, Condition.THROTTLED)
                .flatMap(condition -> wholeService(bad, condition).stream())
                .toList();
        List<Cause> causes = new ArrayList<>(whole);
        bad.forEach((place, found) -> {
            if (place.layer != Layer.SERVICE || whole.isEmpty()) {
                causes.add(cause(place, found));
            }
        });
        causes.sort(Comparator.comparing(Cause::layer));
        return causes;
    }

    /** Every part of the service fares alike: that is one cause, not many. */
    private Optional<Cause> wholeService(Map<Place, List<Finding>> bad, Condition condition) {
        Set<String> parts = new LinkedHashSet<>();
        findings.stream().filter(each -> each.layer() == Layer.SERVICE).forEach(each -> parts.add(each.target()));
        List<Place> same = bad.keySet().stream()
                .filter(place -> place.layer == Layer.SERVICE && place.condition == condition)
                .toList();
        if (parts.size() < 2 || same.size() < parts.size()) {
            return Optional.empty();
        }
        List<Finding> found = Objects.requireNonNull(bad.get(same.get(0)));
        return Optional.of(cause(new Place(Layer.SERVICE, "every part", condition), found));
    }

    private Cause cause(Place place, List<Finding> found) {
        Set<String> names = new LinkedHashSet<>();
        found.forEach(each -> names.add(each.egress()));
        // What belongs to no way out in particular, such as the token, has no name of one.
        String egress = names.size() >= ways || names.contains("") ? "" : String.join(", ", names);
        return new Cause(place.layer, egress, place.target, found.get(0).detail(), remedy(place));
    }

    private static String remedy(Place place) {
        if (place.condition == Condition.THROTTLED) {
            return place.layer == Layer.TOKEN
                    ? "Wait: the identity service counts by address and application; valid tokens go on being used"
                    : "Wait: sessions go on by themselves; look for other applications that use up the same budget";
        }
        switch (place.layer) {
            case RESOLVE:
                return "Check the name server of this machine, and the name in the configuration";
            case CONNECT:
                return "Check firewall and route from this machine to "
                        + (place.target.contains(":") ? place.target : "port 443 of " + place.target);
            case PROXY:
                return "Check the proxy: whether it runs, its credentials, and whether it lets " + place.target
                        + " through";
            case TLS:
                return "Compare what was offered with what the peer would take; add the issuer to the trust store if a proxy of yours"
                        + " looks into the traffic";
            case PATH:
                return "Check the network between here and the service for loss, small packet sizes and middleboxes that cut connections";
            case TOKEN:
                return "Check the credential and its expiry; if the identity service itself is down, wait: valid tokens go on being used";
            case PERMISSION:
                return "Grant the application what is missing, and consent to it";
            default:
                return "Look at the service's own status page; sessions go on by themselves when it works again";
        }
    }
}
