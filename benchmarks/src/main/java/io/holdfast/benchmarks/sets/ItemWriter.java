// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the bytes of single items; holds buffers, therefore one per thread. */
interface ItemWriter {
    void write(int index, Edition edition, OutputStream out) throws IOException;
}
