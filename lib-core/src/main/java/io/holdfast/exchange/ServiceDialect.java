// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import io.holdfast.pacing.Cost;
import java.util.Optional;

/**
 * How a service speaks: which fields carry ids and costs, and what its errors mean. An SPI for connectors.
 *
 * <p>Called from several threads; must not block. What every method does by default suits a service of which only HTTP is known.
 */
public interface ServiceDialect {

    /**
     * What an error means. Decide on the innermost code, then the code, then the status, and on the text of a message last.
     *
     * @param answer the answer
     * @return its kind; {@code UNKNOWN} with the raw code if nobody knows
     */
    default Verdict classify(ErrorAnswer answer) {
        return StatusVerdicts.of(answer);
    }

    /**
     * The field in which the service takes an id of ours for each request.
     *
     * @return its name; empty if there is none
     */
    default Optional<String> requestIdField() {
        return Optional.empty();
    }

    /**
     * The service's own id of an exchange, to quote when its operator is asked.
     *
     * @param fields the header fields of its response
     * @return empty if there is none
     */
    default Optional<String> answerId(HttpFields fields) {
        return fields.first("x-request-id").or(() -> fields.first("request-id"));
    }

    /**
     * What a request cost.
     *
     * @param estimate what it was expected to cost
     * @param fields the header fields of its response
     * @return what they tell; the estimate if they tell nothing
     */
    default Cost actual(Cost estimate, HttpFields fields) {
        return estimate;
    }

    /**
     * A service of which only HTTP is known.
     *
     * @return the dialect
     */
    static ServiceDialect plain() {
        return new ServiceDialect() {};
    }
}
