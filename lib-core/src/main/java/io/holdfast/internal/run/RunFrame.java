// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.internal.seal.BlockSealer;
import io.holdfast.internal.seal.BlockSealers;
import java.util.Arrays;
import java.util.Optional;

/**
 * The plain frame of a run, read from its end: the footer and the copy of the header in it.
 *
 * @param header the header's bytes
 * @param kind what the run holds
 * @param tailOffset where the tail begins
 * @param tailLength its plain length
 */
record RunFrame(byte[] header, RunKind kind, long tailOffset, int tailLength) {
    /** How much is read from the end at first: the tail of a run of about 20 MB fits. */
    private static final int FIRST_READ_BYTES = 64 << 10;

    private static final String FOOTER = "the footer";

    /** A run's frame, sealer and tail. */
    record Opened(RunFrame frame, BlockSealer sealer, RunTail tail) {}

    static Opened open(RunBytes bytes, BlockSealers sealers, RunKind kind) {
        String run = bytes.name();
        long length = bytes.length();
        if (length < RunFormat.HEADER_BYTES + RunFormat.FOOTER_BYTES) {
            throw RunDamage.in(run, FOOTER, "the run has only " + length + " bytes");
        }
        int end = (int) Math.min(length, FIRST_READ_BYTES);
        byte[] last = read(bytes, length - end, end);
        byte[] footer = Arrays.copyOfRange(last, end - RunFormat.FOOTER_BYTES, end);
        byte[] header = checkFooter(run, footer, length, kind);
        BlockSealer sealer = sealers.forObject(
                kind.label(), Arrays.copyOfRange(header, RunFormat.SALT_OFFSET, RunFormat.HEADER_BYTES));
        int tailLength = RunFormat.i32(footer, RunFormat.HEADER_BYTES + 8);
        if (tailLength < 1 || tailLength > RunFormat.MAX_TAIL_BYTES) {
            throw RunDamage.in(run, FOOTER, "the tail's length is " + (tailLength & 0xFFFFFFFFL));
        }
        long tailStored = Messages.storedLength(sealer, tailLength);
        long tailOffset = length - RunFormat.FOOTER_BYTES - tailStored;
        if (tailOffset < RunFormat.HEADER_BYTES) {
            throw RunDamage.in(run, FOOTER, "a tail of " + tailLength + " bytes does not fit into the run");
        }
        if (end == length) {
            checkHeader(run, header, last);
        }
        RunFrame frame = new RunFrame(header, kind, tailOffset, tailLength);
        byte[] sealedTail = last;
        int at = (int) (end - RunFormat.FOOTER_BYTES - tailStored);
        if (at < 0) {
            sealedTail = joined(read(bytes, tailOffset, -at), last);
            at = 0;
        }
        byte[] plain = openTail(run, sealer, sealedTail, at, tailLength);
        return new Opened(frame, sealer, RunTail.parse(run, plain, frame, sealer));
    }

    private static byte[] openTail(String run, BlockSealer sealer, byte[] stored, int at, int length) {
        try {
            return Messages.open(sealer, RunFormat.TAIL_NUMBERS, stored, at, length);
        } catch (SealBrokenException broken) {
            throw RunDamage.in(run, "the tail", "the seal is broken: " + broken.getMessage(), broken);
        }
    }

    private static byte[] joined(byte[] front, byte[] back) {
        byte[] all = Arrays.copyOf(front, Math.addExact(front.length, back.length));
        System.arraycopy(back, 0, all, front.length, back.length);
        return all;
    }

    private static byte[] checkFooter(String run, byte[] footer, long length, RunKind kind) {
        int magicOffset = RunFormat.HEADER_BYTES + 12;
        if (!Arrays.equals(
                footer,
                magicOffset,
                RunFormat.FOOTER_BYTES,
                RunFormat.FOOTER_MAGIC,
                0,
                RunFormat.FOOTER_MAGIC.length)) {
            throw RunDamage.in(run, FOOTER, "it is not there: the run is cut off");
        }
        byte[] header = Arrays.copyOf(footer, RunFormat.HEADER_BYTES);
        if (!Arrays.equals(header, 0, RunFormat.MAGIC.length, RunFormat.MAGIC, 0, RunFormat.MAGIC.length)
                || header[7] != 0) {
            throw RunDamage.in(run, FOOTER, "it does not repeat a header");
        }
        if (header[5] != RunFormat.VERSION) {
            throw RunDamage.in(run, FOOTER, "its version is " + header[5] + "; this engine reads " + RunFormat.VERSION);
        }
        int code = header[6] & 0xFF;
        if (code != kind.code()) {
            Optional<RunKind> other = RunKind.of(code);
            throw RunDamage.in(
                    run,
                    FOOTER,
                    "it is of kind " + other.map(RunKind::label).orElse(Integer.toString(code)) + ", not "
                            + kind.label());
        }
        long said = RunFormat.i64(footer, RunFormat.HEADER_BYTES);
        if (said != length) {
            throw RunDamage.in(run, FOOTER, "the run has " + length + " bytes, the footer says " + said);
        }
        return header;
    }

    /** Compares the header at the front of some bytes with the footer's copy. */
    static void checkHeader(String run, byte[] header, byte[] front) {
        if (!Arrays.equals(header, 0, header.length, front, 0, header.length)) {
            throw RunDamage.in(run, "the header", "it is not the one that the footer repeats");
        }
    }

    static byte[] read(RunBytes bytes, long offset, int length) {
        byte[] read = bytes.read(offset, length);
        if (read.length != length) {
            throw RunDamage.in(bytes.name(), "offset " + offset, "got " + read.length + " bytes of " + length);
        }
        return read;
    }
}
