// SPDX-License-Identifier: Apache-2.0
package io.holdfast.manifest;

import io.holdfast.model.ItemKey;
import io.holdfast.model.Relation;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The state of an item as bytes that are equal exactly if the states are; in memory only, the stored form is the format's. A part is its name and
 * its canonical hash: a rendering may be of another length each time.
 */
final class EntryState {
    private EntryState() {}

    static byte[] of(ManifestEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            text(out, entry.key().value());
            out.writeBoolean(entry.kind().container());
            text(out, entry.kind().name());
            keys(out, entry.containers());
            text(out, entry.name());
            out.writeBoolean(entry.modified().isPresent());
            if (entry.modified().isPresent()) {
                out.writeLong(entry.modified().get().getEpochSecond());
                out.writeInt(entry.modified().get().getNano());
            }
            out.writeLong(entry.size());
            out.writeInt(entry.parts().size());
            for (PartEntry part : entry.parts()) {
                text(out, part.name());
                out.write(part.canonicalHash());
            }
            out.writeInt(entry.relations().size());
            for (Relation relation : entry.relations()) {
                text(out, relation.type().name());
                text(out, relation.target().value());
            }
            out.write(entry.metadata().canonicalHash());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void keys(DataOutputStream out, List<ItemKey> keys) throws IOException {
        out.writeInt(keys.size());
        for (ItemKey key : keys) {
            text(out, key.value());
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] hash(ManifestEntry entry) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(of(entry));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
