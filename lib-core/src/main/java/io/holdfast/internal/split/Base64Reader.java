// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import io.holdfast.internal.split.RecipeOp.Base64Run;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Reads the longest stretch of base64 that a {@link Base64Run} reproduces exactly. Nothing is believed: each block is
 * decoded, encoded again and compared, and where that fails the run ends at the last good line. A run is only begun when
 * it is sure to reach the threshold. Used by one thread.
 */
final class Base64Reader {
    /** How a run left the window. */
    enum Outcome {
        NONE,
        AT_LINE_START,
        INSIDE_LINE
    }

    private static final int BLOCK_CHARACTERS = 16 << 10;
    private static final Base64.Decoder DECODER = Base64.getDecoder();
    private static final Base64.Encoder ENCODER = Base64.getEncoder();
    private static final boolean[] ALPHABET = alphabet();

    private final ByteWindow window;
    private final int threshold;
    private final byte[] proof = new byte[BLOCK_CHARACTERS];
    /** As long as a whole number of lines, and {@code plain} as what they decode to: the JDK's codec takes whole arrays. */
    private byte[] characters = new byte[0];

    private byte[] plain = new byte[0];

    private int lineLength;
    private LineEnd lineEnd = LineEnd.CRLF;
    private long decoded;

    Base64Reader(ByteWindow window, int threshold) {
        this.window = window;
        this.threshold = threshold;
    }

    /** The window that a threshold needs: the shortest lines, of 4 characters and CRLF, take 2 bytes for one decoded. */
    static int windowBytes(int threshold) {
        return Math.max(128 << 10, 2 * threshold + 4 * Base64Run.MAX_LINE);
    }

    /** Reads a run that begins at the window's position, the start of a line. */
    Outcome read(MimeEvents events) throws IOException {
        decoded = 0;
        if (!findLayout()) {
            return readUnbroken(events);
        }
        if (!reachesThreshold()) {
            return Outcome.NONE;
        }
        events.runStart();
        readFullLines(events);
        boolean lastLineEnds = readLastLine(events);
        events.runEnd(decoded, lineLength, lineEnd, lastLineEnds);
        return lastLineEnds ? Outcome.AT_LINE_START : Outcome.INSIDE_LINE;
    }

    /** Takes line length and line end from the first line; false if it is longer than a line may be. */
    private boolean findLayout() throws IOException {
        int length = alphabetLength(Base64Run.MAX_LINE + 1);
        if (length > Base64Run.MAX_LINE) {
            return false;
        }
        int at = window.position() + length;
        while (at < window.limit() && window.bytes()[at] == '=') {
            at++;
        }
        lineLength = Math.min(at - window.position(), Base64Run.MAX_LINE);
        lineEnd = LineEnd.LF.standsAt(window.bytes(), at, window.limit()) ? LineEnd.LF : LineEnd.CRLF;
        return true;
    }

    /** How many characters of the alphabet stand at the position; of more than {@code most} it tells only that many. */
    private int alphabetLength(int most) throws IOException {
        int end = window.position() + Math.min(most, window.require(most + LineEnd.CRLF.bytes()));
        return alphabetEnd(window.bytes(), window.position(), end) - window.position();
    }

    /** Looks ahead, without taking anything. */
    private boolean reachesThreshold() throws IOException {
        if (lineLength == 0 || lineLength % 4 != 0) {
            return false;
        }
        int perLine = lineLength / 4 * 3;
        int stride = lineLength + lineEnd.bytes();
        int lines = (threshold + perLine - 1) / perLine;
        window.require((lines + 1) * stride);
        int full = 0;
        while (full < lines && isFullLine(window.position() + full * stride)) {
            full++;
        }
        boolean lastLineCounts = full < lines && (full + 1) * perLine >= threshold;
        return full * perLine + (lastLineCounts ? lastLine(full * stride).length : 0) >= threshold;
    }

    private boolean isFullLine(int at) {
        return lineEnd.standsAt(window.bytes(), at + lineLength, window.limit())
                && isAlphabet(window.bytes(), at, at + lineLength);
    }

    private void readFullLines(MimeEvents events) throws IOException {
        int batch = BLOCK_CHARACTERS / lineLength;
        int stride = lineLength + lineEnd.bytes();
        sizeBlock(batch * lineLength);
        while (true) {
            window.require(batch * stride);
            int framed = copyFramedLines(batch);
            if (framed == batch && blockProven()) {
                emit(events, plain, framed * stride);
                continue;
            }
            int good = 0;
            while (good < framed && isAlphabet(characters, good * lineLength, (good + 1) * lineLength)) {
                good++;
            }
            emit(events, decodeExactly(Arrays.copyOf(characters, good * lineLength)), good * stride);
            return;
        }
    }

    /** Copies what stands between line ends in the right places, at most {@code most} lines; says how many there are. */
    private int copyFramedLines(int most) {
        byte[] from = window.bytes();
        int at = window.position();
        int stride = lineLength + lineEnd.bytes();
        int lines = 0;
        while (lines < most && lineEnd.standsAt(from, at + lineLength, window.limit())) {
            System.arraycopy(from, at, characters, lines * lineLength, lineLength);
            at += stride;
            lines++;
        }
        return lines;
    }

