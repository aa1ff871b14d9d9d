// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.util.Arrays;
import java.util.Collection;

/**
 * Median and range of some values.
 *
 * @param median the middle value, or the mean of the two middle ones
 * @param min the smallest
 * @param max the largest
 */
record Spread(double median, double min, double max) {
    static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values to take a median of");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (Double.isNaN(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException("not a number among " + Arrays.toString(sorted));
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
