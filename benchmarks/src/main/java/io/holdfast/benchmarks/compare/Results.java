// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** All results of a comparison. Immutable. */
record Results(List<Result> all) {
    Results {
        all = List.copyOf(all);
    }

    List<String> sets() {
        return all.stream().map(Result::set).distinct().toList();
    }

    List<String> tools() {
        return all.stream().map(Result::tool).distinct().toList();
    }

    /** The results of one tool in one step, by run. */
    List<Result> of(String set, Step step, String tool) {
        return all.stream()
                .filter(r -> r.set().equals(set) && r.step() == step && r.tool().equals(tool))
                .toList();
    }

    /** Ratios of two tools, made within each run and then spread over the runs; empty if no run has both. */
    Optional<Spread> ratio(String set, Step step, String tool, Column column) {
        List<Double> ratios = new ArrayList<>();
        for (int run : runs(set)) {
            Optional<Double> own = figure(set, step, tool, run, column);
            Optional<Double> other = figure(set, step, column.peer(), run, column);
            if (own.isPresent() && other.isPresent() && other.get() > 0) {
                ratios.add(own.get() / other.get());
            }
        }
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }

    private Collection<Integer> runs(String set) {
        return new TreeSet<>(
                all.stream().filter(r -> r.set().equals(set)).map(Result::run).toList());
    }

    private Optional<Double> figure(String set, Step step, String tool, int run, Column column) {
        return of(set, step, tool).stream()
                .filter(r -> r.run() == run)
                .findFirst()
                .flatMap(column::of);
    }
}
