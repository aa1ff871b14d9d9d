// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import io.holdfast.retry.FailureCategory;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** There is no response, or no more of it. */
public final class TransportException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Phase phase;

    /**
     * Creates the exception.
     *
     * @param phase where it failed
     * @param message what happened, on one line, without content or secrets
     * @param cause what caused it, or null
     */
    public TransportException(Phase phase, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.phase = Objects.requireNonNull(phase);
    }

    /**
     * Where it failed.
     *
     * @return the phase
     */
    public Phase phase() {
        return phase;
    }

    /** The phases of an exchange, in their order. */
    public enum Phase {
        /** The name has no address. */
        RESOLVE(FailureCategory.NAME_RESOLUTION),
        /** No connection, neither to the service nor to the proxy on the way. */
        CONNECT(FailureCategory.CONNECT),
        /** No TLS session that both sides accept. */
        TLS(FailureCategory.TLS),
        /** The request could not be sent whole. */
        REQUEST(FailureCategory.PATH_LOSS),
        /** No response, or none that is HTTP. */
        RESPONSE(FailureCategory.PATH_LOSS),
        /** The body broke off or stands still. */
        BODY(FailureCategory.PATH_LOSS);

        private final FailureCategory category;

        Phase(FailureCategory category) {
            this.category = category;
        }

        /**
         * What kind of failure it is.
         *
         * @return a category of the network
         */
        public FailureCategory category() {
            return category;
        }
    }
}
