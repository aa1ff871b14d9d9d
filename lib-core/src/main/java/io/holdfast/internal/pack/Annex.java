// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.format.RunRef;

/** A small sorted run that is to stand at the end of a pack instead of being an object of its own. */
public interface Annex {

    /**
     * The kind that its key derives from.
     *
     * @return 1 to 64 lower-case letters, digits and hyphens, such as {@code manifest}
     */
    String kind();

    /**
     * The run's stored bytes.
     *
     * @return bytes that nobody changes, at least one
     */
    byte[] bytes();

    /**
     * The run's name, once its place is known.
     *
     * @param object the object that holds it
     * @param offset where in the object it begins
     * @return the reference
     */
    RunRef at(String object, long offset);
}
