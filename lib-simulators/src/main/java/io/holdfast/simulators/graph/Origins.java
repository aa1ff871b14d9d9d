// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.util.Objects;

/**
 * Where the parts of the service are reached; scheme, host and port, without a slash at the end.
 *
 * @param login where tokens are asked for
 * @param graph where Graph is
 * @param transfer where uploads and downloads go that carry their permission in the address
 */
public record Origins(String login, String graph, String transfer) {
    /** Those of the global cloud; transfers go to a name that belongs to nobody. */
    public static final Origins GLOBAL =
            new Origins("https://login.microsoftonline.com", "https://graph.microsoft.com", "https://transfer.example");

    /** Checks for null. */
    public Origins {
        Objects.requireNonNull(login, "login");
        Objects.requireNonNull(graph, "graph");
        Objects.requireNonNull(transfer, "transfer");
    }

    /** All at one place. */
    static Origins at(String origin) {
        return new Origins(origin, origin, origin);
    }
}
