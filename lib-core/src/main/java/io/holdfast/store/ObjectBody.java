// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;

/**
 * The bytes of an object to be written: of known length, readable from the start as often as needed.
 */
public interface ObjectBody {

    /**
     * How many bytes there are.
     *
     * @return the length in bytes
     */
    long length();

    /**
     * Reads the bytes from the start.
     *
     * @return exactly {@link #length()} bytes, which the caller closes
     */
    InputStream open();

    /**
     * The bytes of an array, which must not change until the put has returned.
     *
     * @param bytes the array
     * @return the body
     */
    static ObjectBody of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /**
     * A range of an array, which must not change until the put has returned.
     *
     * @param bytes the array
     * @param offset where the range begins
     * @param length how long it is
     * @return the body
     */
    static ObjectBody of(byte[] bytes, int offset, int length) {
        java.util.Objects.checkFromIndexSize(offset, length, bytes.length);
        return new ObjectBody() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes, offset, length);
            }
        };
    }

    /**
     * Several bodies one after another.
     *
     * @param parts the bodies, in order
     * @return the body
     */
    static ObjectBody concat(List<ObjectBody> parts) {
        List<ObjectBody> copy = List.copyOf(parts);
        long total = copy.stream().mapToLong(ObjectBody::length).sum();
        return new ObjectBody() {
            @Override
            public long length() {
                return total;
            }

            @Override
            public InputStream open() {
                return new SequenceInputStream(Collections.enumeration(
                        copy.stream().map(ObjectBody::open).toList()));
            }
        };
    }
}
