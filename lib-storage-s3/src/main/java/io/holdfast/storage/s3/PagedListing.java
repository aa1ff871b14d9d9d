// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectStat;
import java.util.ArrayDeque;
import java.util.List;
import java.util.NoSuchElementException;

/** Objects page by page: one page is held. A page that failed is asked for again. */
final class PagedListing implements ObjectListing {
    private final Source source;
    private final ArrayDeque<ObjectStat> page = new ArrayDeque<>();

    PagedListing(Source source) {
        this.source = source;
    }

    /** Where pages come from. */
    interface Source {
        boolean hasMore();

        /** The objects of the next page, possibly none; after an error the same page once more. */
        List<ObjectStat> next();
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && source.hasMore()) {
            page.addAll(source.next());
        }
        return !page.isEmpty();
    }

    @Override
    public ObjectStat next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the listing has ended");
        }
        return page.remove();
    }

    @Override
    public void close() {}
}
