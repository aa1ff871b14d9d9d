// SPDX-License-Identifier: Apache-2.0
/**
 * A folder of the local file system as a source, written against the public SPI only.
 *
 * <p>Read {@link io.holdfast.samples.cli.directory.DirectoryConnector} first. The commands depend on it; it depends on the SDK alone.
 */
@NullMarked
package io.holdfast.samples.cli.directory;

import org.jspecify.annotations.NullMarked;
