// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.io.IOException;

/** What is wrong with a JSON document, as the end of a sentence that begins with it. Caught where the place is known. */
final class JsonFormException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String problem;

    JsonFormException(String problem) {
        super(problem);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
