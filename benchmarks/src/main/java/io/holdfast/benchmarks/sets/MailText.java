// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

import java.util.function.IntFunction;

/**
 * The readable part of a message: plain text, or plain text and the same in HTML, quoted-printable or 8 bit, with the
 * beginning of the answered message below. Not thread-safe.
 */
final class MailText {
    private static final int PLAIN_ONLY = 3_500;
    private static final int LINE = 75;
    private static final String[] STYLES = {
        "p.MsoNormal, li.MsoNormal, div.MsoNormal {margin:0in; font-size:11.0pt; font-family:\"Calibri\",sans-serif;}",
        "a:link, span.MsoHyperlink {mso-style-priority:99; color:blue; text-decoration:underline;}",
        "span.EmailStyle17 {mso-style-type:personal-compose; font-family:\"Calibri\",sans-serif; color:windowtext;}",
        ".MsoChpDefault {mso-style-type:export-only; font-family:\"Calibri\",sans-serif;}",
        "@page WordSection1 {size:8.5in 11.0in; margin:1.0in 1.0in 1.0in 1.0in;} div.WordSection1 {page:WordSection1;}",
        "@font-face {font-family:Calibri; panose-1:2 15 5 2 2 2 4 3 2 4;}",
        "table.block {border-collapse:collapse; width:600px; background-color:#f4f4f4;} td.cell {padding:12px 18px;}",
        "@media only screen and (max-width:620px) { table.block { width:100% !important; } }"
    };

    private final WordModel model;
    private final SeededStream style;
    private final IntFunction<SeededStream> words;
    private final ByteBuilder raw = new ByteBuilder();

    /** {@code words} gives the stream from which a message of that index wrote its own words. */
    MailText(WordModel model, SeededStream style, IntFunction<SeededStream> words) {
        this.model = model;
        this.style = style;
        this.words = words;
    }

    /** Appends the content headers, the blank line and about {@code length} bytes of text. */
    void write(int index, int length, boolean edited, ByteBuilder out) {
        boolean quotedPrintable = style.chance(0.7);
        if (length < PLAIN_ONLY) {
            part("text/plain", quotedPrintable, out, () -> plain(index, length - 120, edited));
            return;
        }
        String boundary = "_000_" + Long.toHexString(style.nextLong()) + "DB9PR02MB_";
        out.line("Content-Type: multipart/alternative;")
                .line("\tboundary=\"" + boundary + "\"")
                .line("MIME-Version: 1.0");
        out.line("").line("--" + boundary);
        // Quoted-printable adds about a tenth to the HTML part.
        int plain = (int) (length * 0.3);
        int html = (int) (length * (quotedPrintable ? 0.63 : 0.68));
        part("text/plain", quotedPrintable, out, () -> plain(index, plain, edited));
        out.line("").line("--" + boundary);
        part("text/html", quotedPrintable, out, () -> html(index, html, edited));
        out.line("").line("--" + boundary + "--");
    }

    private void part(String type, boolean quotedPrintable, ByteBuilder out, Runnable fill) {
        out.line("Content-Type: " + type + "; charset=\"utf-8\"");
        out.line("Content-Transfer-Encoding: " + (quotedPrintable ? "quoted-printable" : "8bit"))
                .line("");
        raw.clear();
        fill.run();
        if (quotedPrintable) {
            quote(out);
        } else {
            raw.line("");
            out.bytes(raw.copy());
        }
    }

    private void plain(int index, int length, boolean edited) {
        greet(edited);
        Prose prose = new Prose(model, words.apply(index));
        int own = index > 16 && index % 3 == 0 ? length * 2 / 3 : length;
        while (raw.length() < own) {
            prose.paragraph(raw);
            raw.line("").line("");
        }
        if (own < length) {
            raw.line("-----Original Message-----");
            Prose quoted = new Prose(model, words.apply(answered(index)));
            while (raw.length() < length) {
                raw.text("> ");
                quoted.sentence(raw);
                raw.line("");
            }
        }
    }

    private void html(int index, int length, boolean edited) {
        boolean letter = style.chance(0.3);
        raw.line("<html xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns=\"http://www.w3.org/TR/REC-html40\">")
                .line("<head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"><style><!--");
        for (int at = letter ? 4 : 0; at < STYLES.length - (letter ? 0 : 3); at++) {
            raw.line(STYLES[at]);
        }
        raw.line(
                "--></style></head><body lang=\"EN-US\" link=\"#0563C1\" vlink=\"#954F72\"><div class=\"WordSection1\">");
        greet(edited);
        Prose prose = new Prose(model, words.apply(index));
        Prose links = new Prose(model, style);
        int own = index > 16 && index % 3 == 0 ? length * 2 / 3 : length;
        while (raw.length() < own) {
            block(letter, prose, links);
        }
        if (own < length) {
            raw.line(
                    "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in\"><b>From:</b>");
            Prose quoted = new Prose(model, words.apply(answered(index)));
            while (raw.length() < length) {
                block(false, quoted, links);
            }
            raw.line("</div>");
        }
        raw.line("</div></body></html>");
    }

    private void block(boolean letter, Prose prose, Prose links) {
        if (letter) {
            raw.text(
                    "<tr><td class=\"cell\" style=\"padding:12px 18px;font-family:Arial,sans-serif;font-size:14px;\">");
            raw.text("<a href=\"https://click.letters.example/u/" + Long.toHexString(style.nextLong()) + "/"
                    + Long.toHexString(style.nextLong()) + "\">" + links.words(3) + "</a><br>");
        } else {
            raw.text("<p class=\"MsoNormal\"><span style=\"font-size:11.0pt;color:#1F497D\">");
        }
        prose.paragraph(raw);
        raw.line(letter ? "</td></tr>" : "</span><o:p></o:p></p>");
    }

    private void greet(boolean edited) {
        raw.line(edited ? "Hello again (this text was edited later)," : "Hello,")
                .line("");
    }

    private static int answered(int index) {
        return index - 1 - index % 7;
    }

    private void quote(ByteBuilder out) {
        int column = 0;
        int length = raw.length();
        for (int at = 0; at < length; at++) {
            int value = raw.at(at) & 0xFF;
            if (value == '\r') {
                out.put('\r').put('\n');
                at++;
                column = 0;
                continue;
            }
            boolean plain = value >= ' ' && value < 127 && value != '=';
            if (column + (plain ? 1 : 3) > LINE) {
                out.text("=\r\n");
                column = 0;
            }
            if (plain) {
                out.put(value);
            } else {
                out.put('=').put(hex(value >> 4)).put(hex(value & 15));
            }
            column += plain ? 1 : 3;
        }
        out.line("");
    }

    private static int hex(int digit) {
        return digit < 10 ? '0' + digit : 'A' + digit - 10;
    }
}
