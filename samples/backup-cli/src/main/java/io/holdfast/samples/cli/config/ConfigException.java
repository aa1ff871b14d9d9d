// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli.config;

import java.util.Objects;

/** What the user gave cannot be used: the message names the thing and the value, the remedy says what to do. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * Creates the error.
     *
     * @param message what is wrong, with place and value
     * @param remedy what to do, in the imperative
     */
    public ConfigException(String message, String remedy) {
        super(message);
        this.remedy = Objects.requireNonNull(remedy);
    }

    /**
     * What to do about it.
     *
     * @return a sentence in the imperative
     */
    public String remedy() {
        return remedy;
    }
}
