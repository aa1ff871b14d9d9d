// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request; can be read again for another attempt. */
public interface HttpBody {

    /**
     * How long it is.
     *
     * @return bytes, at least 0: services refuse uploads of unknown length
     */
    long length();

    /**
     * Begins to read.
     *
     * @return exactly {@link #length} bytes, which the caller closes
     * @throws IOException if it cannot be read
     */
    InputStream open() throws IOException;

    /**
     * A body in memory.
     *
     * @param bytes the body; not copied, so not to be changed
     * @return the body
     */
    static HttpBody of(byte[] bytes) {
        return new HttpBody() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }
}
