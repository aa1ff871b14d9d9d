// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps objects in a bucket of S3 or of a compatible service.
 *
 * <p>Read {@link io.holdfast.storage.s3.S3ObjectStore} first. Depends on {@code store} and {@code error} of the core and on the AWS SDK,
 * whose types appear in no exported signature; nothing depends on it but applications.
 *
 * <p>In a bucket without versions an object is what stands under its key. In one with versions, which Object Lock needs, it is its
 * <em>oldest</em> version: what somebody lays over a locked object, a version or a delete marker, hides nothing from us.
 */
@NullMarked
package io.holdfast.storage.s3;

import org.jspecify.annotations.NullMarked;
