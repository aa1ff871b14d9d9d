// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpBody;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A piece of a body.
 *
 * @param whole the body
 * @param from where it begins
 * @param length how long it is
 */
record SlicedBody(HttpBody whole, long from, long length) implements HttpBody {

    static HttpBody of(HttpBody whole, long from, long length) {
        return new SlicedBody(whole, from, length);
    }

    @Override
    public InputStream open() throws IOException {
        InputStream in = whole.open();
        in.skipNBytes(from);
        return new FilterInputStream(in) {
            private long left = length;

            @Override
            public int read() throws IOException {
                if (left == 0) {
                    return -1;
                }
                int got = super.read();
                left -= got < 0 ? 0 : 1;
                return got;
            }

            @Override
            public int read(byte[] bytes, int offset, int count) throws IOException {
                if (left == 0) {
                    return -1;
                }
                int got = super.read(bytes, offset, (int) Math.min(count, left));
                left -= Math.max(0, got);
                return got;
            }
        };
    }
}
