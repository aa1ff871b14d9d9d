// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.nio.file.Path;

/**
 * The folders of one tool in one run; all are new for each run.
 *
 * @param source the tree to back up
 * @param repository where the tool stores
 * @param scratch caches and configuration of the tool
 * @param restored where the tool restores to
 */
record Place(Path source, Path repository, Path scratch, Path restored) {}
