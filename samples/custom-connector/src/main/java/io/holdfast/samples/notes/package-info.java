// SPDX-License-Identifier: Apache-2.0
/**
 * A connector for a service of one's own, small enough to be read in one go: notes that an application keeps in a journal.
 *
 * <p>Read {@link io.holdfast.samples.notes.NotesConnector} first, then {@code NotesSource} for how changes, reads and lookups are answered,
 * and {@code NotesTarget} for the way back. {@code Journal} and {@code Line} stand for the service and know nothing of backups. Depends on
 * the SDK and a JSON parser; nothing depends on it.
 */
@NullMarked
package io.holdfast.samples.notes;

import org.jspecify.annotations.NullMarked;
