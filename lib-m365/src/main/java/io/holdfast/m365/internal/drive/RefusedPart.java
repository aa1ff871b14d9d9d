// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import io.holdfast.retry.FailureException;
import io.holdfast.source.Part;
import java.io.InputStream;

/**
 * A part that is known to be there and was refused already.
 *
 * @param name its name
 * @param failure how it was refused
 */
record RefusedPart(String name, FailureException failure) implements Part {
    @Override
    public Form form() {
        return Form.FILE;
    }

    @Override
    public long length() {
        return -1;
    }

    @Override
    public InputStream open(long offset) {
        throw failure;
    }
}
