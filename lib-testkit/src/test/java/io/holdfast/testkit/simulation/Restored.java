// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.simulation;

import io.holdfast.Repository;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.MetadataEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.ResourceSummary;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
import io.holdfast.source.Part;
import io.holdfast.testkit.ScriptedItem;
import io.holdfast.testkit.ScriptedPart;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that a snapshot gives back, byte for byte, and the same of a model, as texts that can be compared. */
final class Restored {
    private Restored() {}

    /** What a snapshot holds: by resource, then by key. */
    static Map<String, Map<String, String>> of(Repository repository, Snapshot snapshot) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (ResourceSummary resource : repository.resources(snapshot)) {
            all.put(resource.id().value(), of(repository, snapshot, resource.id()));
        }
        return all;
    }

    static Map<String, String> of(Repository repository, Snapshot snapshot, ResourceId resource) {
        List<StoredItem> items = new ArrayList<>();
        repository.items(snapshot, resource, items::add);
        Map<String, String> texts = new TreeMap<>();
        for (StoredItem item : items) {
            texts.put(item.entry().key().value(), text(repository, snapshot, item.entry()));
        }
        return texts;
    }

    private static String text(Repository repository, Snapshot snapshot, ManifestEntry entry) {
        Map<String, String> parts = new TreeMap<>();
        for (PartEntry part : entry.parts()) {
            parts.put(part.name(), content(read(repository, snapshot, part)));
        }
        return String.join(
                "|",
                entry.kind() + "",
                entry.containers() + "",
                entry.name(),
                entry.modified().map(Object::toString).orElse(""),
                metadata(repository, snapshot, entry.metadata()),
                entry.relations() + "",
                parts + "");
    }

    /** Fields of JSON may come in any order; those of the scripted source hold nothing that needs quoting. */
    private static String metadata(Repository repository, Snapshot snapshot, MetadataEntry metadata) {
        byte[] bytes = metadata instanceof MetadataEntry.Inline inline
                ? inline.bytes()
                : read(repository, snapshot, ((MetadataEntry.Stored) metadata).part());
        String text = new String(bytes, StandardCharsets.UTF_8);
        return List.of(text.substring(1, text.length() - 1).split(",")).stream()
                .sorted()
                .toList()
                .toString();
    }

    private static byte[] read(Repository repository, Snapshot snapshot, PartEntry part) {
        try (InputStream in = repository.read(snapshot, part)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without what a service writes anew at each reading. */
    private static String content(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String stable = text.startsWith("X-MS-Exchange-Trace") ? text.substring(text.indexOf('\n') + 1) : text;
        stable = stable.stripLeading().startsWith("{") ? stable.strip() : stable;
        return stable.length() + ":" + stable.hashCode() + ":" + stable.substring(0, Math.min(20, stable.length()));
    }

    /** What a snapshot ought to give back of an item. */
    static String of(ScriptedItem item) {
        Map<String, String> parts = new TreeMap<>();
        for (ScriptedPart part : item.parts()) {
            boolean message = part.form() == Part.Form.MESSAGE_RENDERING;
            byte[] bytes = message
                    ? ("X-MS-Exchange-Trace\n" + new String(part.bytes(), StandardCharsets.ISO_8859_1))
                            .getBytes(StandardCharsets.ISO_8859_1)
                    : part.bytes();
            parts.put(part.name(), content(bytes));
        }
        String fields = new String(item.metadata(), StandardCharsets.UTF_8);
        return String.join(
                "|",
                item.kind() + "",
                item.containers() + "",
                item.name(),
                item.modified() + "",
                List.of(fields.substring(1, fields.length() - 1).split(",")).stream()
                        .sorted()
                        .toList()
                        .toString(),
                item.relations() + "",
                parts + "");
    }
}
