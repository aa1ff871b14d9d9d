// SPDX-License-Identifier: Apache-2.0
package io.holdfast.services;

import io.holdfast.pacing.Limit;
import io.holdfast.pacing.Meter;
import io.holdfast.pacing.SavedBudget;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is left of long budgets, in a small file of a cache folder: a line for each budget. A file that cannot be read or written is as good as none, and
 * of two processes at once the last one's word holds: at worst a hundredth of a day's budget is spent twice.
 */
final class BudgetFile {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetFile.class);
    private static final String NAME = "budgets.tsv";
    private static final int FIELDS = 6;

    private final Path folder;
    private final Path file;

    BudgetFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(NAME);
    }

    List<SavedBudget> load() {
        List<SavedBudget> budgets = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                read(line).ifPresent(budgets::add);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            LOG.warn(
                    "what is left of budgets cannot be read from {}, and is taken for untouched: {}",
                    file,
                    e.toString());
        }
        return budgets;
    }

    /** Takes the place of what was there, in one step. */
    void store(List<SavedBudget> budgets) {
        if (budgets.isEmpty() && Files.notExists(file)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            // Readable for this user alone, as temporary files are: it tells which tenants there are.
            Path fresh = Files.createTempFile(folder, NAME, ".tmp");
            try {
                Files.write(fresh, budgets.stream().map(BudgetFile::line).toList(), StandardCharsets.UTF_8);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            LOG.warn("what is left of budgets cannot be kept in {}: {}", file, e.toString());
        }
    }

    private static String line(SavedBudget budget) {
        return String.join(
                "\t",
                path(budget.scope()),
                budget.limit().meter().name(),
                String.valueOf(budget.limit().amount()),
                budget.limit().period().toString(),
                String.valueOf(budget.left()),
                budget.at().toString());
    }

    private static String path(Scope scope) {
        String own = scope.level() + "=" + URLEncoder.encode(scope.name(), StandardCharsets.UTF_8);
        return scope.parent().map(outer -> path(outer) + "/" + own).orElse(own);
    }

    /** A line of a later version, or half a line, is nobody's budget. */
    private static Optional<SavedBudget> read(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SavedBudget(
                    scope(fields[0]),
                    new Limit.Rate(Meter.valueOf(fields[1]), Long.parseLong(fields[2]), Duration.parse(fields[3])),
                    Double.parseDouble(fields[4]),
                    Instant.parse(fields[5])));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Scope scope(String path) {
        @Nullable Scope scope = null;
        for (String part : path.split("/", -1)) {
            String[] levelAndName = part.split("=", 2);
            if (levelAndName.length != 2) {
                throw new IllegalArgumentException("no scope: " + part);
            }
            String name = URLDecoder.decode(levelAndName[1], StandardCharsets.UTF_8);
            scope = scope == null ? Scope.provider(name) : scope.within(ScopeLevel.valueOf(levelAndName[0]), name);
        }
        return Objects.requireNonNull(scope);
    }
}
