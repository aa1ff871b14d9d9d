// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

/** Writes every line end as LF, and none at the end of the text. A CR that no LF follows is a character like others. */
final class TextStage implements BodyStage {
    private static final byte[] LF = {'\n'};
    private static final byte[] CR = {'\r'};

    private final BodyStage next;
    private long lineEnds;
    private boolean carriageReturn;

    TextStage(BodyStage next) {
        this.next = next;
    }

    @Override
    public void write(byte[] b, int off, int len) {
        int start = off;
        for (int at = off; at < off + len; at++) {
            byte c = b[at];
            if (c != '\r' && c != '\n') {
                if (carriageReturn || lineEnds > 0) {
                    flush();
                    start = at;
                }
                continue;
            }
            next.write(b, start, at - start);
            start = at + 1;
            if (c == '\n') {
                carriageReturn = false;
                lineEnds++;
            } else {
                if (carriageReturn) {
                    flush();
                }
                carriageReturn = true;
            }
        }
        next.write(b, start, off + len - start);
    }

    private void flush() {
        for (; lineEnds > 0; lineEnds--) {
            next.write(LF, 0, 1);
        }
        if (carriageReturn) {
            next.write(CR, 0, 1);
            carriageReturn = false;
        }
    }

    @Override
    public void end(boolean byDelimiter) {
        if (carriageReturn) {
            flush();
        }
        next.end(byDelimiter);
    }
}
