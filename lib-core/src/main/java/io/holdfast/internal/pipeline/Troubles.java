// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Trouble;
import java.util.Locale;

/** Names failures in the words of the ledger. */
final class Troubles {
    private Troubles() {}

    static Trouble of(FailureException failed) {
        FailureCategory category = failed.failure().category();
        String cause = category.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Trouble(cause, failed.failure().code(), category == FailureCategory.POISON_ITEM);
    }
}
