// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import io.holdfast.runtime.Randomness;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes that are different at each call and the same in each run. */
final class CountingRandomness implements Randomness {
    private final AtomicLong calls = new AtomicLong();

    @Override
    public void fill(byte[] bytes) {
        byte[] seed = Label.of("test").with(calls.incrementAndGet()).bytes();
        byte[] stream = Hkdf.derive(seed, new byte[0], new byte[0], bytes.length);
        System.arraycopy(stream, 0, bytes, 0, bytes.length);
    }
}
