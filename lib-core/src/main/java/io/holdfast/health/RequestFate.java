// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

/** What became of a request, as far as health is concerned. */
public enum RequestFate {
    /** The service answered as it should, also that something is gone. */
    SERVED,
    /** It was refused for its number. */
    THROTTLED,
    /** It failed, or was not answered. */
    FAILED
}
