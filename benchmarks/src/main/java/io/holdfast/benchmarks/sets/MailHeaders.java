// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

import java.util.Base64;
import java.util.Locale;

/** The header of a message as a cloud mailbox delivers it: trace lines, a signature, ids, addresses. Thread-safe. */
final class MailHeaders {
    private static final int CORRESPONDENTS = 350;
    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri"};
    private static final String[] MONTHS = {"Jan", "Feb", "Mar", "Apr", "May", "Jun"};

    /** Gives the stream of a label and an index. */
    interface Streams {
        SeededStream of(String label, long index);
    }

    private final WordModel model;
    private final Streams streams;

    MailHeaders(WordModel model, Streams streams) {
        this.model = model;
        this.streams = streams;
    }

    String subject(int index) {
        SeededStream stream = streams.of("subject", threadStart(index));
        return (threadStart(index) < index ? "Re " : "") + new Prose(model, stream).words(stream.between(2, 6));
    }

    /** First message of the thread: a third of the messages answers one of the eight before. */
    int threadStart(int index) {
        SeededStream stream = streams.of("thread", index);
        return index > 16 && stream.chance(0.33) ? index - 1 - stream.below(8) : index;
    }

    void write(int index, boolean labelled, ByteBuilder out) {
        SeededStream stream = streams.of("headers", index);
        SeededStream from = streams.of("correspondent", stream.below(CORRESPONDENTS));
        String domain = MailSet.lower(model.text(model.topical(from))) + ".example";
        String sender = name(from);
        String date = date(stream);
        int hops = stream.between(2, 4);
        for (int hop = 0; hop < hops; hop++) {
            String host = "AM%dPR%02dMB%04d.eurprd%02d.prod.example"
                    .formatted(stream.between(4, 9), stream.below(20), stream.below(10_000), stream.below(20));
            out.line("Received: from " + host + " (2603:10a6:20b:" + Integer.toHexString(stream.below(65_536)) + "::"
                            + stream.below(30) + ")")
                    .line(" by DB9PR02MB" + stream.below(10_000) + ".eurprd02.prod.example with HTTPS;")
                    .line(" " + date);
        }
        out.line("Received-SPF: Pass (protection.example: domain of " + domain + " designates")
                .line(" 40.107." + stream.below(255) + "." + stream.below(255) + " as permitted sender)")
                .line("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=" + domain + "; s=selector1;")
                .line(" h=From:Date:Subject:Message-ID:Content-Type:MIME-Version;")
                .line(" bh=" + random64(stream, 32) + ";");
        String signature = random64(stream, 255);
        for (int at = 0; at < signature.length(); at += 72) {
            out.line(" " + (at == 0 ? "b=" : "") + signature.substring(at, Math.min(at + 72, signature.length())));
        }
        out.line("From: " + sender + " <" + MailSet.lower(sender) + "@" + domain + ">");
        addresses(stream, out);
        out.line("Subject: " + subject(index)).line("Thread-Topic: " + subject(index));
        out.line("Thread-Index: AQH" + random64(stream, 24)).line("Date: " + date);
        out.line("Message-ID: <" + messageId(index) + ">");
        if (threadStart(index) < index) {
            out.line("References: <" + messageId(threadStart(index)) + ">");
            out.line("In-Reply-To: <" + messageId(threadStart(index)) + ">");
        }
        service(stream, labelled, out);
    }

    private void addresses(SeededStream stream, ByteBuilder out) {
        int receivers = stream.between(1, 5);
        for (int n = 0; n < receivers; n++) {
            SeededStream to = streams.of("correspondent", stream.below(CORRESPONDENTS));
            String domain = MailSet.lower(model.text(model.topical(to))) + ".example";
            String name = name(to);
            String separator = n == 0 ? "To: " : "\t";
            out.line(separator + name + " <" + MailSet.lower(name) + "@" + domain + ">"
                    + (n < receivers - 1 ? "," : ""));
        }
    }

    private static void service(SeededStream stream, boolean labelled, ByteBuilder out) {
        out.line("Accept-Language: en-US, de-DE")
                .line("Content-Language: en-US")
                .line("X-MS-Has-Attach:");
        out.line("X-MS-Exchange-Organization-SCL: " + stream.between(-1, 1)).line("X-MS-TNEF-Correlator:");
        out.line("X-MS-Exchange-Organization-AuthSource: DB9PR02MB" + stream.below(10_000) + ".eurprd02.prod.example");
        out.line("X-MS-Exchange-Organization-Network-Message-Id: " + hex(stream, 4) + "-" + hex(stream, 8));
        out.line("X-Microsoft-Antispam: BCL:0;")
                .line("X-Forefront-Antispam-Report: CIP:40.107." + stream.below(255)
                        + ".81;CTRY:IE;LANG:en;SCL:1;SRV:;IPV:NLI;SFV:NSPM;CAT:NONE;SFS:(" + stream.below(99_999)
                        + ");DIR:INB;");
        if (labelled) {
            out.line("X-Keywords: follow-up, archived-" + stream.below(1_000));
        }
    }

    private String messageId(int index) {
        SeededStream stream = streams.of("message id", index);
        return hex(stream, 8) + hex(stream, 8) + "@DB9PR02MB" + stream.below(10_000) + ".eurprd02.prod.example";
    }

    private String name(SeededStream person) {
        String given = model.text(model.topical(person));
        String family = model.text(model.topical(person));
        return capital(MailSet.lower(given)) + " " + capital(MailSet.lower(family));
    }

    private static String date(SeededStream stream) {
        return "%s, %d %s 2026 %02d:%02d:%02d +0000"
                .formatted(
                        DAYS[stream.below(DAYS.length)],
                        stream.between(1, 28),
                        MONTHS[stream.below(MONTHS.length)],
                        stream.between(6, 19),
                        stream.below(60),
                        stream.below(60));
    }

    private static String hex(SeededStream stream, int bytes) {
        return Long.toHexString((stream.nextLong() >>> (64 - 8 * bytes)) | 1L << (8 * bytes - 1));
    }

    private static String random64(SeededStream stream, int bytes) {
        byte[] raw = new byte[bytes];
        stream.fill(raw, 0, bytes);
        return Base64.getEncoder().encodeToString(raw);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
