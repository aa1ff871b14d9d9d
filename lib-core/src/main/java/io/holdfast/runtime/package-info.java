// SPDX-License-Identifier: Apache-2.0
/**
 * What a process lends to the engine: time, randomness, threads and memory, all of them injected.
 *
 * <p>Read {@link io.holdfast.runtime.HoldfastRuntime} first. The only package that may touch the system's clock, sleep, make
 * threads or draw random numbers. Depends on {@code model} and {@code error}; everything but those may depend on it.
 */
@NullMarked
package io.holdfast.runtime;

import org.jspecify.annotations.NullMarked;
