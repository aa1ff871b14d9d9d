// SPDX-License-Identifier: Apache-2.0
/**
 * The command line for operators: each command composes the public API, and nothing else.
 *
 * <p>Read {@link io.holdfast.samples.cli.BackupCli} first. Nothing depends on it.
 */
@NullMarked
package io.holdfast.samples.cli;

import org.jspecify.annotations.NullMarked;
