// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Walks once over a message (RFC 5322, RFC 2045, RFC 2046) and tells where its joints are. Tolerant: nothing is refused,
 * what cannot be understood is body or filler. Memory is the window, whatever the message. Good for one message.
 */
final class MimeScanner {
    /** Entities nested deeper stay whole: real mail has fewer than ten levels, bombs have thousands. */
    static final int MAX_DEPTH = 64;

    private enum Place {
        HEADERS,
        TEXT,
        BASE64
    }

    /** An open entity; {@code delimiter} is empty unless it is a multipart. */
    private record Entity(byte[] delimiter, boolean digest) {
        static final Entity PLAIN = new Entity(new byte[0], false);

        static Entity multipart(ContentType type) {
            byte[] delimiter = ("--" + type.boundary()).getBytes(StandardCharsets.ISO_8859_1);
            return new Entity(delimiter, type.isDigest());
        }

        boolean isMultipart() {
            return delimiter.length > 0;
        }
    }

    private final ByteWindow window;
    private final Base64Reader base64;
    private final MimeEvents events;
    private final List<Entity> open = new ArrayList<>();
    private HeaderScan headers = new HeaderScan();
    private ContentType byDefault = ContentType.TEXT;
    private Place place = Place.HEADERS;
    private int multiparts;
    private int runs;
    private boolean filler;
    /** The window's position is not the start of a line. */
    private boolean insideLine;

    MimeScanner(ByteWindow window, Base64Reader base64, MimeEvents events) {
        this.window = window;
        this.base64 = base64;
        this.events = events;
    }

    /** Reads to the end of the stream, which stays open. */
    void scan(InputStream in) throws IOException {
        window.reset(in);
        startEntity(ContentType.TEXT);
        try {
            while (window.require(1) > 0) {
                switch (place) {
                    case HEADERS -> headers();
                    case TEXT -> text();
                    case BASE64 -> base64();
                }
            }
            close(0, false);
        } finally {
            window.reset(null);
        }
    }

    private void startEntity(ContentType defaultType) throws IOException {
        headers = new HeaderScan();
        byDefault = defaultType;
        place = Place.HEADERS;
        filler = false;
        events.entityStart();
    }

    private void headers() throws IOException {
        byte[] b = window.bytes();
        int start = window.position();
        int at = start;
        for (int lf = window.indexOfLineFeed(at); lf >= 0; lf = window.indexOfLineFeed(at)) {
            int length = lf + 1 - at;
            if (!insideLine) {
                if (isBlank(b, at, length)) {
                    passHeaders(lf + 1 - start);
                    finishHeaders();
                    return;
                }
                if (isDelimiter(at, length)) {
                    passHeaders(at - start);
                    takeDelimiter(length);
                    return;
                }
                headers.line(b, at, length);
            }
            insideLine = false;
            at = lf + 1;
        }
        if (at > start) {
            passHeaders(at - start);
        } else {
            longHeaderLine();
        }
    }

    /** No LF in what is there: after reading on there is one, or the line is longer than the window, or the last one. */
    private void longHeaderLine() throws IOException {
        int length = window.lineLength();
        int at = window.position();
        if (window.bytes()[at + length - 1] == '\n') {
            return;
        }
        if (!insideLine && isDelimiter(at, length)) {
            takeDelimiter(length);
            return;
        }
        if (!insideLine) {
            headers.line(window.bytes(), at, length);
        }
        insideLine = true;
        passHeaders(length);
    }

    private void passHeaders(int length) throws IOException {
        if (length > 0) {
            events.headers(window.bytes(), window.position(), length);
            window.skip(length);
        }
    }

    /**
     * Decides how the body is read. Quoted-printable is left as it is: which characters an encoder escapes and where it
     * breaks lines is its own choice, so that the original could not be had back from the decoded text without a list of
     * all those choices; and text compresses well either way.
     */
    private void finishHeaders() throws IOException {
        PartHeaders found = headers.finish(byDefault);
        ContentType type = found.type();
        boolean multipart = type.isMultipart()
                && !type.boundary().isEmpty()
                && type.boundary().length() < HeaderScan.MAX_FIELD / 2;
        boolean message = type.isMessage() && found.encoding() == TransferEncoding.IDENTITY;
        boolean composite = (multipart || message) && open.size() < MAX_DEPTH;
        events.bodyStart(found, composite);
        place = Place.TEXT;
        filler = composite;
        if (composite && multipart) {
            open.add(Entity.multipart(type));
            multiparts++;
        } else if (composite) {
            open.add(Entity.PLAIN);
            startEntity(ContentType.TEXT);
        } else {
            open.add(Entity.PLAIN);
            boolean decodable = found.encoding() == TransferEncoding.BASE64 && !type.isMultipart();
            place = decodable ? Place.BASE64 : Place.TEXT;
        }
    }

