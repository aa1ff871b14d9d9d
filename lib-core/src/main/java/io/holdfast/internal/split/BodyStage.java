// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

/** A step on a body's way from its bytes in the message to its canonical form. Used by one thread, for one body. */
interface BodyStage {
    void write(byte[] b, int off, int len);

    /**
     * The body is complete.
     *
     * @param byDelimiter the line end before a delimiter belongs to the delimiter, so it is no part of the body
     */
    void end(boolean byDelimiter);
}
