// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.RestoredItem;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.samples.cli.config.ConfigException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes {@code restore-manifest.jsonl}: a line for each item of a restore to a folder. */
final class RestoreManifest implements AutoCloseable {
    private final OutputStream out;
    private final JsonOut json;

    private RestoreManifest(OutputStream out) {
        this.out = out;
        this.json = new JsonOut(out);
    }

    static RestoreManifest open(@Nullable Path folder) {
        if (folder == null) {
            return new RestoreManifest(OutputStream.nullOutputStream());
        }
        try {
            Files.createDirectories(folder);
            return new RestoreManifest(
                    new BufferedOutputStream(Files.newOutputStream(folder.resolve("restore-manifest.jsonl")), 1 << 16));
        } catch (IOException e) {
            throw new ConfigException(
                    "directory '" + folder + "' cannot be written", "Make it a writable directory, or name another");
        }
    }

    void add(RestoredItem restored) {
        ManifestEntry entry = restored.item().entry();
        json.object(() -> json.put("key", entry.key().value())
                        .put("kind", entry.kind().name())
                        .put("resource", restored.item().resource().value())
                        .put("path", String.join("/", restored.item().path()))
                        .put("size", entry.size())
                        .put("sha256", sha256(entry.parts()))
                        .time("modified", entry.modified())
                        .put("outcome", restored.outcome().name().toLowerCase(Locale.ROOT)))
                .line();
    }

    /** Of the content; other parts have files of their own. */
    private static @Nullable String sha256(List<PartEntry> parts) {
        return parts.stream()
                .filter(part -> part.name().equals("content"))
                .findFirst()
                .map(part -> HexFormat.of().formatHex(part.rawHash()))
                .orElse(null);
    }

    @Override
    public void close() throws IOException {
        json.close();
        out.close();
    }
}