    /** Passes on whole lines, up to one that begins like a delimiter. */
    private void text() throws IOException {
        if (multiparts == 0) {
            pass(window.available());
            return;
        }
        byte[] b = window.bytes();
        int start = window.position();
        int line = insideLine ? afterLineFeed(start) : start;
        while (line >= 0 && window.limit() - line >= 2 && !(b[line] == '-' && b[line + 1] == '-')) {
            line = afterLineFeed(line);
        }
        insideLine = line < 0;
        if (insideLine) {
            pass(window.available());
        } else if (line > start) {
            pass(line - start);
        } else if (window.require(2) < 2) {
            insideLine = true;
        } else if (window.bytes()[window.position()] == '-' && window.bytes()[window.position() + 1] == '-') {
            hyphenLine();
        }
    }

    private int afterLineFeed(int from) {
        int lf = window.indexOfLineFeed(from);
        return lf < 0 ? -1 : lf + 1;
    }

    private void hyphenLine() throws IOException {
        int length = window.lineLength();
        if (isDelimiter(window.position(), length)) {
            takeDelimiter(length);
        } else {
            insideLine = true;
            pass(2);
        }
    }

    private void base64() throws IOException {
        window.require(2);
        byte[] b = window.bytes();
        int at = window.position();
        for (LineEnd lineEnd : LineEnd.values()) {
            if (lineEnd.standsAt(b, at, window.limit())) {
                pass(lineEnd.bytes());
                return;
            }
        }
        place = Place.TEXT;
        if (runs < Recipe.MAX_ATTACHMENTS) {
            Base64Reader.Outcome outcome = base64.read(events);
            insideLine = outcome == Base64Reader.Outcome.INSIDE_LINE;
            runs += outcome == Base64Reader.Outcome.NONE ? 0 : 1;
        }
    }

    private void pass(int length) throws IOException {
        if (filler) {
            events.filler(window.bytes(), window.position(), length);
        } else {
            events.body(window.bytes(), window.position(), length);
        }
        window.skip(length);
    }

    private boolean isDelimiter(int at, int length) {
        return multiparts > 0 && delimited(at, length) >= 0;
    }

    /** The innermost open multipart that this line delimits, or -1. */
    private int delimited(int at, int length) {
        byte[] b = window.bytes();
        int end = endOfContent(at, length);
        for (int depth = open.size() - 1; depth >= 0; depth--) {
            byte[] delimiter = open.get(depth).delimiter();
            int rest = end - at - delimiter.length;
            boolean begins = delimiter.length > 0
                    && (rest == 0 || rest == 2)
                    && Arrays.equals(b, at, at + delimiter.length, delimiter, 0, delimiter.length);
            if (begins && (rest == 0 || b[end - 1] == '-' && b[end - 2] == '-')) {
                return depth;
            }
        }
        return -1;
    }

    /** Transport may pad delimiter lines with white space (RFC 2046 section 5.1.1). */
    private int endOfContent(int at, int length) {
        byte[] b = window.bytes();
        int end = at + length;
        while (end > at && (b[end - 1] == '\n' || b[end - 1] == '\r' || b[end - 1] == ' ' || b[end - 1] == '\t')) {
            end--;
        }
        return end;
    }

    private void takeDelimiter(int length) throws IOException {
        int at = window.position();
        int depth = delimited(at, length);
        Entity multipart = open.get(depth);
        boolean last = endOfContent(at, length) - at > multipart.delimiter().length;
        close(last ? depth : depth + 1, true);
        filler = true;
        insideLine = false;
        place = Place.TEXT;
        pass(length);
        if (!last) {
            startEntity(multipart.digest() ? ContentType.MESSAGE : ContentType.TEXT);
        }
    }

    /** Ends entities until {@code depth} are open; one whose headers are not complete has an empty body. */
    private void close(int depth, boolean byDelimiter) throws IOException {
        if (place == Place.HEADERS) {
            events.bodyStart(headers.finish(byDefault), false);
            events.entityEnd(byDelimiter);
        }
        while (open.size() > depth) {
            Entity ended = open.remove(open.size() - 1);
            multiparts -= ended.isMultipart() ? 1 : 0;
            events.entityEnd(byDelimiter);
        }
    }

    private static boolean isBlank(byte[] b, int at, int length) {
        return length == 1 || length == 2 && b[at] == '\r';
    }
}
