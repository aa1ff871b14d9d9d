// SPDX-License-Identifier: Apache-2.0

/** Retry policies of Failsafe as retry policies of Holdfast. */
module io.holdfast.failsafe {
    requires transitive dev.failsafe.core;
    requires transitive io.holdfast.core;
    requires static transitive org.jspecify;

    exports io.holdfast.failsafe;
}
