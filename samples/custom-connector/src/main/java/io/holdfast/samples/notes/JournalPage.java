// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.notes;

import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One page of the feed: lazy, so that the engine sets the pace and memory holds one line. */
final class JournalPage implements ChangePage {
    /** The engine may write a checkpoint after a page: long pages lose more when a session breaks off. */
    private static final int LINES = 200;

    private final Journal journal;
    private final Journal.Reader reader;
    private final Place begin;
    private long at;
    private int lines;
    private boolean ended;
    private boolean caughtUp;

    JournalPage(Journal journal, Journal.Reader reader, Place begin) {
        this.journal = journal;
        this.reader = reader;
        this.begin = begin;
        this.at = begin.at();
    }

    @Override
    public @Nullable Change next() {
        try {
            while (lines < LINES) {
                Line line = reader.next();
                if (line == null) {
                    caughtUp = true;
                    break;
                }
                lines++;
                at = line.end();
                Change change = Notes.change(line);
                if (change != null) {
                    return change;
                }
            }
            ended = true;
            return null;
        } catch (IOException e) {
            throw Notes.failure(journal, e);
        }
    }

    /** Only of a pass that began at the start may be said that what it did not name does not exist. */
    @Override
    public End end() {
        if (!ended) {
            throw new IllegalStateException("the page has changes left; pull until there is none");
        }
        return caughtUp
                ? new CaughtUp(new Place(begin.life(), at, false).cursor(), begin.whole())
                : new More(new Place(begin.life(), at, begin.whole()).cursor());
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw Notes.failure(journal, e);
        }
    }

    /** The answer to a cursor that is no longer good. */
    static final class Outdated implements ChangePage {
        @Override
        public @Nullable Change next() {
            return null;
        }

        @Override
        public End end() {
            return new Reset();
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
