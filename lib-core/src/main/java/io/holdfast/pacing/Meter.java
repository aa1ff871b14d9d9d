// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

/** What a service counts over time. */
public enum Meter {
    /** Requests; each part of a batch is one. */
    REQUESTS,
    /** The service's own units of work. */
    UNITS,
    /** Bytes sent to the service. */
    BYTES_UP,
    /** Bytes received from the service. */
    BYTES_DOWN
}
