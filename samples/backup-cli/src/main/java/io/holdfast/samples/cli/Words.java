// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.samples.cli.config.ConfigException;
import java.util.List;

/** Values of options that are one of a few words. */
final class Words {
    private Words() {}

    /** The value, if it is one of the words. */
    static String oneOf(String option, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw new ConfigException(option + " is '" + value + "'", "Use one of " + String.join(", ", allowed));
        }
        return value;
    }
}
