// SPDX-License-Identifier: Apache-2.0
/**
 * How a repository comes to be, is opened, and takes commits: descriptor, key slots, records, progress, leases, fences, retire lists.
 *
 * <p>Read {@link io.holdfast.internal.commit.SnapshotLog} first; {@link io.holdfast.internal.commit.ObjectNames} has every name on the store. May be used by
 * {@code internal.repository} and {@code internal.pipeline}. The one commit point is the creation of a record; nothing else in here keeps writers
 * apart: leases only spare them work.
 */
@NullMarked
package io.holdfast.internal.commit;

import org.jspecify.annotations.NullMarked;
