// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which path is which operation. A template is such as {@code /users/{user}/messages/{message}}; a word is matched without regard to case and wins over a
 * variable. To be filled by one thread; then safe for use by several.
 */
final class Routes {
    private final Node root = new Node();
    private final Set<String> operations = new TreeSet<>();

    /** A segment of a path. */
    private static final class Node {
        private final Map<String, Node> words = new HashMap<>();
        private final Map<String, Route> routes = new LinkedHashMap<>();
        private @Nullable Node variable;
        private String name = "";
    }

    /**
     * What was found.
     *
     * @param routes by method; none if there is no such path
     * @param variables the values of the template's variables
     */
    record Match(Map<String, Route> routes, Map<String, String> variables) {}

    /** Routes of one service that need one of the same roles. */
    Group group(Service service, Set<String> roles) {
        return new Group(service, roles);
    }

    Match find(List<String> path) {
        Map<String, String> variables = new HashMap<>();
        Node found = find(root, path, 0, variables);
        return found == null ? new Match(Map.of(), Map.of()) : new Match(found.routes, variables);
    }

    /** The names of all operations. */
    Set<String> operations() {
        return operations;
    }

    private static @Nullable Node find(Node node, List<String> path, int depth, Map<String, String> variables) {
        if (depth == path.size()) {
            return node.routes.isEmpty() ? null : node;
        }
        Node word = node.words.get(path.get(depth).toLowerCase(Locale.ROOT));
        Node found = word == null ? null : find(word, path, depth + 1, variables);
        if (found == null && node.variable != null) {
            found = find(node.variable, path, depth + 1, variables);
            if (found != null) {
                variables.put(node.variable.name, path.get(depth));
            }
        }
        return found;
    }

    private void add(String template, Route route) {
        Node node = root;
        for (String segment : template.substring(1).split("/")) {
            if (segment.startsWith("{")) {
                Node next = node.variable == null ? new Node() : node.variable;
                next.name = segment.substring(1, segment.length() - 1);
                node.variable = next;
                node = next;
            } else {
                node = node.words.computeIfAbsent(segment.toLowerCase(Locale.ROOT), word -> new Node());
            }
        }
        if (node.routes.put(route.method(), route) != null) {
            throw new IllegalStateException(route.method() + " " + template + " is there twice");
        }
        operations.add(route.operation());
    }

    /** Adds routes of one service and of the same roles. */
    final class Group {
        private final Service service;
        private final Set<String> roles;
        private ToIntFunction<Query> cost = query -> 1;

        private Group(Service service, Set<String> roles) {
            this.service = service;
            this.roles = roles;
        }

        /** What follows costs so many resource units. */
        Group costing(int units) {
            return costing(query -> units);
        }

        /** What follows costs what its query makes it cost. */
        Group costing(ToIntFunction<Query> units) {
            cost = units;
            return this;
        }

        Group on(String method, String template, String operation, Function<Call, Reply> answer) {
            add(template, new Route(method, operation, service, roles, cost, answer));
            return this;
        }
    }
}
