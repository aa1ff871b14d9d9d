// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes messages from a seed: nested as real ones are, or a heap of what messages consist of, and then damaged. */
final class NastyMail {
    private static final String[] PIECES = {
        "--b\r\n",
        "--b--\r\n",
        "--b \t\n",
        "--bb\r\n",
        "--",
        "-",
        "\r\n",
        "\n",
        "\r",
        "\0",
        " ",
        "\t",
        "=",
        "==\r\n",
        "Content-Type: multipart/mixed; boundary=b\r\n",
        "Content-Type: multipart/digest;\r\n boundary=\"bb\"\n",
        "Content-Type: message/rfc822\r\n",
        "Content-Type: ",
        "boundary=",
        "Content-Transfer-Encoding: base64\r\n",
        "content-transfer-encoding:BASE64\n",
        "Content-Transfer-Encoding: quoted-printable\r\n",
        "Subject: x\r\n",
        "QUJD\r\n",
        "QUJDREVG\r\n",
        "QUJDREVG\n",
        "QUI=\r\n",
        "QQ==\r\n",
        "QR==\r\n",
        "QUJDREVGR0hJSktM",
        "QUJDREVGR0hJSktM\r\n",
    };

    private final Random random;
    private final StringBuilder out = new StringBuilder();

    private NastyMail(Random random) {
        this.random = random;
    }

    /** A well-formed message. */
    static String wellFormed(long seed) {
        NastyMail mail = new NastyMail(new Random(seed));
        mail.entity(0, "\r\n");
        return mail.out.toString();
    }

    /** A well-formed message with a few changes anywhere. */
    static String damaged(long seed) {
        Random random = new Random(seed);
        StringBuilder mail = new StringBuilder(wellFormed(random.nextLong()));
        for (int changes = 1 + random.nextInt(4); changes > 0 && mail.length() > 0; changes--) {
            int at = random.nextInt(mail.length());
            int end = Math.min(mail.length(), at + random.nextInt(100));
            switch (random.nextInt(6)) {
                case 0 -> mail.setCharAt(at, (char) random.nextInt(256));
                case 1 -> mail.delete(at, end);
                case 2 -> mail.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 3 -> mail.insert(at, mail.substring(at, end));
                case 4 -> mail.setLength(at);
                default -> mail.replace(at, end, mail.substring(at, end).replace("\r\n", "\n"));
            }
        }
        return mail.toString();
    }

    /** Pieces of messages in any order. */
    static String heap(long seed) {
        Random random = new Random(seed);
        StringBuilder mail = new StringBuilder();
        for (int pieces = random.nextInt(60); pieces > 0; pieces--) {
            String piece = PIECES[random.nextInt(PIECES.length)];
            mail.append(piece.repeat(random.nextInt(8) == 0 ? 1 + random.nextInt(50) : 1));
        }
        return mail.toString();
    }

    /** Shapes that have broken parsers, and lengths around the edges of the buffers. */
    static List<String> known() {
        List<String> mails = new ArrayList<>(List.of(
                "",
                "\n",
                "\r",
                "\r\n",
                "--",
                "a: b",
                "Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n\r\n--\r\n",
                "Content-Type: multipart/mixed; boundary=\"unclosed\r\n\r\n--unclosed\r\n",
                "Content-Type: multipart/mixed; boundary=b; (open comment\r\n\r\n--b\r\n\r\nx\r\n--b--",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n--b--\r\n--b--",
                "From x Fri Nov 20 00:00:00 2026\n\nbody",
                " folded: first line\r\n\r\n",
                ":\r\n:\r\n\r\n:"));
        String head =
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\n";
        for (int around : new int[] {8192, 16 << 10, 128 << 10}) {
            for (int length = around - 3; length <= around + 3; length++) {
                mails.add("x".repeat(length) + "\r\n--b");
                mails.add(head + "QUJD".repeat(length / 4) + "=".repeat(length % 4) + "\r\n--b--\r\n");
                String line = SplitMail.lines(ChunkerTest.noise(length, 12_000), 76, "\r\n");
                mails.add("X: " + "x".repeat(length) + "\r\n" + head + line + "--b--");
                mails.add(head + line.repeat(9).substring(0, length) + "\r\n--b--");
            }
        }
        return mails;
    }

    private void entity(int depth, String lineEnd) {
        out.append("Subject: ").append(random.nextInt()).append(lineEnd);
        int kind = random.nextInt(depth > 3 ? 3 : 5);
        switch (kind) {
            case 0 -> text(lineEnd);
            case 1, 2 -> attachment(lineEnd);
            case 3 -> multipart(depth, lineEnd);
            default -> {
                out.append("Content-Type: message/rfc822").append(lineEnd).append(lineEnd);
                entity(depth + 1, lineEnd);
            }
        }
    }

    private void text(String lineEnd) {
        out.append(lineEnd);
        for (int lines = random.nextInt(20); lines > 0; lines--) {
            out.append("-".repeat(random.nextInt(4)))
                    .append("w ".repeat(random.nextInt(60)))
                    .append(lineEnd);
        }
    }

    private void attachment(String lineEnd) {
        out.append("Content-Transfer-Encoding: base64").append(lineEnd).append(lineEnd);
        int line = random.nextInt(3) == 0 ? 4 + 4 * random.nextInt(40) : 76;
        int length = random.nextInt(5) == 0 ? random.nextInt(60_000) : random.nextInt(2000);
        String end = random.nextInt(5) == 0 ? "\n" : lineEnd;
        out.append(SplitMail.lines(ChunkerTest.noise(random.nextLong(), length), line, end));
    }

    private void multipart(int depth, String lineEnd) {
        String boundary = "b".repeat(1 + random.nextInt(3)) + (random.nextBoolean() ? depth : "");
        String type = random.nextInt(4) == 0 ? "digest" : "mixed";
        out.append("Content-Type: multipart/").append(type).append(";").append(lineEnd);
        out.append(" boundary=\"").append(boundary).append('"').append(lineEnd).append(lineEnd);
        for (int parts = random.nextInt(4); parts > 0; parts--) {
            out.append("--").append(boundary).append(lineEnd);
            if (type.equals("digest")) {
                out.append(lineEnd);
            }
            entity(depth + 1, lineEnd);
            out.append(lineEnd);
        }
        out.append("--").append(boundary).append("--").append(lineEnd);
    }
}
