// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * One data set on disk: the tree, and beside it a note of what it holds, so that a finished tree is used again.
 *
 * <p>Changes are made in place, as a user makes them, and taken back by writing the first edition again. One thread
 * at a time.
 */
public final class DataSetFolder {
    private static final Instant EPOCH = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration NIGHT = Duration.ofDays(200);

    private final DataSet set;
    private final Path root;
    private final Path note;
    private final int workers;

    /** The tree goes to {@code parent/<name of the set>}; {@code workers} threads write it. */
    public DataSetFolder(DataSet set, Path parent, int workers) {
        this.set = set;
        this.root = parent.resolve(set.name());
        this.note = parent.resolve(set.name() + ".made");
        this.workers = workers;
    }

    public Path root() {
        return root;
    }

    /** Leaves the tree of the first day: makes it where it is missing, takes back the next day where it was applied. */
    public void toFirstDay() throws IOException {
        String state = Files.exists(note) ? Files.readString(note) : "";
        if (state.equals(first())) {
            return;
        }
        if (state.equals(next())) {
            takeBack();
        } else {
            make();
        }
        Files.writeString(note, first());
    }

    /** Applies the changes of the next day to the tree of the first day. */
    public void toNextDay() throws IOException {
        toFirstDay();
        // An interrupted change leaves no note, so that the next run makes the tree anew.
        Files.delete(note);
        NextDay day = set.nextDay();
        write(day.changed(), Edition.CHANGED);
        for (int index : day.gone()) {
            Files.delete(file(index));
        }
        write(IntStream.range(set.items(), set.items() + day.added()).boxed().toList(), Edition.FIRST);
        Files.writeString(note, next());
    }

    private void make() throws IOException {
        Files.deleteIfExists(note);
        FileTree.delete(root);
        List<Integer> all = IntStream.range(0, set.items()).boxed().toList();
        for (int index : all) {
            Files.createDirectories(folderOf(index));
        }
        write(all, Edition.FIRST);
    }

    private void takeBack() throws IOException {
        Files.delete(note);
        NextDay day = set.nextDay();
        for (int index = set.items(); index < set.items() + day.added(); index++) {
            Files.delete(file(index));
        }
        List<Integer> back = new ArrayList<>(day.changed());
        back.addAll(day.gone());
        write(back, Edition.FIRST);
    }

    private void write(List<Integer> indexes, Edition edition) throws IOException {
        AtomicInteger turn = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int n = 0; n < workers; n++) {
                running.add(threads.submit(() -> writeInTurn(indexes, turn, edition)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("cannot write data set " + set.name() + " to " + root, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing data set " + set.name(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void writeInTurn(List<Integer> indexes, AtomicInteger turn, Edition edition) {
        ItemWriter writer = set.writer();
        for (int at = turn.getAndIncrement(); at < indexes.size(); at = turn.getAndIncrement()) {
            int index = indexes.get(at);
            Path file = file(index);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024)) {
                writer.write(index, edition, out);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file, e);
            }
            stamp(file, index, edition);
        }
    }

    private static void stamp(Path file, int index, Edition edition) {
        Instant time = EPOCH.plusSeconds(37L * index).plus(edition == Edition.CHANGED ? NIGHT : Duration.ZERO);
        try {
            Files.setLastModifiedTime(file, FileTime.from(time));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set the time of " + file, e);
        }
    }

    private Path file(int index) {
        return root.resolve(set.path(index));
    }

    private Path folderOf(int index) {
        Path folder = file(index).getParent();
        return folder == null ? root : folder;
    }

    private String first() {
        return set.identity() + " first day\n";
    }

    private String next() {
        return set.identity() + " next day\n";
    }
}
