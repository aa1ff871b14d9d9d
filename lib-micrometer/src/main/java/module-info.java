// SPDX-License-Identifier: Apache-2.0

/** What Holdfast does as meters of Micrometer. */
module io.holdfast.micrometer {
    requires transitive io.holdfast.core;
    requires transitive micrometer.core;
    requires static transitive org.jspecify;

    exports io.holdfast.micrometer;
}
