// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.source.SourceConnector;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The other side of a connector under test: a place of its own, with hands to create, change, move, delete and break items there.
 *
 * <p>A simulator, a folder, an account for tests. For one thread. Each call takes effect at once: what a connector asks afterwards sees it.
 */
public interface SourceFixture extends AutoCloseable {

    /**
     * Makes a connector to the place.
     *
     * @return a connector that has not been opened; each call gives one to the same place, under the same name
     */
    SourceConnector connector();

    /**
     * The resource in which this fixture works.
     *
     * @return a resource that the connector discovers as protected
     */
    ResourceId resource();

    /**
     * Creates an item that is no container, and whatever it lies in.
     *
     * @param name a name that nothing there has: lower-case letters, digits, a hyphen
     * @param content its content
     * @return its key
     * @throws Exception if the place cannot do it
     */
    ItemKey create(String name, byte[] content) throws Exception;

    /**
     * Changes the content of an item.
     *
     * @param item its key
     * @param content its new content, different from the one it has
     * @throws Exception if the place cannot do it
     */
    void change(ItemKey item, byte[] content) throws Exception;

    /**
     * Moves an item into another container, content and name unchanged; moving it once more takes it back.
     *
     * @param item its key
     * @return its key afterwards, which is another one where keys follow places
     * @throws Exception if the place cannot do it
     */
    ItemKey move(ItemKey item) throws Exception;

    /**
     * Deletes an item for good.
     *
     * @param item its key
     * @throws Exception if the place cannot do it
     */
    void delete(ItemKey item) throws Exception;

    /**
     * Makes an item unreadable: from now on it exists, and its content cannot be had.
     *
     * @param item its key
     * @throws Exception if the place cannot do it
     */
    void breakItem(ItemKey item) throws Exception;

    /**
     * Makes every cursor that was given so far invalid, where cursors of this source can become so.
     *
     * @return whether it did; false for sources whose cursors never expire
     * @throws Exception if the place cannot do it
     */
    default boolean expireCursors() throws Exception {
        return false;
    }

    /**
     * Whether the bytes of a part are a content that was created, for services that wrap or render it.
     *
     * @param read the bytes of a part
     * @param created what {@link #create} or {@link #change} was given
     * @return whether the bytes are equal, unless overridden
     */
    default boolean isContent(byte[] read, byte[] created) {
        return Arrays.equals(read, created);
    }

    /**
     * How many requests the place has received so far.
     *
     * @return the count, or empty if nobody counts them
     */
    default OptionalLong requests() {
        return OptionalLong.empty();
    }

    /**
     * Removes the place.
     *
     * @throws IOException if that fails
     */
    @Override
    void close() throws IOException;
}
