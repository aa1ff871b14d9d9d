// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;

/** What a store lists. */
final class StoredNames {
    private StoredNames() {}

    static List<String> of(ObjectStore store, String prefix) {
        List<String> names = new ArrayList<>();
        try (ObjectListing listing = store.list(prefix)) {
            listing.forEachRemaining(object -> names.add(object.name().value()));
        }
        return names;
    }
}
