// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import java.util.ArrayDeque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * A listing that asks for one page of objects after another and holds one; for implementers of stores.
 *
 * <p>For one thread. A page that failed is asked for again. Closing it does nothing: no page is held open.
 */
public final class PagedListing implements ObjectListing {
    private final Source source;
    private final ArrayDeque<ObjectStat> page = new ArrayDeque<>();

    /**
     * A listing from its first page on.
     *
     * @param source where pages come from
     */
    public PagedListing(Source source) {
        this.source = Objects.requireNonNull(source, "source");
    }

    /** Where pages come from; for one thread. */
    public interface Source {
        /**
         * Whether another page may follow.
         *
         * @return false after the last one
         */
        boolean hasMore();

        /**
         * Asks for the next page, and after an error for the same one once more.
         *
         * @return its objects, possibly none even where others follow
         */
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
