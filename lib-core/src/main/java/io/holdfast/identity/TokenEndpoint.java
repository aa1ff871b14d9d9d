// SPDX-License-Identifier: Apache-2.0
package io.holdfast.identity;

/**
 * Sends one token request to an identity service and says what it answered.
 *
 * <p>An SPI for connectors. It sends exactly one request for each call: no cache, no retry, no waiting for an earlier one, all of which is done
 * around it. Called from several threads, never for two of the same application and audience at once. What it throws counts as
 * {@link TokenAnswer.Unavailable}.
 */
@FunctionalInterface
public interface TokenEndpoint {

    /**
     * Asks for a token.
     *
     * @param request for whom and what
     * @return what the service answered, or that it did not
     */
    TokenAnswer ask(TokenRequest request);
}
