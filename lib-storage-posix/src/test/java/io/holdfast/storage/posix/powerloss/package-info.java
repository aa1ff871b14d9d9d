// SPDX-License-Identifier: Apache-2.0
/**
 * A drill with a real file system that loses its power while child processes back up to it.
 *
 * <p>Not among the tests, since it needs FUSE and minutes; {@code .ci/power-loss} starts it.
 * Read {@link io.holdfast.storage.posix.powerloss.PowerLossDrill} first.
 */
package io.holdfast.storage.posix.powerloss;
