// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * One independent content of an item: its body, an attachment, its permissions.
 *
 * <p>For one thread. Parts fail on their own: an item of which some part cannot be read is degraded, not lost.
 */
public interface Part {

    /**
     * The part's name, unique in its item, such as {@code content} or {@code attachment/3}.
     *
     * @return 1 to 1024 characters
     */
    String name();

    /**
     * What the bytes are.
     *
     * @return the form
     */
    Form form();

    /**
     * How many bytes the service announced.
     *
     * @return the length, or -1 if it is not known
     */
    long length();

    /**
     * How many bytes there are at least, where the service announces a length that counts more than the content. With fewer the content is read once
     * more, and believed if the same bytes come again.
     *
     * @return the least length; 0, the default, if nothing is known
     */
    default long leastLength() {
        return 0;
    }

    /**
     * The hash that the service announced.
     *
     * @return the hash, or empty if there is none
     */
    default Optional<ProviderHash> hash() {
        return Optional.empty();
    }

    /**
     * SHA-256 of the bytes, where it is known beforehand, as for stored parts.
     *
     * @return 32 bytes, not to be changed, or empty
     */
    default Optional<byte[]> sha256() {
        return Optional.empty();
    }

    /**
     * How reading goes on after a break.
     *
     * @return by range or from the start
     */
    default Resume resume() {
        return Resume.RESTART;
    }

    /**
     * Whether the bytes under this name never change, such as those of an earlier version that is named by its number: stored once, they are not
     * read again as long as name and length are the same.
     *
     * @return false unless the name stands for the bytes
     */
    default boolean isFixed() {
        return false;
    }

    /**
     * Begins to read; each call is one attempt.
     *
     * @param offset where to begin; not 0 only for parts that resume by range
     * @return the bytes, which the caller closes
     * @throws IOException if the content cannot be opened; or {@link io.holdfast.retry.FailureException} with a category
     */
    InputStream open(long offset) throws IOException;

    /** What the bytes of a part are, which decides how they are split and what their identity is. */
    enum Form {
        /** A file: identical if the bytes are. */
        FILE,
        /** A file that holds an Internet message (RFC 5322): split at its joints, identical if the bytes are. */
        MESSAGE_FILE,
        /** An Internet message that the service renders anew at each read: identical if its decoded joints are. */
        MESSAGE_RENDERING,
        /** JSON: identical if the canonical form is. */
        JSON
    }

    /** How reading goes on after a break. */
    enum Resume {
        /** The service serves ranges of the same bytes. */
        RANGE,
        /** Each read renders the bytes anew: two readings are never spliced. */
        RESTART
    }
}
