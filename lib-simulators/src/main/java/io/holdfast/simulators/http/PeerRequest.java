// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.http;

import io.holdfast.exchange.HttpFields;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A request as a peer received it.
 *
 * @param method the method
 * @param target path and query as they came, byte for byte
 * @param fields the header fields
 * @param body the body; not to be changed
 */
public record PeerRequest(String method, String target, HttpFields fields, byte[] body) {

    /** Checks for null. */
    public PeerRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(body, "body");
    }

    /**
     * The path alone.
     *
     * @return the target without its query
     */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /**
     * The body as text.
     *
     * @return decoded from UTF-8
     */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
