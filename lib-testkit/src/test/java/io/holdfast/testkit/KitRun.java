// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** One run of a contract kit inside a test: which rules there were, and which of them were broken. */
record KitRun(Set<String> rules, Set<String> broken) {
    /** Tells a kit which implementation to run on. */
    static final String SUBJECT = "holdfast.subject";

    /** The subject that breaks nothing. */
    static final String SOUND = "sound";

    static KitRun of(Class<?> kit, String subject) {
        Set<String> rules = new TreeSet<>();
        Set<String> broken = new TreeSet<>();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(kit))
                .configurationParameter(SUBJECT, subject)
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                test.getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(source -> ((MethodSource) source).getMethodName())
                        .ifPresent(rule -> {
                            rules.add(rule);
                            if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                                broken.add(rule);
                            }
                        });
            }
        });
        return new KitRun(rules, broken);
    }

    /** The sound subject breaks no rule, each broken one breaks some, and each rule is broken by some. */
    static void assertBites(Class<?> kit, Set<String> breakages) {
        assertThat(of(kit, SOUND).broken())
                .as("rules that the sound one breaks")
                .isEmpty();
        Map<String, Set<String>> found = new TreeMap<>();
        Set<String> quiet = new TreeSet<>();
        breakages.forEach(breakage -> {
            KitRun run = of(kit, breakage);
            found.put(breakage, run.broken());
            quiet.addAll(run.rules());
        });
        found.values().forEach(quiet::removeAll);

        assertThat(found)
                .allSatisfy(
                        (breakage, broken) -> assertThat(broken).as(breakage).isNotEmpty());
        assertThat(quiet).as("rules that no broken one breaks").isEmpty();
    }
}
