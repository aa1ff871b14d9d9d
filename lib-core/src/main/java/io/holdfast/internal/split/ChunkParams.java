// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

/**
 * The three lengths that steer content-defined chunking, in bytes: no chunk but the last of a stream is shorter than
 * {@code minBytes}, none is longer than {@code maxBytes}, and cut points are {@code avgBytes} apart on average.
 *
 * <p>They stand in the repository's descriptor: two writers with different parameters share no chunks. Immutable.
 *
 * @param minBytes at least {@value #SMALLEST_MIN}
 * @param avgBytes a power of two, more than {@code minBytes}, at least {@value #SMALLEST_AVG}
 * @param maxBytes more than {@code avgBytes}, at most {@value #LARGEST_MAX}
 */
public record ChunkParams(int minBytes, int avgBytes, int maxBytes) {
    /** The gear hash looks back over 64 bytes, so a chunk is never shorter. */
    public static final int SMALLEST_MIN = 64;

    public static final int SMALLEST_AVG = 256;

    /** A frame's stored length has three bytes in the index; this leaves room for its seals. */
    public static final int LARGEST_MAX = 8 << 20;

    /** 256 KiB, 1 MiB, 4 MiB. */
    public static final ChunkParams DEFAULT = new ChunkParams(256 << 10, 1 << 20, 4 << 20);

    public ChunkParams {
        if (minBytes < SMALLEST_MIN) {
            throw new IllegalArgumentException(
                    "minBytes is " + minBytes + "; it must be at least " + SMALLEST_MIN + " bytes");
        }
        if (avgBytes < SMALLEST_AVG || Integer.bitCount(avgBytes) != 1) {
            throw new IllegalArgumentException(
                    "avgBytes is " + avgBytes + "; it must be a power of two and at least " + SMALLEST_AVG + " bytes");
        }
        if (maxBytes > LARGEST_MAX) {
            throw new IllegalArgumentException(
                    "maxBytes is " + maxBytes + "; it must be at most " + LARGEST_MAX + " bytes");
        }
        if (minBytes >= avgBytes || avgBytes >= maxBytes) {
            throw new IllegalArgumentException("chunk lengths must rise, but are min " + minBytes + ", avg " + avgBytes
                    + ", max " + maxBytes + " bytes");
        }
    }
}
