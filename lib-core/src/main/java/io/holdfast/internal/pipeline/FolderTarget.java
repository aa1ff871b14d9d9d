// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.TargetException;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.ResourceSummary;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Part;
import io.holdfast.source.Renderer;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes items of any source as files for people: {@code DIR/<owner>/<workload>/<containers>/<file>}.
 *
 * <p>Safe for use by several threads. Containers become folders; an item whose only part is {@code content} becomes a file of its name; of
 * any other item the metadata, each part, and what a renderer makes of it stand beside one another, under its name and a few digits of its
 * key. Nothing is written outside of the folder or through a link, and a file appears only when it is whole.
 */
public final class FolderTarget implements RestoreTarget {
    private static final String CONTENT = "content";
    /** How the parts that hold earlier versions of a file are named. */
    private static final String VERSION = "version/";

    private static final int LONGEST_TITLE = 80;
    private static final int PUTS_IN_A_ROW = 1_000;

    private final Path base;
    private final FolderFiles files;
    private final Map<ItemKind, Renderer> renderers = new HashMap<>();
    private final Map<ResourceId, List<String>> roots;

    /**
     * Begins a restore below a folder.
     *
     * @param folder the folder, made if it is missing
     * @param settings what to do on conflicts
     * @param resources the resources of the snapshot
     * @param renderers how kinds are written for people, where it is known
     */
    public FolderTarget(
            Path folder, RestoreSettings settings, List<ResourceSummary> resources, List<Renderer> renderers) {
        this.base = folder.toAbsolutePath().normalize();
        this.files = new FolderFiles(base, settings.conflict());
        this.roots = roots(settings, resources);
        renderers.forEach(renderer -> this.renderers.put(renderer.kind(), renderer));
        try {
            Files.createDirectories(base);
        } catch (IOException e) {
            throw failed(base, e);
        }
    }

    /** Two resources that would share a folder get their own: the one whose id comes later is told apart by a few digits of it. */
    private static Map<ResourceId, List<String>> roots(RestoreSettings settings, List<ResourceSummary> resources) {
        Map<ResourceId, ResourceSummary> sorted = new TreeMap<>();
        resources.forEach(each -> sorted.put(each.id(), each));
        Map<ResourceId, List<String>> roots = new HashMap<>();
        Map<String, ResourceId> taken = new HashMap<>();
        for (ResourceSummary each : sorted.values()) {
            String owner = FileNames.escaped(settings.toOwner().orElse(each.owner()));
            String workload = FileNames.escaped(each.workload());
            if (taken.putIfAbsent(FileNames.folded(owner + "/" + workload), each.id()) != null) {
                workload =
                        FileNames.withMark(workload, FileNames.digits(each.id().value(), 6), "");
            }
            List<String> root = new ArrayList<>();
            settings.intoFolder().ifPresent(into -> {
                for (String name : into.split("/")) {
                    root.add(FileNames.escaped(name));
                }
            });
            root.add(owner);
            root.add(workload);
            roots.put(each.id(), root);
        }
        return roots;
    }

    @Override
    public String describe() {
        return "folder '" + base + "'";
    }

    @Override
    public Placement put(RestoreItem item) {
        List<String> names = new ArrayList<>(roots.getOrDefault(
                item.resource(), List.of(FileNames.escaped(item.resource().value()))));
        item.path().forEach(name -> names.add(FileNames.escaped(name)));
        try {
            Path folder = files.folder(names);
            if (item.item().kind().container()) {
                names.add(FileNames.escaped(item.item().name()));
                files.folder(names);
                return Placement.RESTORED;
            }
            Optional<Part> content = fileContent(item);
            if (content.isEmpty()) {
                return several(folder, item);
            }
            for (Part version : item.parts()) {
                if (version.name().startsWith(VERSION)) {
                    files.put(folder, versionName(item, version), item, FolderFiles.bytesOf(version));
                }
            }
            return files.put(folder, FileNames.escaped(item.item().name()), item, FolderFiles.bytesOf(content.get()));
        } catch (IOException e) {
            throw failed(folder(names), e);
        }
    }

    /** The content of a file, which has nothing beside it but earlier versions. */
    private static Optional<Part> fileContent(RestoreItem item) {
        boolean file = item.parts().stream()
                .allMatch(part -> part.name().equals(CONTENT) || part.name().startsWith(VERSION));
        return item.parts().stream()
                .filter(part -> file && part.name().equals(CONTENT))
                .findFirst();
    }

    /** Beside the file, with the version and the file's own ending. */
    private static String versionName(RestoreItem item, Part version) {
        String name = item.item().name();
        int dot = name.lastIndexOf('.');
        String ending = dot <= 0 ? "" : name.substring(dot);
        return FileNames.escaped(name.substring(0, name.length() - ending.length()) + " "
                + version.name().replace('/', ' ').replace(':', '-') + ending);
    }

    private Path folder(List<String> names) {
        Path folder = base;
        for (String name : names) {
            folder = folder.resolve(name);
        }
        return folder;
    }

    private Placement several(Path folder, RestoreItem item) throws IOException {
        List<Placement> placements = new ArrayList<>();
        byte[] metadata = item.item().metadata().bytes();
        boolean json = metadata.length > 0 && (metadata[0] == '{' || metadata[0] == '[');
        placements.add(files.put(folder, named(item, json ? ".json" : ".txt"), item, FolderFiles.bytesOf(metadata)));
        for (Part part : item.parts()) {
            placements.add(files.put(
                    folder, named(item, "." + part.name().replace('/', '-')), item, FolderFiles.bytesOf(part)));
        }
        Optional<Renderer> renderer =
                Optional.ofNullable(renderers.get(item.item().kind()));
        if (renderer.isPresent()) {
            FolderFiles.Content rendered = (OutputStream out) -> renderer.get().render(item, out);
            placements.add(files.put(folder, named(item, renderer.get().extension()), item, rendered));
        }
        return placements.contains(Placement.RESTORED)
                ? Placement.RESTORED
                : placements.contains(Placement.SKIPPED) ? Placement.SKIPPED : Placement.ALREADY_THERE;
    }

    private static String named(RestoreItem item, String ending) {
        String title = item.item().name().strip();
        String cut = title.codePointCount(0, title.length()) <= LONGEST_TITLE
                ? title
                : title.substring(0, title.offsetByCodePoints(0, LONGEST_TITLE));
        String digits = FileNames.digits(item.item().key().value(), 8);
        return FileNames.withMark(
                FileNames.escaped(cut.isEmpty() ? "untitled" : cut), digits, FileNames.escaped(ending));
    }

    @Override
    public int putsInARow() {
        return PUTS_IN_A_ROW;
    }

    @Override
    public void finish() {
        // every file is complete when it appears
    }

    @Override
    public void close() {
        // no file stays open between two items
    }

    private static RuntimeException failed(Path path, IOException e) {
        if (e instanceof AccessDeniedException) {
            return new TargetException(
                    ErrorCode.TARGET_REFUSED,
                    "'" + path + "' may not be written by this user",
                    "Grant the right to write there, or restore to another folder",
                    e);
        }
        boolean full = String.valueOf(e.getMessage()).contains("No space left");
        return new FailureException(
                Failure.of(full ? FailureCategory.TARGET_FULL : FailureCategory.TRANSIENT, ""),
                String.valueOf(e.getMessage()),
                e);
    }
}
