// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Content that is read over as many connections as it takes; for one thread, closed by whoever has it.
 *
 * <p>When a connection breaks, the next one asks for the rest of the same content. Reading throws a {@link FailureException} if that cannot be had, or
 * if a connection broke before it had brought {@value #LEAST_PROGRESS} bytes: then it is the retrier's turn, from {@link #position} on if the content
 * has a {@link #validator}.
 */
public final class Download extends InputStream {
    /** How far each connection must bring the content forward for another one to follow. */
    public static final int LEAST_PROGRESS = 1 << 20;

    private static final int PARTIAL = 206;
    private static final Pattern CONTENT_RANGE = Pattern.compile("(?i)bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    private final Exchanger exchanger;
    private final Supplier<ServiceRequest> request;
    private String operation = "";
    private Exchange exchange;
    private Optional<String> validator;
    private OptionalLong total = OptionalLong.empty();
    private long position;
    private long connectedAt;
    private boolean closed;

    Download(Exchanger exchanger, Supplier<ServiceRequest> request, long offset, Optional<String> validator) {
        if (offset < 0) {
            throw new IllegalArgumentException("offset is " + offset + "; it must be at least 0");
        }
        this.exchanger = exchanger;
        this.request = request;
        this.validator = validator;
        this.position = offset;
        this.exchange = connect();
    }

    /**
     * What the content is, to go on with it later.
     *
     * @return an entity tag or a date; empty if the service gave none that is fit for ranges
     */
    public Optional<String> validator() {
        return validator;
    }

    /**
     * How long the whole content is.
     *
     * @return bytes; empty if the service does not say
     */
    public OptionalLong total() {
        return total;
    }

    /**
     * Where the next byte to be read stands.
     *
     * @return counted from the beginning of the content
     */
    public long position() {
        return position;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        while (true) {
            try {
                int got = readConnected(bytes, offset, length);
                position += Math.max(0, got);
                return got;
            } catch (FailureException broken) {
                if (total.isPresent() && total.getAsLong() == position) {
                    // It broke behind the last byte.
                    return -1;
                }
                if (validator.isEmpty() || position - connectedAt < LEAST_PROGRESS || closed) {
                    throw broken;
                }
                exchange = connect();
            }
        }
    }

    private int readConnected(byte[] bytes, int offset, int length) {
        try {
            return exchange.body().read(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        exchange.close();
    }

    private Exchange connect() {
        ServiceRequest wanted = request.get();
        operation = wanted.paced().operation();
        HttpRequest http = wanted.http().with("Accept-Encoding", "identity");
        if (position > 0) {
            http = http.with("Range", "bytes=" + position + "-");
            if (validator.isPresent()) {
                http = http.with("If-Range", validator.get());
            }
        }
        Exchange answer = exchanger.send(wanted.sending(http));
        boolean fits = false;
        try {
            requireFit(answer);
            fits = true;
        } finally {
            if (!fits) {
                answer.close();
            }
        }
        connectedAt = position;
        return answer;
    }

    private void requireFit(Exchange answer) {
        Optional<String> now = validatorOf(answer.fields());
        if (position == 0) {
            validator = now;
            total = ContentLength.of(answer.fields()).map(OptionalLong::of).orElse(OptionalLong.empty());
            return;
        }
        Matcher range =
                CONTENT_RANGE.matcher(answer.fields().first("content-range").orElse(""));
        if (answer.status() != PARTIAL || !range.matches()) {
            throw mismatch("answered " + answer.status() + " without the range from byte " + position);
        }
        if (Long.parseLong(range.group(1)) != position) {
            throw mismatch("gave a range from byte " + range.group(1) + " instead of " + position);
        }
        if (validator.isPresent() && now.isPresent() && !now.equals(validator)) {
            throw mismatch("has other content by now");
        }
        validator = validator.or(() -> now);
        requireTotal(range.group(3));
    }

    private void requireTotal(String announced) {
        if (announced.equals("*")) {
            return;
        }
        long length = Long.parseLong(announced);
        if (total.isPresent() && total.getAsLong() != length) {
            throw mismatch("has " + length + " bytes by now, no more " + total.getAsLong());
        }
        total = OptionalLong.of(length);
    }

    private FailureException mismatch(String what) {
        return new FailureException(
                Failure.of(FailureCategory.CONTENT_MISMATCH, "range"), operation + ": the service " + what, null);
    }

    /** Only strong ones are fit for ranges (RFC 9110, section 13.1.5). */
    private static Optional<String> validatorOf(HttpFields fields) {
        Optional<String> tag = fields.first("etag").map(String::trim);
        if (tag.isPresent()) {
            return tag.filter(value -> value.startsWith("\""));
        }
        return fields.first("last-modified").map(String::trim);
    }
}
