// SPDX-License-Identifier: Apache-2.0
/**
 * Backup and restore of services, embedded in a host: the few types that most users see.
 *
 * <p>Read {@link io.holdfast.BackupSession} first. Depends on everything; nothing depends on it.
 */
@NullMarked
package io.holdfast;

import org.jspecify.annotations.NullMarked;
