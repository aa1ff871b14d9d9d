// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.error.RepositoryException;
import io.holdfast.internal.repository.OpenRepository;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.MetadataEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
import io.holdfast.source.Part;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.ResumeHints;
import io.holdfast.source.SourceItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns stored entries back into items and parts, as connectors know them. */
final class StoredParts {
    private StoredParts() {}

    static RestoreItem item(
            OpenRepository repository,
            Snapshot snapshot,
            StoredItem stored,
            List<String> path,
            String tag,
            ResumeHints hints) {
        List<Part> parts = new ArrayList<>();
        for (PartEntry part : stored.entry().parts()) {
            parts.add(new StoredPart(repository, snapshot, part));
        }
        SourceItem item = sourceItem(repository, snapshot, stored.entry());
        return new RestoreItem(stored.resource(), item, path, tag, parts, hints);
    }

    private static SourceItem sourceItem(OpenRepository repository, Snapshot snapshot, ManifestEntry entry) {
        return new SourceItem(
                entry.key(),
                entry.kind(),
                entry.containers(),
                entry.name(),
                new SourceItem.Tags(entry.contentTag(), entry.stateTag()),
                entry.modified(),
                entry.size(),
                new SourceItem.Metadata(
                        SourceItem.Metadata.Form.EXACT, metadata(repository, snapshot, entry.metadata())),
                entry.relations());
    }

    static byte[] metadata(OpenRepository repository, Snapshot snapshot, MetadataEntry metadata) {
        if (metadata instanceof MetadataEntry.Inline inline) {
            return inline.bytes();
        }
        PartEntry part = ((MetadataEntry.Stored) metadata).part();
        try (InputStream in = repository.read(snapshot, part)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A part that is read from the repository as often as needed. */
    private record StoredPart(OpenRepository repository, Snapshot snapshot, PartEntry entry) implements Part {
        @Override
        public String name() {
            return entry.name();
        }

        @Override
        public Form form() {
            return entry.recipe().isPresent() ? Form.MESSAGE_FILE : Form.FILE;
        }

        @Override
        public long length() {
            return entry.size();
        }

        @Override
        public Optional<byte[]> sha256() {
            return Optional.of(entry.rawHash());
        }

        /**
         * Opens the stored bytes.
         *
         * @throws RepositoryException if they are damaged
         */
        @Override
        public InputStream open(long offset) throws IOException {
            InputStream in = repository.read(snapshot, entry);
            in.skipNBytes(offset);
            return in;
        }
    }
}
