// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Borg 1.x with encryption and the compression level that Holdfast uses. */
final class BorgTool implements Tool {
    @Override
    public String name() {
        return "borg";
    }

    @Override
    public Optional<String> missing() {
        return Tool.installed("borg") ? Optional.empty() : Optional.of("Debian package borgbackup");
    }

    @Override
    public List<String> versionCommand() {
        return List.of("borg", "--version");
    }

    @Override
    public String options() {
        return "`--encryption repokey`, `--compression zstd,3`; `check --verify-data`";
    }

    @Override
    public void configure(Place place) {
        // Everything is in the environment.
    }

    @Override
    public List<Command> preparation(Place place) {
        return List.of(borg(place, place.source(), "init", "--encryption", "repokey"));
    }

    @Override
    public Command command(Step step, Place place) {
        Path source = place.source();
        return switch (step) {
            case FIRST, UNCHANGED, NEXT_DAY ->
                borg(place, source, "create", "--compression", "zstd,3", "::" + step.name(), ".");
            case RESTORE -> borg(place, place.restored(), "extract", "::" + Step.NEXT_DAY.name());
            case CHECK -> borg(place, source, "check", "--verify-data");
        };
    }

    private static Command borg(Place place, Path folder, String... arguments) {
        List<String> words = new ArrayList<>(List.of("borg"));
        words.addAll(List.of(arguments));
        Map<String, String> environment = Map.of(
                "BORG_REPO", place.repository().toString(),
                "BORG_BASE_DIR", place.scratch().toString(),
                "BORG_PASSPHRASE", "benchmark");
        return new Command(words, folder, environment);
    }
}
