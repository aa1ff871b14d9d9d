// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

/** Passes all on but the one line end before a delimiter. */
final class LineEndStage implements BodyStage {
    private static final byte[] LINE_END = {'\r', '\n'};

    private final BodyStage next;
    private boolean carriageReturn;
    private boolean lineFeed;

    LineEndStage(BodyStage next) {
        this.next = next;
    }

    @Override
    public void write(byte[] b, int off, int len) {
        int start = off;
        int end = off + len;
        if (start < end && carriageReturn && !lineFeed && b[start] == '\n') {
            lineFeed = true;
            start++;
        }
        if (start == end) {
            return;
        }
        flush();
        lineFeed = b[end - 1] == '\n';
        int beforeFeed = lineFeed ? end - 1 : end;
        carriageReturn = beforeFeed > start && b[beforeFeed - 1] == '\r';
        next.write(b, start, (carriageReturn ? beforeFeed - 1 : beforeFeed) - start);
    }

    private void flush() {
        int from = carriageReturn ? 0 : 1;
        int to = lineFeed ? 2 : 1;
        if (from < to) {
            next.write(LINE_END, from, to - from);
        }
        carriageReturn = false;
        lineFeed = false;
    }

    @Override
    public void end(boolean byDelimiter) {
        if (!byDelimiter || !lineFeed) {
            flush();
        }
        next.end(byDelimiter);
    }
}
