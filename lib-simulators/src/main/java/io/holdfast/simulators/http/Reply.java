// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.http;

import io.holdfast.exchange.HttpBody;
import io.holdfast.exchange.HttpFields;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a peer answers, and what goes wrong on the way.
 *
 * @param status the status
 * @param fields the header fields; {@code Content-Length} is added
 * @param body the body
 * @param flaw what is wrong with it
 */
public record Reply(int status, HttpFields fields, HttpBody body, Flaw flaw) {

    /** Checks the status. */
    public Reply {
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(flaw, "flaw");
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("a reply of status " + status + "; allowed are 200 to 599");
        }
    }

    /**
     * A reply without a body.
     *
     * @param status the status
     * @return the reply
     */
    public static Reply of(int status) {
        return new Reply(status, HttpFields.none(), HttpBody.of(new byte[0]), new Flaw.None());
    }

    /**
     * A reply of JSON.
     *
     * @param status the status
     * @param json the body
     * @return the reply
     */
    public static Reply json(int status, String json) {
        return of(status).with("Content-Type", "application/json").with(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The same with a header field; it replaces all of the same name.
     *
     * @param name its name
     * @param value its value
     * @return another reply
     */
    public Reply with(String name, String value) {
        return new Reply(status, fields.with(name, value), body, flaw);
    }

    /**
     * The same with another body.
     *
     * @param bytes the body
     * @return another reply
     */
    public Reply with(byte[] bytes) {
        return with(HttpBody.of(bytes));
    }

    /**
     * The same with another body.
     *
     * @param other the body
     * @return another reply
     */
    public Reply with(HttpBody other) {
        return new Reply(status, fields, other, flaw);
    }

    /**
     * The same, but spoilt.
     *
     * @param how what is wrong with it
     * @return another reply
     */
    public Reply spoilt(Flaw how) {
        return new Reply(status, fields, body, how);
    }

    long announcedLength() {
        return flaw instanceof Flaw.WrongLength wrong ? wrong.announced() : body.length();
    }

    /** How many bytes of the body are sent before the connection ends or stands still. */
    long sentLength() {
        if (flaw instanceof Flaw.Cut cut) {
            return Math.min(cut.after(), body.length());
        }
        if (flaw instanceof Flaw.Stall stall) {
            return Math.min(stall.after(), body.length());
        }
        if (flaw instanceof Flaw.WrongLength wrong) {
            return Math.min(wrong.announced(), body.length());
        }
        return body.length();
    }
}
