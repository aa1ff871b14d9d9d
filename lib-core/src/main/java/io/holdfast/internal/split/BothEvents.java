// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.io.IOException;

/** Tells two listeners of one pass over a message, the first one first. */
record BothEvents(MimeEvents first, MimeEvents second) implements MimeEvents {
    @Override
    public void entityStart() throws IOException {
        first.entityStart();
        second.entityStart();
    }

    @Override
    public void headers(byte[] b, int off, int len) throws IOException {
        first.headers(b, off, len);
        second.headers(b, off, len);
    }

    @Override
    public void bodyStart(PartHeaders headers, boolean composite) throws IOException {
        first.bodyStart(headers, composite);
        second.bodyStart(headers, composite);
    }

    @Override
    public void body(byte[] b, int off, int len) throws IOException {
        first.body(b, off, len);
        second.body(b, off, len);
    }

    @Override
    public void runStart() throws IOException {
        first.runStart();
        second.runStart();
    }

    @Override
    public void runBytes(byte[] b, int off, int len) throws IOException {
        first.runBytes(b, off, len);
        second.runBytes(b, off, len);
    }

    @Override
    public void runEnd(long decodedBytes, int lineLength, LineEnd lineEnd, boolean lastLineEnds) throws IOException {
        first.runEnd(decodedBytes, lineLength, lineEnd, lastLineEnds);
        second.runEnd(decodedBytes, lineLength, lineEnd, lastLineEnds);
    }

    @Override
    public void filler(byte[] b, int off, int len) throws IOException {
        first.filler(b, off, len);
        second.filler(b, off, len);
    }

    @Override
    public void entityEnd(boolean byDelimiter) throws IOException {
        first.entityEnd(byDelimiter);
        second.entityEnd(byDelimiter);
    }
}
