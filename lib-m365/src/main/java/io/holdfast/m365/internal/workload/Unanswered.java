// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import io.holdfast.model.ItemRef;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Lookup;
import io.holdfast.source.Trouble;
import java.util.Locale;

/** What is said of an item about which the service gave no answer. */
public final class Unanswered {
    private Unanswered() {}

    /**
     * Nothing can be said now.
     *
     * @param item the item
     * @param failed why
     * @return that it is unknown
     * @throws FailureException if the failure asks to wait: then nothing is to be asked before
     */
    public static Lookup of(ItemRef item, FailureException failed) {
        if (failed.failure().asksToWait()) {
            throw failed;
        }
        String cause =
                failed.failure().category().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Lookup.Unknown(
                item.key(), new Trouble(cause, failed.failure().code(), false));
    }
}
