// SPDX-License-Identifier: Apache-2.0
/**
 * A folder of the local file system as a source, written against the public SPI only.
 *
 * <p>Read {@link io.holdfast.samples.directory.DirectoryConnector} first. The other samples may depend on it; it depends on the SDK alone.
 */
@NullMarked
package io.holdfast.samples.directory;

import org.jspecify.annotations.NullMarked;
