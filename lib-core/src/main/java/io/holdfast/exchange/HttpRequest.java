// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request as it goes over the wire.
 *
 * <p>Immutable. Printed without query and header values, which may hold secrets.
 *
 * @param method such as {@code GET}, in upper case
 * @param uri absolute, of scheme http or https; its path and query go out as they are
 * @param fields the header fields; those that the protocol itself needs are added
 * @param body empty for none
 * @param deadlines how long its phases may take
 */
public record HttpRequest(String method, URI uri, HttpFields fields, Optional<HttpBody> body, Deadlines deadlines) {
    private static final Pattern METHOD = Pattern.compile("[A-Z]+");

    /** Checks method and address. */
    public HttpRequest {
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(deadlines, "deadlines");
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException("the method is '" + method + "'; it must be upper case, such as GET");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException("'" + place(uri) + "' is not an absolute address of http or https");
        }
    }

    /**
     * A GET without header fields.
     *
     * @param uri the address
     * @return the request
     */
    public static HttpRequest get(URI uri) {
        return new HttpRequest("GET", uri, HttpFields.none(), Optional.empty(), Deadlines.defaults());
    }

    /**
     * A request with a body.
     *
     * @param method the method
     * @param uri the address
     * @param contentType what the body is
     * @param body the body
     * @return the request
     */
    public static HttpRequest sending(String method, URI uri, String contentType, HttpBody body) {
        return new HttpRequest(
                method,
                uri,
                HttpFields.none().with("Content-Type", contentType),
                Optional.of(body),
                Deadlines.defaults());
    }

    /**
     * The same with a header field; it replaces all of the same name.
     *
     * @param name its name
     * @param value its value
     * @return another request
     */
    public HttpRequest with(String name, String value) {
        return new HttpRequest(method, uri, fields.with(name, value), body, deadlines);
    }

    /**
     * The same with other deadlines.
     *
     * @param others how long its phases may take
     * @return another request
     */
    public HttpRequest within(Deadlines others) {
        return new HttpRequest(method, uri, fields, body, others);
    }

    @Override
    public String toString() {
        return method + " " + place(uri);
    }

    private static String place(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority() + uri.getRawPath();
    }
}
