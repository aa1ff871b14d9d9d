// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/** The map of packages: which may import which. What is not drawn here is forbidden. */
final class Arrows {
    /** Package to the packages that it may import, names relative to the base. */
    static final Map<String, Set<String>> OF_CORE = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("error", Set.of("model")),
            Map.entry("runtime", Set.of("model", "error")),
            Map.entry("retry", Set.of("pacing", "model", "error", "runtime")),
            Map.entry("pacing", Set.of("model", "error", "runtime")),
            Map.entry("identity", Set.of("retry", "pacing", "model", "error", "runtime")),
            Map.entry("exchange", Set.of("identity", "retry", "pacing", "model", "error", "runtime")),
            Map.entry("diagnosis", Set.of("exchange", "identity", "retry", "model", "error", "runtime")),
            Map.entry("health", Set.of("internal.varint", "identity", "retry", "pacing", "model", "error", "runtime")),
            Map.entry("quiet", Set.of("internal.varint", "model", "error")),
            Map.entry("drift", Set.of("internal.varint", "runtime", "model", "error")),
            Map.entry("internal.varint", Set.of()),
            Map.entry(
                    "services",
                    Set.of(
                            "internal.varint",
                            "diagnosis",
                            "drift",
                            "exchange",
                            "health",
                            "identity",
                            "observe",
                            "pacing",
                            "quiet",
                            "retry",
                            "source",
                            "runtime",
                            "model",
                            "error")),
            Map.entry("source", Set.of("model", "error", "runtime", "retry", "pacing")),
            Map.entry("store", Set.of("model", "error", "runtime", "retry")),
            Map.entry("crypto", Set.of("model", "error")),
            Map.entry("manifest", Set.of("model", "error")),
            Map.entry("repository", Set.of("manifest", "model", "error")),
            Map.entry("observe", Set.of("model", "error")),
            Map.entry("internal.digest", Set.of()),
            Map.entry("internal.split", Set.of("internal.digest", "model", "error")),
            Map.entry("internal.seal", Set.of("internal.digest", "crypto", "runtime", "model", "error")),
            Map.entry(
                    "internal.format", Set.of("internal.digest", "manifest", "repository", "source", "model", "error")),
            Map.entry(
                    "internal.run",
                    Set.of("internal.digest", "internal.format", "internal.seal", "crypto", "model", "error")),
            Map.entry(
                    "internal.pack",
                    Set.of(
                            "internal.digest",
                            "internal.run",
                            "internal.seal",
                            "internal.format",
                            "store",
                            "runtime",
                            "retry",
                            "crypto",
                            "manifest",
                            "repository",
                            "model",
                            "error")),
            Map.entry(
                    "internal.commit",
                    Set.of(
                            "internal.digest",
                            "internal.seal",
                            "internal.format",
                            "store",
                            "runtime",
                            "retry",
                            "crypto",
                            "manifest",
                            "repository",
                            "model",
                            "error")),
            Map.entry(
                    "internal.repository",
                    Set.of(
                            "internal.digest",
                            "internal.split",
                            "internal.seal",
                            "internal.format",
                            "internal.run",
                            "internal.pack",
                            "internal.commit",
                            "repository",
                            "manifest",
                            "store",
                            "crypto",
                            "observe",
                            "runtime",
                            "retry",
                            "model",
                            "error")),
            Map.entry(
                    "internal.pipeline",
                    Set.of(
                            "internal.digest",
                            "internal.split",
                            "internal.seal",
                            "internal.format",
                            "internal.run",
                            "internal.pack",
                            "internal.commit",
                            "internal.repository",
                            "source",
                            "repository",
                            "manifest",
                            "crypto",
                            "observe",
                            "runtime",
                            "retry",
                            "pacing",
                            "model",
                            "error")));

    private static final String ROOT = "";

    private Arrows() {}

    /**
     * Classes import only along the arrows.
     *
     * @param base the package that the names of the map are relative to; it may itself import everything
     * @param arrows package to what it may import
     */
    static ArchCondition<JavaClass> follow(String base, Map<String, Set<String>> arrows) {
        return new ArchCondition<>("import only along the arrows of the package map") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                String from = relative(base, origin);
                if (from == null || from.equals(ROOT)) {
                    return;
                }
                Set<String> allowed = arrows.get(from);
                if (allowed == null) {
                    events.add(SimpleConditionEvent.violated(
                            origin, origin.getName() + " is in a package that is not on the map: " + from));
                    return;
                }
                for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                    String to = relative(base, dependency.getTargetClass().getBaseComponentType());
                    if (to != null && !to.equals(from) && !allowed.contains(to)) {
                        events.add(SimpleConditionEvent.violated(
                                dependency,
                                "no arrow from " + from + " to "
                                        + (to.isEmpty() ? "the root package" : to) + ": "
                                        + dependency.getDescription()));
                    }
                }
            }
        };
    }

    /**
     * Classes of one package name only values of another: records, enums and sealed families.
     *
     * @param from the full name of the package that is looked at
     * @param to the full name of the package whose values it may name
     */
    static ArchCondition<JavaClass> nameOnlyValues(String from, String to) {
        return new ArchCondition<>("name only values of " + to) {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                if (!origin.getPackageName().equals(from)) {
                    return;
                }
                for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (target.getPackageName().equals(to) && !isValue(target)) {
                        events.add(SimpleConditionEvent.violated(
                                dependency, target.getName() + " is no value: " + dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean isValue(JavaClass type) {
        return type.isRecord() || type.isEnum() || type.reflect().isSealed();
    }

    private static String relative(String base, JavaClass type) {
        String name = type.getPackageName();
        if (name.equals(base)) {
            return ROOT;
        }
        return name.startsWith(base + ".") ? name.substring(base.length() + 1) : null;
    }
}
