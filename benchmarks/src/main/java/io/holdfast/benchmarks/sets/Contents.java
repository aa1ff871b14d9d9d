// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

/**
 * Bytes as they lie in the files that people keep: pictures and archives (no redundancy), documents (streams that
 * are compressed already, between plain objects), tables of text, and old binary formats with fixed fields.
 *
 * <p>Thread-safe.
 */
final class Contents {
    /** What a stretch of bytes looks like. */
    enum Look {
        PACKED,
        DOCUMENT,
        TABLE,
        FIELDS,
        PROSE
    }

    private final WordModel model;

    Contents(WordModel model) {
        this.model = model;
    }

    /** Appends exactly {@code length} bytes. */
    void append(Look look, SeededStream stream, int length, ByteBuilder out) {
        int end = out.length() + length;
        Prose prose = new Prose(model, stream);
        while (out.length() < end) {
            switch (look) {
                case PACKED -> out.random(stream, Math.min(end - out.length(), 1 << 20));
                case DOCUMENT -> document(stream, prose, out);
                case TABLE -> row(stream, out);
                case FIELDS -> fields(stream, out);
                case PROSE -> {
                    prose.paragraph(out);
                    out.put('\n');
                }
            }
        }
        out.truncate(end);
    }

    private static void document(SeededStream stream, Prose prose, ByteBuilder out) {
        int number = stream.below(9_000);
        int packed = stream.between(2_000, 14_000);
        out.text(number + " 0 obj\n<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595 842] /Contents ")
                .text((number + 1) + " 0 R\n/Resources << /Font << /F1 7 0 R /F2 9 0 R >> /ProcSet [/PDF /Text] >> >>")
                .text("\nendobj\n");
        for (int n = 0; n < 4; n++) {
            prose.paragraph(out);
        }
        out.text("\n" + (number + 1) + " 0 obj\n<< /Length " + packed + " /Filter /FlateDecode >>\nstream\n");
        out.random(stream, packed).text("\nendstream\nendobj\n");
    }

    private void row(SeededStream stream, ByteBuilder out) {
        out.text("2026-" + stream.between(10, 12) + "-" + stream.between(10, 28) + ";INV-")
                .text(Integer.toString(stream.between(100_000, 999_999)))
                .put(';')
                .bytes(model.word(model.topical(stream)))
                .put(' ')
                .bytes(model.word(model.any(stream)))
                .put(';')
                .bytes(model.word(model.any(stream)))
                .text(";" + stream.below(5_000) + "." + stream.between(10, 99) + ";EUR;")
                .text(stream.chance(0.8) ? "paid" : "open")
                .text(";" + Long.toHexString(stream.nextLong() & 0xFFFF_FFFFL) + "\r\n");
    }

    // 64-byte records: counters, small numbers, a few wide ones, padding.
    private void fields(SeededStream stream, ByteBuilder out) {
        int start = out.length();
        out.put(0x10).put(0).put(0x40).put(0);
        for (int n = 0; n < 6; n++) {
            out.put(stream.below(200)).put(stream.below(3)).put(0).put(0);
        }
        out.random(stream, 18).bytes(model.word(model.any(stream)));
        while (out.length() < start + 64) {
            out.put(0);
        }
    }
}
