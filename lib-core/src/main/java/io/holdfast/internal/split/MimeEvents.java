// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import io.holdfast.internal.split.RecipeOp.Base64Run;
import java.io.IOException;

/**
 * What {@link MimeScanner} finds in a message, in order. Every byte of the original is reported exactly once: as headers,
 * body or filler, or inside a proven base64 run, where its decoded bytes stand for it. Arrays are the scanner's own and
 * change after the call. Entities nest properly: each start has an end.
 */
interface MimeEvents {
    /** A message or part begins with its header block. */
    void entityStart() throws IOException;

    /** Bytes of the header block, its empty last line included. */
    void headers(byte[] b, int off, int len) throws IOException;

    /** The header block is complete. For a multipart or message the entities inside follow. */
    void bodyStart(PartHeaders headers, boolean composite) throws IOException;

    /** Bytes of a leaf's body as they are, still encoded. */
    void body(byte[] b, int off, int len) throws IOException;

    /** A stretch of the leaf's body follows decoded. */
    void runStart() throws IOException;

    void runBytes(byte[] b, int off, int len) throws IOException;

    /** The run is complete; encoded in this layout its bytes give the original, as {@link Base64Run} defines it. */
    void runEnd(long decodedBytes, int lineLength, LineEnd lineEnd, boolean lastLineEnds) throws IOException;

    /** Delimiter lines, preambles and epilogues. */
    void filler(byte[] b, int off, int len) throws IOException;

    /** The innermost open entity is complete. The line end before a delimiter belongs to the delimiter (RFC 2046 5.1.1). */
    void entityEnd(boolean byDelimiter) throws IOException;
}
