// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

/** How the service can tell that an object arrived as it was sent. */
public enum ChecksumMode {
    /** {@code Content-MD5} over a plain body: understood by S3 and by every compatible service. */
    MD5,
    /** CRC-32 in a trailer behind a body in chunks, the SDK's own way: one pass less over the bytes, refused by older compatible services. */
    TRAILER
}
