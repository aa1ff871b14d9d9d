// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

/**
 * The process has died, as far as a simulation is concerned.
 *
 * <p>An {@link Error}, so that no handler of failures takes it for one: code that goes on after it runs in a dead process.
 */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    /**
     * A crash at a call.
     *
     * @param call the number of the call before which the process died, counted from 1
     */
    public SimulatedCrash(long call) {
        super("the process died before store call " + call);
    }
}
