// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

/**
 * What is stored of a resource already, for a plan of what is still to be read.
 *
 * @param items how many items, containers included
 * @param containers how many of them are containers
 * @param bytes the sum of their sizes
 */
public record ResourcePast(long items, long containers, long bytes) {}
