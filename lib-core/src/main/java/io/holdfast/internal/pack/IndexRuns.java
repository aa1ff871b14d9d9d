// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectStore;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which index runs stand for one dedup scope. */
final class IndexRuns {
    private IndexRuns() {}

    /** All that stand on the store, replaced ones too. */
    static Set<IndexRunName> listed(ObjectStore store, String prefix) {
        Set<IndexRunName> names = new LinkedHashSet<>();
        try (ObjectListing listing = store.list(prefix)) {
            while (listing.hasNext()) {
                IndexRunName.parse(listing.next().name().value()).ifPresent(names::add);
            }
        }
        return names;
    }

    /** Those that are to be read: the head's, and those that were added since. */
    static Set<IndexRunName> current(ObjectStore store, IndexHead head, String scope) {
        Set<IndexRunName> names = new LinkedHashSet<>();
        head.current().stream().filter(run -> run.scope().equals(scope)).forEach(names::add);
        names.addAll(listed(store, IndexRunName.prefix(scope)));
        names.removeAll(new HashSet<>(head.replaced()));
        return names;
    }
}
