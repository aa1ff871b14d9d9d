// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.format.CborReader;
import io.holdfast.internal.format.CborWriter;
import io.holdfast.internal.seal.EnvelopeKind;
import io.holdfast.internal.seal.EnvelopeName;
import io.holdfast.internal.seal.RepositoryKeys;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hints of one restore in a small file of the cache folder: an envelope (FORMAT.md 16.10), since hints are secrets that outlive the process. A file
 * that cannot be read or written is as good as none. Safe for use by several threads; two processes that run the same restore forget hints of each other.
 */
public final class HintFile {
    private static final Logger LOG = LoggerFactory.getLogger(HintFile.class);
    private static final String PREFIX = "restore-";
    /** More uploads than that are not under way at a time; the oldest hints go first. */
    private static final int MOST = 256;

    private static final int MOST_CHARACTERS = 8192;
    private static final int MOST_BYTES = 8 << 20;
    /** What an upload's address is good for is shorter. */
    private static final Duration OLD = Duration.ofDays(30);

    private final Path file;
    private final EnvelopeName name;
    private final RepositoryKeys keys;
    private final Instant now;
    private @Nullable Map<String, String> hints;

    /**
     * The hints of a restore; nothing is read before one is asked for.
     *
     * @param folder the cache folder; made when something is written
     * @param restoreId names the restore; letters and digits
     * @param keys what seals the file
     * @param now the present time, by which files of long ago are removed
     */
    HintFile(Path folder, String restoreId, RepositoryKeys keys, Instant now) {
        this.file = folder.resolve(PREFIX + restoreId);
        this.name = new EnvelopeName(EnvelopeKind.RESUME_HINTS, restoreId, 0);
        this.keys = keys;
        this.now = now;
    }

    /**
     * Looks a hint up.
     *
     * @param what what it is about
     * @return the hint that was kept last, or empty
     */
    public synchronized Optional<String> find(String what) {
        return Optional.ofNullable(known().get(what));
    }

    /**
     * Keeps a hint, in place of an earlier one.
     *
     * @param what what it is about; with the hint itself, nothing happens if either has more than 8192 characters
     * @param hint the hint
     */
    public synchronized void keep(String what, String hint) {
        if (what.length() > MOST_CHARACTERS || hint.length() > MOST_CHARACTERS) {
            return;
        }
        Map<String, String> all = known();
        all.remove(what);
        all.put(what, hint);
        if (all.size() > MOST) {
            all.remove(all.keySet().iterator().next());
        }
        store(all);
    }

    /**
     * Forgets a hint; does nothing if there is none.
     *
     * @param what what it is about
     */
    public synchronized void drop(String what) {
        if (known().remove(what) != null) {
            store(known());
        }
    }

    private Map<String, String> known() {
        if (hints == null) {
            hints = load();
            removeOld();
        }
        return hints;
    }

    private Map<String, String> load() {
        Map<String, String> loaded = new LinkedHashMap<>();
        try {
            if (Files.size(file) <= MOST_BYTES) {
                byte[] body =
                        keys.envelopes().open(name, Files.readAllBytes(file)).body();
                CborReader.read(file.toString(), body, HintFile::decode).forEach(each -> loaded.put(each[0], each[1]));
            }
        } catch (NoSuchFileException absent) {
            return loaded;
        } catch (IOException | SealBrokenException | RepositoryException unreadable) {
            LOG.warn("{} cannot be read; uploads that were begun begin again: {}", file, unreadable.getMessage());
        }
        return loaded;
    }

    private static List<String[]> decode(CborReader in) {
        return in.field(0)
                .list(
                        MOST,
                        pair -> pair.map(each -> new String[] {
                            each.field(0).text(MOST_CHARACTERS), each.field(1).text(MOST_CHARACTERS)
                        }));
    }

    private static byte[] encode(Map<String, String> all) {
        return CborWriter.write(
                1,
                out -> out.field(0)
                        .list(
                                all.entrySet(),
                                (list, each) -> list.map(2, pair -> {
                                    pair.field(0).text(each.getKey());
                                    pair.field(1).text(each.getValue());
                                })));
    }

    private void store(Map<String, String> all) {
        try {
            if (all.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            Path folder = Objects.requireNonNull(file.getParent());
            Files.createDirectories(folder);
            Path draft = Files.createTempFile(folder, PREFIX, ".tmp");
            try {
                Files.write(draft, keys.envelopes().seal(name, new byte[0], encode(all)));
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException unwritable) {
            LOG.warn("{} cannot be written; after a crash, uploads begin again: {}", file, unwritable.toString());
        }
    }

    /** Of restores that nobody ran again. */
    private void removeOld() {
        Path folder = Objects.requireNonNull(file.getParent());
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path each : all) {
                if (Files.getLastModifiedTime(each).toInstant().isBefore(now.minus(OLD))) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException busy) {
            LOG.debug("{} could not be tidied: {}", folder, busy.toString());
        }
    }
}
