// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix.powerloss;

import io.holdfast.testkit.SeededRandomness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lets the power go while a process backs up, again and again: everything that was acknowledged is there and whole, nothing half-written
 * is visible, and the next session goes on.
 *
 * <p>A seed decides the source, the moment and what survives of what was not synced; which call the moment falls on depends on the machine.
 * Each seed is one repository and two losses, the second one of a disk that holds what survived the first. With an even seed the cache
 * lasts, as on another disk; with an odd one it is lost too. Before all that, a few seeds on a disk that lies about its syncs show that a
 * loss would be noticed.
 */
final class PowerLossDrill {
    private static final int LOSSES = 2;
    private static final int LIES = 5;
    /** The longest time that a writer gets from its first call on. */
    private static final int LONGEST_MILLIS = 1_200;

    private final Path program;
    private final Path folder;
    private int acknowledged;
    private int losses;
    private int underWay;
    private final List<String> lost = new ArrayList<>();
    private final List<String> torn = new ArrayList<>();

    private PowerLossDrill(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** Takes the program {@code lossyfs}, a folder to work in, how many seeds, and the first one. */
    public static void main(String[] args) throws Exception {
        int seeds = Integer.parseInt(args[2]);
        long first = Long.parseLong(args[3]);
        Path program = Path.of(args[0]).toAbsolutePath();
        Path folder = Path.of(args[1]).toAbsolutePath();
        PowerLossDrill lying = new PowerLossDrill(program, folder);
        for (long seed = 1; seed <= LIES; seed++) {
            lying.run(seed, false);
        }
        System.out.println("a disk that lies, " + lying);
        long start = System.nanoTime();
        PowerLossDrill drill = new PowerLossDrill(program, folder);
        for (long seed = first; seed < first + seeds; seed++) {
            drill.run(seed, true);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println(seeds + " seeds from " + first + ", " + drill + ", " + took.toSeconds() + " s");
        if (lying.lost.isEmpty() || !drill.lost.isEmpty() || !drill.torn.isEmpty()) {
            System.exit(1);
        }
    }

    private void run(long seed, boolean honest) throws IOException, InterruptedException {
        Path home = folder.resolve((honest ? "seed-" : "lie-") + seed);
        Path disk = Files.createDirectories(home.resolve("disk-0"));
        SeededRandomness chance = new SeededRandomness(seed).branch("power");
        Told told = new Told();
        int wrong = lost.size() + torn.size();
        for (int loss = 1; loss <= LOSSES && lost.size() + torn.size() == wrong; loss++) {
            Path cache = home.resolve("cache" + (seed % 2 == 0 ? "" : "-" + loss));
            disk = lose(new Life(seed, loss, home, disk, cache), chance, told, honest);
            underWay += told.underWay() ? 1 : 0;
            Aftermath aftermath = new Aftermath(seed, told);
            aftermath.inspect(disk.resolve("store"), home.resolve("cache" + (seed % 2 == 0 ? "" : "-after-" + loss)));

            take(seed, loss, aftermath, honest);
        }
        acknowledged += told.acknowledged().size();
        if (lost.size() + torn.size() == wrong || !honest) {
            delete(home);
        }
    }

    private record Life(long seed, int loss, Path home, Path disk, Path cache) {}

    private void take(long seed, int loss, Aftermath aftermath, boolean honest) {
        losses++;
        lost.addAll(aftermath.lost());
        torn.addAll(aftermath.torn());
        if (honest) {
            String when = "seed " + seed + ", loss " + loss;
            aftermath.lost().forEach(each -> System.out.println(when + ", lost: " + each));
            aftermath.torn().forEach(each -> System.out.println(when + ", torn: " + each));
        }
    }

    /** Runs a writer until the power goes, and gives what survives. */
    private Path lose(Life life, SeededRandomness chance, Told told, boolean honest)
            throws IOException, InterruptedException {
        Path work = Files.createDirectories(life.home().resolve("loss-" + life.loss()));
        Path output = work.resolve("writer.out");
        try (LossyDisk disk = LossyDisk.mount(program, life.disk(), work)) {
            Process writer = start(life, told, disk.top().resolve("store"), output);
            while (Files.size(output) == 0) {
                requireAlive(writer, 2, work);
            }
            requireAlive(writer, 1 + chance.nextInt(LONGEST_MILLIS), work);
            disk.losePower();
            if (!writer.waitFor(10, TimeUnit.SECONDS)) {
                writer.destroyForcibly().waitFor();
            }
            told.add(output);
            return disk.survivors(
                    life.home().resolve("disk-" + life.loss()), chance.branch("loss " + life.loss()), honest);
        }
    }

    private static Process start(Life life, Told told, Path store, Path output) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Writer.class.getName()));
        words.addAll(List.of(String.valueOf(life.seed()), String.valueOf(told.tried() + 1)));
        words.addAll(List.of(store.toString(), life.cache().toString(), told.created() ? "open" : "create"));
        return new ProcessBuilder(words)
                .redirectOutput(output.toFile())
                .redirectError(output.resolveSibling("writer.err").toFile())
                .start();
    }

    private static void requireAlive(Process writer, long millis, Path work) throws IOException, InterruptedException {
        if (writer.waitFor(millis, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(
                    "the writer ended before the power went: " + Files.readString(work.resolve("writer.err")));
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        }
    }

    @Override
    public String toString() {
        return losses + " losses of power, " + underWay + " of them in mid-session: " + acknowledged
                + " snapshots acknowledged, " + lost.size() + " lost, " + torn.size() + " torn";
    }
}