    /** Takes the line that ends the run, if it is good as a whole; says whether the run ends with a line end. */
    private boolean readLastLine(MimeEvents events) throws IOException {
        byte[] last = lastLine(0);
        if (last.length == 0) {
            return true;
        }
        int length = ENCODER.encode(last, proof);
        boolean ends = lineEnd.standsAt(window.bytes(), window.position() + length, window.limit());
        emit(events, last, length + (ends ? lineEnd.bytes() : 0));
        return ends;
    }

    /** The bytes of the line at this distance from the position: no longer than the others, and perhaps padded; else none. */
    private byte[] lastLine(int distance) throws IOException {
        int available = window.require(distance + lineLength + LineEnd.CRLF.bytes());
        byte[] b = window.bytes();
        int start = window.position() + distance;
        int end = start + Math.max(0, Math.min(lineLength, available - distance));
        int at = start;
        while (at < end && (ALPHABET[b[at] & 0xff] || b[at] == '=')) {
            at++;
        }
        boolean closed = at == window.limit()
                || LineEnd.LF.standsAt(b, at, window.limit())
                || LineEnd.CRLF.standsAt(b, at, window.limit());
        return closed ? decodeExactly(Arrays.copyOfRange(b, start, at)) : new byte[0];
    }

    /** One line over the limit, or over the window: here the run ends at the last good group of four. */
    private Outcome readUnbroken(MimeEvents events) throws IOException {
        int wanted = (threshold + 2) / 3 * 4;
        if (alphabetLength(wanted) < wanted) {
            return Outcome.NONE;
        }
        sizeBlock(BLOCK_CHARACTERS);
        events.runStart();
        while (window.require(BLOCK_CHARACTERS) >= BLOCK_CHARACTERS) {
            System.arraycopy(window.bytes(), window.position(), characters, 0, BLOCK_CHARACTERS);
            if (!blockProven()) {
                break;
            }
            emit(events, plain, BLOCK_CHARACTERS);
        }
        emitGroups(events, alphabetLength(BLOCK_CHARACTERS) & ~3);
        if (window.require(4 + LineEnd.CRLF.bytes()) >= 4) {
            emitGroups(events, 4);
        }
        boolean crlf = LineEnd.CRLF.standsAt(window.bytes(), window.position(), window.limit());
        boolean ends = crlf || LineEnd.LF.standsAt(window.bytes(), window.position(), window.limit());
        lineEnd = crlf ? LineEnd.CRLF : LineEnd.LF;
        window.skip(ends ? lineEnd.bytes() : 0);
        events.runEnd(decoded, 0, lineEnd, ends);
        return ends ? Outcome.AT_LINE_START : Outcome.INSIDE_LINE;
    }

    private void emitGroups(MimeEvents events, int length) throws IOException {
        int start = window.position();
        byte[] bytes = decodeExactly(Arrays.copyOfRange(window.bytes(), start, start + length));
        emit(events, bytes, bytes.length == 0 ? 0 : length);
    }

    private void emit(MimeEvents events, byte[] bytes, int taken) throws IOException {
        if (bytes.length > 0) {
            window.skip(taken);
            decoded += bytes.length;
            events.runBytes(bytes, 0, bytes.length);
        }
    }

    private void sizeBlock(int length) {
        if (characters.length != length) {
            characters = new byte[length];
            plain = new byte[length / 4 * 3];
        }
    }

    /**
     * Decodes the block; true if encoding that again gives the very same characters, none of them padding. That the
     * decoder took them is not enough: its vector code has lost data before (JDK-8321599).
     */
    private boolean blockProven() {
        try {
            return DECODER.decode(characters, plain) == plain.length
                    && ENCODER.encode(plain, proof) == characters.length
                    && Arrays.equals(characters, 0, characters.length, proof, 0, characters.length);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The decoded bytes if they encode to the very same characters, else none. */
    private static byte[] decodeExactly(byte[] characters) {
        if (!isWellFormed(characters)) {
            return new byte[0];
        }
        byte[] bytes = DECODER.decode(characters);
        return Arrays.equals(ENCODER.encode(bytes), characters) ? bytes : new byte[0];
    }

    /** The JDK's decoder is given whole groups only: some versions write out of bounds after others (JDK-8392044). */
    private static boolean isWellFormed(byte[] characters) {
        int end = characters.length;
        for (int padding = 0; padding < 2 && end > 0 && characters[end - 1] == '='; padding++) {
            end--;
        }
        return characters.length % 4 == 0 && isAlphabet(characters, 0, end);
    }

    private static boolean isAlphabet(byte[] b, int from, int to) {
        return alphabetEnd(b, from, to) == to;
    }

    /** Where the first character stands that is not of the alphabet, or the end. */
    private static int alphabetEnd(byte[] b, int from, int end) {
        int at = from;
        while (at < end && ALPHABET[b[at] & 0xff]) {
            at++;
        }
        return at;
    }

    private static boolean[] alphabet() {
        boolean[] members = new boolean[256];
        for (char c = 0; c < members.length; c++) {
            members[c] = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
        }
        return members;
    }
}
