// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

/** How well something is; the worse, the later. */
public enum HealthLevel {
    /** As it should be. */
    HEALTHY,
    /** Somebody should look at it by daylight. */
    DEGRADED,
    /** Protection is at stake. */
    CRITICAL
}
