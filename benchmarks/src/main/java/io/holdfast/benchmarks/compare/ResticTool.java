// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** restic with its defaults. */
final class ResticTool implements Tool {
    @Override
    public String name() {
        return "restic";
    }

    @Override
    public Optional<String> missing() {
        return Tool.installed("restic") ? Optional.empty() : Optional.of("Debian package restic");
    }

    @Override
    public List<String> versionCommand() {
        return List.of("restic", "version");
    }

    @Override
    public String options() {
        return "repository version 2, default compression, default pack size; `check --read-data`";
    }

    @Override
    public void configure(Place place) {
        // Everything is in the environment.
    }

    @Override
    public List<Command> preparation(Place place) {
        return List.of(restic(place, place.source(), "init", "--repository-version", "2"));
    }

    @Override
    public Command command(Step step, Place place) {
        Path source = place.source();
        return switch (step) {
            case FIRST, UNCHANGED, NEXT_DAY -> restic(place, source, "backup", ".");
            case RESTORE ->
                restic(
                        place,
                        source,
                        "restore",
                        "latest",
                        "--target",
                        place.restored().toString());
            case CHECK -> restic(place, source, "check", "--read-data");
        };
    }

    private static Command restic(Place place, Path folder, String... arguments) {
        List<String> words = new ArrayList<>(List.of("restic", "--quiet"));
        words.addAll(List.of(arguments));
        Map<String, String> environment = Map.of(
                "RESTIC_REPOSITORY", place.repository().toString(),
                "RESTIC_CACHE_DIR", place.scratch().resolve("cache").toString(),
                "RESTIC_PASSWORD", "benchmark");
        return new Command(words, folder, environment);
    }
}
