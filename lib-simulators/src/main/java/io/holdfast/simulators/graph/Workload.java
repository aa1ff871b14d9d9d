// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

/** A part of Graph that belongs together, such as mail. */
@FunctionalInterface
interface Workload {

    /**
     * Adds its operations.
     *
     * @param routes the table of all
     */
    void addTo(Routes routes);
}
