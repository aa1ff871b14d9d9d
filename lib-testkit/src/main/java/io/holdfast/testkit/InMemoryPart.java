// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Part;
import io.holdfast.source.ProviderHash;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A part of an item of a source in memory.
 *
 * @param name its name
 * @param form what its bytes are
 * @param bytes its bytes, never changed
 * @param broken whether it cannot be read
 * @param opened told of each opening
 */
record InMemoryPart(String name, Form form, byte[] bytes, boolean broken, Runnable opened) implements Part {

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public Optional<ProviderHash> hash() {
        String hex = HexFormat.of().formatHex(InMemoryItem.sha256().digest(bytes));
        return Optional.of(new ProviderHash("SHA-256", hex, InMemoryItem::sha256));
    }

    @Override
    public Resume resume() {
        return Resume.RANGE;
    }

    @Override
    public InputStream open(long offset) {
        opened.run();
        if (broken) {
            throw new FailureException(
                    Failure.of(FailureCategory.TRANSIENT, "part-broken"),
                    "part '" + name + "' was broken on purpose",
                    null);
        }
        if (offset < 0 || offset > bytes.length) {
            throw new IllegalArgumentException(
                    "part '" + name + "' has " + bytes.length + " bytes; it cannot be read from " + offset);
        }
        return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
    }
}
