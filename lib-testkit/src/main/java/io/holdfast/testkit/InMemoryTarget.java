// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.TargetException;
import io.holdfast.model.ItemKey;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Part;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Puts items back into a source in memory; safe for use by several threads. */
final class InMemoryTarget implements RestoreTarget {
    private final InMemorySource source;
    private final RestoreSettings settings;

    InMemoryTarget(InMemorySource source, RestoreSettings settings) {
        this.source = source;
        this.settings = settings;
    }

    @Override
    public String describe() {
        return "source '" + source.id() + "' in memory"
                + settings.intoFolder()
                        .map(folder -> ", folder '" + folder + "'")
                        .orElse("");
    }

    @Override
    public Placement put(RestoreItem item) {
        source.requested();
        InMemoryResource resource = resource(item);
        Map<String, byte[]> contents = read(item);
        synchronized (resource) {
            Optional<ItemKey> folder = folder(resource, path(item));
            return item.item().kind().container()
                    ? putFolder(resource, folder, item)
                    : putNote(resource, folder.orElseThrow(() -> rootless(item)), item, contents);
        }
    }

    private static TargetException rootless(RestoreItem item) {
        return refused("item '" + item.item().key() + "' lies in no folder; a note needs one");
    }

    private static TargetException refused(String what) {
        return new TargetException(ErrorCode.TARGET_REFUSED, what, "Choose another target, or another selection");
    }

    private InMemoryResource resource(RestoreItem item) {
        if (settings.toOwner().isPresent()) {
            String owner = settings.toOwner().get();
            return source.resources().stream()
                    .filter(each -> each.resource().owner().equals(owner))
                    .findFirst()
                    .orElseThrow(() -> refused("source '" + source.id() + "' has nothing of owner '" + owner + "'"));
        }
        return source.resources().stream()
                .filter(each -> each.id().equals(item.resource()))
                .findFirst()
                .orElseThrow(() -> refused("source '" + source.id() + "' has no resource '" + item.resource() + "'"));
    }

    private List<String> path(RestoreItem item) {
        List<String> path = new ArrayList<>(settings.intoFolder().stream().toList());
        path.addAll(item.path());
        return path;
    }

    /** Finds a folder by the names down to it, and makes what is missing. */
    private static Optional<ItemKey> folder(InMemoryResource resource, List<String> path) {
        Optional<ItemKey> at = Optional.empty();
        for (String name : path) {
            Optional<ItemKey> parent = at;
            Optional<InMemoryItem> there = child(resource, parent, name, InMemoryItem::folder);
            at = Optional.of(there.map(InMemoryItem::key).orElseGet(() -> resource.addFolder(parent, name)));
        }
        return at;
    }

    private static Optional<InMemoryItem> child(
            InMemoryResource resource, Optional<ItemKey> parent, String name, Predicate<InMemoryItem> wanted) {
        return resource.items().stream()
                .filter(each -> wanted.test(each)
                        && each.parent().equals(parent)
                        && each.name().equals(name))
                .findFirst();
    }

    private Placement putFolder(InMemoryResource resource, Optional<ItemKey> parent, RestoreItem item) {
        if (child(resource, parent, item.item().name(), InMemoryItem::folder).isPresent()) {
            return Placement.ALREADY_THERE;
        }
        ItemKey key = resource.addFolder(parent, item.item().name());
        resource.changeSilently(key, folder -> folder.tagged(mark(item)));
        return Placement.RESTORED;
    }

    private Placement putNote(
            InMemoryResource resource, ItemKey folder, RestoreItem item, Map<String, byte[]> contents) {
        if (resource.items().stream()
                .anyMatch(each -> each.tag().filter(mark(item)::equals).isPresent())) {
            return Placement.ALREADY_THERE;
        }
        Optional<InMemoryItem> inTheWay = inTheWay(resource, folder, item);
        if (inTheWay.isPresent() && settings.conflict() == RestoreSettings.Conflict.SKIP) {
            return Placement.SKIPPED;
        }
        ItemKey key = inTheWay.isPresent() && settings.conflict() == RestoreSettings.Conflict.REPLACE
                ? inTheWay.get().key()
                : resource.addNote(folder, item.item().name(), contents);
        resource.change(
                key,
                note -> note.with(contents)
                        .named(item.item().name())
                        .with(item.item().metadata())
                        .tagged(mark(item)));
        return Placement.RESTORED;
    }

    /** What an item is marked with that this restore creates or writes over: it tells of the restore, too. */
    private String mark(RestoreItem item) {
        return settings.restoreId() + "/" + item.tag();
    }

    private boolean isOfThisRestore(InMemoryItem there) {
        return there.tag()
                .filter(mark -> mark.startsWith(settings.restoreId() + "/"))
                .isPresent();
    }

    /**
     * What has the item's own identifier, if it goes where it was, or else its name. Whatever a restore made there has an identifier of its own, and
     * shares one with an item of another source by chance. What this restore put there itself is in nobody's way: many notes may have one name.
     */
    private Optional<InMemoryItem> inTheWay(InMemoryResource resource, ItemKey folder, RestoreItem item) {
        boolean whereItWas =
                settings.intoFolder().isEmpty() && settings.toOwner().isEmpty();
        return Optional.of(item.item().key())
                .filter(key -> whereItWas)
                .flatMap(resource::find)
                .filter(there -> there.tag().isEmpty())
                .or(() -> child(
                        resource,
                        Optional.of(folder),
                        item.item().name(),
                        there -> !there.folder() && !isOfThisRestore(there)));
    }

    private static Map<String, byte[]> read(RestoreItem item) {
        Map<String, byte[]> contents = new TreeMap<>();
        for (Part part : item.parts()) {
            try (InputStream in = part.open(0)) {
                contents.put(part.name(), in.readAllBytes());
            } catch (IOException e) {
                throw new FailureException(
                        Failure.of(FailureCategory.TRANSIENT, "part-unreadable"),
                        "part '" + part.name() + "' could not be read",
                        e);
            }
        }
        return contents;
    }

    @Override
    public void finish() {
        // everything is complete when it is put
    }

    @Override
    public void close() {
        // nothing is held
    }
}
