// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holdfast through its sample command line, with the JVM's start in every figure. */
final class HoldfastTool implements Tool {
    static final String NAME = "holdfast";
    private static final String SOURCE = "bench";

    private final Path launcher;

    HoldfastTool(Path launcher) {
        this.launcher = launcher.toAbsolutePath();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> missing() {
        return Files.isExecutable(launcher)
                ? Optional.empty()
                : Optional.of("the command line of Holdfast at " + launcher + " (give --ours PATH or --ours none)");
    }

    @Override
    public List<String> versionCommand() {
        return List.of(launcher.toString(), "--version");
    }

    @Override
    public String options() {
        return "defaults, passphrase key (Argon2id in every run), JVM start included; `verify --level content`";
    }

    @Override
    public void configure(Place place) throws IOException {
        Files.createDirectories(place.scratch());
        Files.writeString(configuration(place), yaml(place));
    }

    static String yaml(Place place) {
        return """
                cache_dir: "%s"
                repositories:
                  bench:
                    store: { type: posix, path: "%s" }
                    key: { type: passphrase, value: "${env:BENCHMARK_PASSPHRASE}" }
                sources:
                  bench: { type: directory, path: "%s" }
                """.formatted(place.scratch().resolve("cache"), place.repository(), place.source());
    }

    @Override
    public List<Command> preparation(Place place) {
        // After a build the launcher makes its archive of classes once; that is no part of a backup.
        return List.of(new Command(versionCommand(), place.scratch(), Map.of()));
    }

    @Override
    public Command command(Step step, Place place) {
        return switch (step) {
            case FIRST, UNCHANGED, NEXT_DAY -> holdfast(place, "backup", "--source", SOURCE);
            case RESTORE ->
                holdfast(
                        place,
                        "restore",
                        "--source",
                        SOURCE,
                        "--to-directory",
                        place.restored().toString());
            case CHECK -> holdfast(place, "verify", "--level", "content");
        };
    }

    @Override
    public String restoredRoot() {
        return SOURCE;
    }

    private Command holdfast(Place place, String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of(launcher.toString(), command));
        words.addAll(List.of("--config", configuration(place).toString(), "--repository", "bench"));
        words.addAll(List.of(arguments));
        words.add("--quiet");
        return new Command(words, place.scratch(), Map.of("BENCHMARK_PASSPHRASE", "benchmark"));
    }

    private static Path configuration(Place place) {
        return place.scratch().resolve("config.yaml");
    }
}
