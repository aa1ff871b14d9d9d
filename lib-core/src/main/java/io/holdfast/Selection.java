// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.source.Resource;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which resources, and of them which items, a session is about; immutable.
 *
 * <p>Criteria of different kinds must all be met, of several values of one kind any: {@code users("a", "b").and(workloads("mail"))} is the
 * mail of both.
 *
 * @param users owners or display names, compared without case; empty for all
 * @param workloads workloads, such as {@code mail}; empty for all
 * @param resources identifiers of resources; empty for all
 * @param items keys of items, for restores only; empty for all
 * @param path the beginning of an item's path inside its resource, for restores only
 */
public record Selection(
        Set<String> users,
        Set<String> workloads,
        Set<ResourceId> resources,
        Set<ItemKey> items,
        Optional<String> path) {

    /** Copies the sets. */
    public Selection {
        users = Set.copyOf(users);
        workloads = Set.copyOf(workloads);
        resources = Set.copyOf(resources);
        items = Set.copyOf(items);
        Objects.requireNonNull(path, "path");
    }

    /**
     * Everything.
     *
     * @return no criteria
     */
    public static Selection all() {
        return new Selection(Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty());
    }

    /**
     * The resources of some users.
     *
     * @param names owners or display names
     * @return the selection
     */
    public static Selection users(String... names) {
        return new Selection(setOf(names), Set.of(), Set.of(), Set.of(), Optional.empty());
    }

    /**
     * The resources of some workloads.
     *
     * @param names such as {@code mail}
     * @return the selection
     */
    public static Selection workloads(String... names) {
        return new Selection(Set.of(), setOf(names), Set.of(), Set.of(), Optional.empty());
    }

    /**
     * Some resources.
     *
     * @param ids their identifiers
     * @return the selection
     */
    public static Selection resources(String... ids) {
        Set<ResourceId> set = new LinkedHashSet<>();
        Arrays.stream(ids).map(ResourceId::new).forEach(set::add);
        return new Selection(Set.of(), Set.of(), set, Set.of(), Optional.empty());
    }

    /**
     * Some items.
     *
     * @param keys their keys
     * @return the selection
     */
    public static Selection items(String... keys) {
        Set<ItemKey> set = new LinkedHashSet<>();
        Arrays.stream(keys).map(ItemKey::new).forEach(set::add);
        return new Selection(Set.of(), Set.of(), Set.of(), set, Optional.empty());
    }

    /**
     * What lies under a path inside a resource.
     *
     * @param prefix names divided by slashes, from the resource's root
     * @return the selection
     */
    public static Selection path(String prefix) {
        return new Selection(Set.of(), Set.of(), Set.of(), Set.of(), Optional.of(prefix));
    }

    /**
     * What meets the criteria of both.
     *
     * @param other more criteria; a kind of criterion may be set in one of the two only
     * @return the selection
     */
    public Selection and(Selection other) {
        return new Selection(
                either("users", users, other.users),
                either("workloads", workloads, other.workloads),
                either("resources", resources, other.resources),
                either("items", items, other.items),
                path.isPresent() ? path : other.path);
    }

    /**
     * Whether a resource is selected.
     *
     * @param resource the resource
     * @return true if it meets all criteria that concern resources
     */
    public boolean covers(Resource resource) {
        return (resources.isEmpty() || resources.contains(resource.id()))
                && (workloads.isEmpty() || workloads.contains(resource.workload()))
                && (users.isEmpty() || users.stream().anyMatch(user -> isOf(resource, user)));
    }

    /** The same text for equal selections, in every process: the iteration order of sets differs from one to the next. */
    String canonical() {
        return Stream.of(users, workloads, resources, items, path.map(Set::of).orElse(Set.of()))
                .map(Selection::sorted)
                .collect(Collectors.joining(";"));
    }

    private static String sorted(Set<?> values) {
        return values.stream()
                .map(String::valueOf)
                .sorted()
                .map(value -> value.length() + ":" + value)
                .collect(Collectors.joining(","));
    }

    private static boolean isOf(Resource resource, String user) {
        String wanted = user.toLowerCase(Locale.ROOT);
        return resource.owner().toLowerCase(Locale.ROOT).equals(wanted)
                || resource.displayName().toLowerCase(Locale.ROOT).equals(wanted);
    }

    private static Set<String> setOf(String... values) {
        return new LinkedHashSet<>(Arrays.asList(values));
    }

    private static <T> Set<T> either(String what, Set<T> one, Set<T> other) {
        if (!one.isEmpty() && !other.isEmpty()) {
            throw new IllegalArgumentException(
                    what + " are selected twice: " + one + " and " + other + "; give all of them in one criterion");
        }
        return one.isEmpty() ? other : one;
    }
}
