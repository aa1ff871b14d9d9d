// SPDX-License-Identifier: Apache-2.0
package io.holdfast.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** Counters with a base unit; the registry gives the same one for the same name and tags. */
final class Counters {
    private Counters() {}

    static Counter of(MeterRegistry registry, String name, String unit, Tags tags) {
        return Counter.builder(name).baseUnit(unit).tags(tags).register(registry);
    }
}
