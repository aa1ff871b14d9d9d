// SPDX-License-Identifier: Apache-2.0

/** Contract kits for every SPI, simulated time, and fault injection from a seed; for tests of stores, sources and hosts. */
module io.holdfast.testkit {
    requires transitive io.holdfast.core;
    requires transitive io.holdfast.simulators;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires static transitive org.jspecify;

    exports io.holdfast.testkit.http;
    exports io.holdfast.testkit;
}
