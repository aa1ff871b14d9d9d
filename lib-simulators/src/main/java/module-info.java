// SPDX-License-Identifier: Apache-2.0

/** Services that are simulated, without a test framework: hosts try their own integrations on them. */
module io.holdfast.simulators {
    requires transitive io.holdfast.core;
    requires com.fasterxml.jackson.core;
    requires jdk.httpserver;
    requires static transitive org.jspecify;

    exports io.holdfast.simulators.graph;
    exports io.holdfast.simulators.http;
}
