// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpBody;
import java.time.Instant;

/**
 * What a file contains, or contained. Immutable.
 *
 * @param number 1 for the first
 * @param body the bytes
 * @param hash the hash that drives announce, Base64
 * @param modified when the content became this
 */
record FileVersion(int number, HttpBody body, String hash, Instant modified) {

    static FileVersion of(int number, HttpBody body, Instant modified) {
        return new FileVersion(number, body, QuickXor.of(body), modified);
    }

    String id() {
        return number + ".0";
    }
}
