// SPDX-License-Identifier: Apache-2.0
/** Tests that run the command line as an operator does, within this process where nothing has to die. */
@NullMarked
package io.holdfast.samples.cli;

import org.jspecify.annotations.NullMarked;
