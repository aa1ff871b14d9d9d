// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

import io.holdfast.benchmarks.sets.Contents.Look;
import java.util.Base64;
import java.util.Locale;

/**
 * A mailbox of {@code .eml} files: sizes are log-normal (median 12 KB, mean about 75 KB), 15 % of the messages carry
 * one of 400 shared attachments, large messages have attachments of their own, and replies quote.
 */
final class MailSet extends DataSet {
    static final int SHARED_ATTACHMENTS = 400;
    private static final double SHARED_SHARE = 0.15;
    // Without the shared attachments; with them the set has a median of 12 KB and a mean of 75 KB.
    private static final double MEDIAN = 7_650;
    private static final double SIGMA = 2.05;
    private static final int LARGEST = 24_000_000;
    private static final int SMALLEST_ATTACHMENT = 8_000;
    private static final int LINE = 76;
    private static final String[] FOLDERS = {"Inbox", "Sent Items", "Archive", "Projects", "Newsletters"};
    private static final int PER_FOLDER = 500;

    private final WordModel model;
    private final Contents contents;
    private final MailHeaders headers;

    MailSet(int items, long seed) {
        super("mails", items, seed);
        this.model = new WordModel(seed);
        this.contents = new Contents(model);
        this.headers = new MailHeaders(model, this::stream);
    }

    @Override
    String path(int index) {
        int folder = index < items() ? index / PER_FOLDER : 0;
        String subject = headers.subject(index).replaceAll("[^A-Za-z ]", "").replace(' ', '-');
        return "%s/%02d/%06d-%s.eml".formatted(FOLDERS[folder % FOLDERS.length], folder, index, subject);
    }

    @Override
    ItemWriter writer() {
        ByteBuilder message = new ByteBuilder();
        ByteBuilder scratch = new ByteBuilder();
        return (index, edition, out) -> {
            message.clear();
            compose(index, edition, message, scratch);
            message.writeTo(out);
        };
    }

    private void compose(int index, Edition edition, ByteBuilder out, ByteBuilder scratch) {
        SeededStream plan = stream("plan", index);
        int size = (int) Math.min(LARGEST, Math.max(1_500, plan.logNormal(MEDIAN, SIGMA)));
        int shared = plan.chance(SHARED_SHARE) ? plan.below(SHARED_ATTACHMENTS) : -1;
        int text = (int) Math.min(size, Math.min(400_000, plan.logNormal(60_000, 1.2)));
        if (size - text < SMALLEST_ATTACHMENT) {
            text = size;
        }
        boolean mixed = shared >= 0 || text < size;
        String boundary = "_004_" + Long.toHexString(plan.nextLong()) + Long.toHexString(plan.nextLong()) + "_";
        // Half of the changes are a label in the header, the other half an edited text.
        boolean label = edition == Edition.CHANGED && index % 2 == 0;
        headers.write(index, label, out);
        MailText body = new MailText(model, stream("text style", index), this::thread);
        if (mixed) {
            out.line("Content-Type: multipart/mixed;")
                    .line("\tboundary=\"" + boundary + "\"")
                    .line("MIME-Version: 1.0");
            out.line("").line("--" + boundary);
        }
        body.write(index, Math.max(600, text - out.length()), edition == Edition.CHANGED && !label, out);
        if (shared >= 0) {
            SeededStream own = stream("shared", shared);
            int length = (int) Math.min(900_000, Math.max(9_000, own.logNormal(41_000, 1)));
            attach(own, "shared-" + shared, length, new Part(boundary, out, scratch));
        }
        attachOwn(index, plan, size - text, new Part(boundary, out, scratch));
        if (mixed) {
            out.line("").line("--" + boundary + "--");
        }
    }

    private void attachOwn(int index, SeededStream plan, int budget, Part part) {
        int left = budget;
        for (int n = 0; left >= SMALLEST_ATTACHMENT; n++) {
            int encoded = n < 2 && left > 60_000 && plan.chance(0.4) ? left / 2 : left;
            SeededStream own = stream("own " + index, n);
            attach(own, "own-" + index + "-" + n, encoded / (LINE + 2) * (LINE / 4 * 3), part);
            left -= encoded;
        }
    }

    private void attach(SeededStream stream, String name, int length, Part part) {
        Look look = look(stream);
        String type = switch (look) {
            case PACKED -> stream.chance(0.5) ? "image/jpeg" : "application/zip";
            case DOCUMENT -> "application/pdf";
            case FIELDS -> "application/octet-stream";
            case TABLE -> "text/csv";
            case PROSE -> "text/plain";
        };
        String file = name + "." + type.substring(type.indexOf('/') + 1);
        ByteBuilder out = part.out();
        out.line("").line("--" + part.boundary());
        out.line("Content-Type: " + type + "; name=\"" + file + "\"").line("Content-Description: " + file);
        out.line("Content-Disposition: attachment; filename=\"" + file + "\"; size=" + length + ";");
        out.line("\tcreation-date=\"Mon, 02 Mar 2026 09:11:00 GMT\"")
                .line("Content-Transfer-Encoding: base64")
                .line("");
        part.scratch().clear();
        contents.append(look, stream, length, part.scratch());
        out.bytes(Base64.getMimeEncoder(LINE, new byte[] {'\r', '\n'})
                .encode(part.scratch().copy()));
    }

    /** Where a part of a message goes. */
    private record Part(String boundary, ByteBuilder out, ByteBuilder scratch) {}

    private static Look look(SeededStream stream) {
        double draw = stream.unit();
        if (draw < 0.50) {
            return Look.PACKED;
        }
        if (draw < 0.78) {
            return Look.DOCUMENT;
        }
        return draw < 0.88 ? Look.TABLE : draw < 0.95 ? Look.FIELDS : Look.PROSE;
    }

    /** The text that message {@code index} wrote itself: replies of its thread quote it. */
    private SeededStream thread(int index) {
        return stream("words", index);
    }

    /** A name of the sender's or a receiver's domain in lower case. */
    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "x");
    }
}
