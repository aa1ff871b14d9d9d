// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.runtime.HoldfastRuntime;

/** The door: where a host begins. Without state, for several threads. */
public final class Holdfast {
    private static final String VERSION = "0.1.0-SNAPSHOT";

    private Holdfast() {}

    /**
     * Starts the one long-lived object of a process, which repositories, connectors and sessions share.
     *
     * @return a builder
     */
    public static HoldfastRuntime.Builder runtime() {
        return HoldfastRuntime.builder();
    }

    /**
     * The version of this library, which stands in every snapshot that it writes.
     *
     * @return such as {@code 1.2.0}
     */
    public static String version() {
        return VERSION;
    }
}
