// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

/**
 * Something that a client must not do.
 *
 * @param kind what it was
 * @param request method and path of the request, without its query, which may hold tokens
 */
public record GraphViolation(Kind kind, String request) {

    /** What a client must not do. */
    public enum Kind {
        /** It would have sent a mail, an invitation or a notice of sharing. */
        WOULD_SEND,
        /** It used the beta version of the API. */
        BETA,
        /** It sent its access token to an address that carries a permission of its own. */
        TOKEN_LEAKED,
        /** It sent no {@code client-request-id}. */
        NO_REQUEST_ID,
        /** It sent no {@code User-Agent}. */
        NO_USER_AGENT
    }
}
