// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.io.IOException;

/**
 * Receives the streams of a split message while it is read: stream 0, the body, in pieces, and between them one attachment
 * after another, each from its start to its end. Called from the thread that splits.
 *
 * <p>Arrays belong to the splitter and change after the call. What the sink throws ends the split and reaches its caller.
 */
public interface SplitSink {
    /** The next bytes of stream 0. */
    void body(byte[] b, int off, int len) throws IOException;

    /**
     * An attachment begins.
     *
     * @param stream its number, counted from 1
     */
    void attachmentStart(int stream) throws IOException;

    /** The next decoded bytes of the attachment that began last. */
    void attachment(byte[] b, int off, int len) throws IOException;

    /** The attachment is complete. */
    void attachmentEnd(int stream) throws IOException;
}
