// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.repository.OpenRepository;
import io.holdfast.model.ItemKey;
import io.holdfast.observe.SessionListener;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.Resource;
import io.holdfast.source.RestoreSettings;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a restore is made of.
 *
 * @param repository where from
 * @param snapshot which state
 * @param resources which resources
 * @param items which items of them
 * @param keys the keys of the selected items if there are few, so that they are looked up; empty if all have to be read to find them
 * @param settings where to and how
 * @param dryRun whether nothing is put
 * @param policy how failed operations are tried again
 * @param runtime time, randomness and threads
 * @param listener hears what happens
 * @param results takes what became of each item, from several threads
 */
public record RestorePlan(
        OpenRepository repository,
        Snapshot snapshot,
        Predicate<Resource> resources,
        Predicate<StoredItem> items,
        Set<ItemKey> keys,
        RestoreSettings settings,
        boolean dryRun,
        RetryPolicy policy,
        HoldfastRuntime runtime,
        SessionListener listener,
        Results results) {

    /** Takes what became of each item. */
    @FunctionalInterface
    public interface Results {
        /**
         * One item is dealt with.
         *
         * @param item the item
         * @param result what became of it
         * @param trouble why it failed, or empty
         */
        void take(StoredItem item, RestoreEngine.Result result, Optional<String> trouble);
    }
}
