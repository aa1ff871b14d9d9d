// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import io.holdfast.error.RepositoryException;

/**
 * Walks entries in key order; it stands before the first entry until {@link #advance()} is called.
 *
 * <p>The view of an entry is valid until the next call of {@link #advance()}, and must not be read after that has returned false. Not
 * thread-safe. Damage met on the way is a {@link RepositoryException}; a cursor that has thrown must not be used any more.
 */
public interface RunCursor extends EntryView {
    /**
     * Moves to the next entry.
     *
     * @return false when there is none
     */
    boolean advance();
}
