// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps objects as files below one folder, atomically and durably.
 *
 * <p>Read {@link io.holdfast.storage.posix.PosixObjectStore} first. Depends on {@code store}, {@code runtime}, {@code error} and
 * {@code model} of the core; nothing depends on it but applications.
 *
 * <p>An object {@code a/b} is the file {@code a/b}. Files are written and synced in the folder {@code +tmp}, whose name no object can
 * bear, and appear under their names by a hard link or a rename only; then the folder that holds the name is synced. No locks are used:
 * NFS and SMB lack reliable ones.
 */
@NullMarked
package io.holdfast.storage.posix;

import org.jspecify.annotations.NullMarked;
