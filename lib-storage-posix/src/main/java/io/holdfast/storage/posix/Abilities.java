// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

/**
 * What the file system of a store was found to do.
 *
 * @param links whether a hard link to a new name fails if the name exists: the only atomic create with content
 * @param keepsAccessTime whether an access time in the future is kept, also when the file is read, and permissions are kept
 */
record Abilities(boolean links, boolean keepsAccessTime) {}
