// SPDX-License-Identifier: Apache-2.0
/**
 * Meaning over bytes: an open repository with its manifests, tables, ledgers, blobs and snapshots, and their verification.
 *
 * <p>Read {@code OpenRepository} first. May use every internal package but the pipeline, and never meets a source.
 */
@NullMarked
package io.holdfast.internal.repository;

import org.jspecify.annotations.NullMarked;
