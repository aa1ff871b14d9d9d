// SPDX-License-Identifier: Apache-2.0
/**
 * The configuration file: strict keys, values with places, secrets from the environment or from files.
 *
 * <p>Read {@link io.holdfast.samples.cli.config.Configuration} first. The commands depend on it; it depends on the SDK alone.
 */
@NullMarked
package io.holdfast.samples.cli.config;

import org.jspecify.annotations.NullMarked;
