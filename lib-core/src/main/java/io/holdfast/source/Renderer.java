// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import io.holdfast.model.ItemKind;
import java.io.IOException;
import java.io.OutputStream;

/** Writes items of one kind as files that people can open, such as {@code .eml}; without state, for several threads. */
public interface Renderer {

    /**
     * The kind that it knows.
     *
     * @return the kind
     */
    ItemKind kind();

    /**
     * The ending of its files.
     *
     * @return such as {@code .eml}, with the dot
     */
    String extension();

    /**
     * Writes one item, more than nothing.
     *
     * @param item the item with its parts
     * @param out where to; not closed
     * @throws IOException if writing or reading fails
     */
    void render(RestoreItem item, OutputStream out) throws IOException;
}
