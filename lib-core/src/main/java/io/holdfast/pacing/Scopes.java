// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scopes that are in use; those without limits and waits take no room. Guarded by the lock of its pacer. */
final class Scopes {
    private static final Logger LOG = LoggerFactory.getLogger(Scopes.class);
    private static final long SHARE_EVERY = Duration.ofSeconds(10).toNanos();

    private PacingProfile profile;
    private final BudgetSharing sharing;
    private final TimeSource time;
    private final Map<Scope, Node> nodes = new LinkedHashMap<>(16, 0.75f, true);
    /** What an earlier process had left of scopes that are not in use yet; their limits may be adopted later. */
    private final Map<Scope, List<SavedBudget>> left = new HashMap<>();

    Scopes(PacingProfile profile, BudgetSharing sharing, TimeSource time) {
        this.profile = profile;
        this.sharing = sharing;
        this.time = time;
    }

    /** Adds limits where none are known; holds for scopes that are used from now on. */
    void adopt(PacingProfile published) {
        profile = profile.or(published);
    }

    PacingProfile profile() {
        return profile;
    }

    /** The scopes that count on the way from one to the widest, the narrowest first. */
    List<Node> path(Scope scope, long now) {
        List<Node> path = new ArrayList<>(3);
        for (Scope each = scope; each != null; each = each.outer()) {
            Node node = find(each, now);
            if (node != null) {
                refreshShare(node, now);
                path.add(node);
            }
        }
        return path;
    }

    private @Nullable Node find(Scope scope, long now) {
        Node known = nodes.get(scope);
        if (known != null) {
            return known;
        }
        List<Limit> limits = profile.limitsOf(scope);
        return limits.isEmpty() ? null : make(scope, limits, now);
    }

    /** A scope that is told to wait needs a place, limits or not. */
    Node findOrMake(Scope scope, long now) {
        Node known = find(scope, now);
        return known != null ? known : make(scope, List.of(), now);
    }

    private Node make(Scope scope, List<Limit> limits, long now) {
        Node node = new Node(scope, limits, profile.factorOf(scope), now);
        nodes.put(scope, node);
        left.getOrDefault(scope, List.of()).forEach(each -> restore(each, node, now));
        if (!limits.isEmpty()) {
            left.remove(scope);
        }
        return node;
    }

    private void refreshShare(Node node, long now) {
        if (now - node.sharedAt < SHARE_EVERY) {
            return;
        }
        try {
            node.share(Math.min(1, Math.max(1e-6, sharing.partOf(node.scope))), now);
            Optional<Instant> until = sharing.fencedUntil(node.scope);
            until.ifPresent(instant ->
                    node.fence(now + Duration.between(time.now(), instant).toNanos()));
        } catch (RuntimeException e) {
            // A broken line to the other workers must not stop this one: what they said last still holds.
            node.retryShareAt(now);
            LOG.warn("The shared budget of {} cannot be asked for: {}", node.scope, e.toString());
        }
    }

    void announceFence(Node node, long now) {
        Instant until = time.now().plusNanos(node.fencedUntil - now);
        try {
            sharing.fenced(node.scope, until);
        } catch (RuntimeException e) {
            LOG.warn(
                    "The other workers cannot be told that {} is to wait until {}: {}",
                    node.scope,
                    until,
                    e.toString());
        }
    }

    void forgetIdle(long now, long idleNanos) {
        for (int i = 0; i < 2 && !nodes.isEmpty(); i++) {
            Node oldest = nodes.values().iterator().next();
            if (now - oldest.usedAt < idleNanos) {
                return;
            }
            nodes.remove(oldest.scope);
            if (!oldest.isForgettable(now)) {
                nodes.put(oldest.scope, oldest);
            }
        }
    }

    List<SavedBudget> save(long now) {
        List<SavedBudget> saved = new ArrayList<>();
        for (Node node : nodes.values()) {
            for (Bucket bucket : node.buckets()) {
                if (bucket.isLong() && !bucket.isFull(now)) {
                    saved.add(new SavedBudget(node.scope, bucket.limit(), bucket.tokens(now), time.now()));
                }
            }
        }
        left.values().stream()
                .flatMap(List::stream)
                .filter(each -> Duration.between(each.at(), time.now())
                                .compareTo(each.limit().period())
                        < 0)
                .forEach(saved::add);
        return saved;
    }

    void restore(List<SavedBudget> saved) {
        saved.forEach(each ->
                left.computeIfAbsent(each.scope(), scope -> new ArrayList<>()).add(each));
    }

    private void restore(SavedBudget budget, Node node, long now) {
        Duration ago = Duration.between(budget.at(), time.now());
        node.buckets().stream()
                .filter(bucket -> bucket.limit().equals(budget.limit()))
                .forEach(bucket -> bucket.restore(budget.left(), ago.isNegative() ? Duration.ZERO : ago, now));
    }

    int size() {
        return nodes.size();
    }
}
