// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import java.util.Set;
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
}
