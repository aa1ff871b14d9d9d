// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import java.util.Objects;

/**
 * Why an item or a part of it was not read.
 *
 * @param cause a short stable name, such as {@code permission-denied} or {@code malware}
 * @param code the raw code of the service; empty if it gave none
 * @param permanent whether the service refuses it for good (the item is skipped) or it may be read later (the item failed)
 */
public record Trouble(String cause, String code, boolean permanent) {

    /** Checks for null. */
    public Trouble {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(code, "code");
    }
}
