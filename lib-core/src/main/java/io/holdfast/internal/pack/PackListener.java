// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.format.PackRef;

/** Hears of each pack once it is durable, such as to add it to an index run. Called by several threads; must not call the writer. */
@FunctionalInterface
public interface PackListener {

    /**
     * A pack has been written.
     *
     * @param pack its name
     * @param directory what it holds
     */
    void packWritten(PackRef pack, PackDirectory directory);

    /**
     * Hears nothing.
     *
     * @return what does nothing
     */
    static PackListener none() {
        return (pack, directory) -> {};
    }
}
