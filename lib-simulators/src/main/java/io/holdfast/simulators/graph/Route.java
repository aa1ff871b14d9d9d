// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.Reply;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * An operation.
 *
 * @param method the method
 * @param operation its name in the ledger and in fault rules, such as {@code message.get}
 * @param service who is behind it
 * @param roles any one of them allows it; none if no role is needed
 * @param cost resource units, by the query; for Exchange each request is one
 * @param answer what it does; called while the tenant is locked
 */
record Route(
        String method,
        String operation,
        Service service,
        Set<String> roles,
        ToIntFunction<Query> cost,
        Function<Call, Reply> answer) {}
