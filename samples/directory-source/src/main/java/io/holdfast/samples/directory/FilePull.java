// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import io.holdfast.model.ItemRef;
import io.holdfast.runtime.TimeSource;
import io.holdfast.source.Fetched;
import io.holdfast.source.Part;
import io.holdfast.source.Pull;
import io.holdfast.source.SourceItem;
import io.holdfast.source.Trouble;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens files one after another. */
final class FilePull implements Pull<Fetched> {
    /** A file system's clock ticks this often at worst: two changes within one tick leave the same time. */
    private static final Duration TICK = Duration.ofMillis(20);

    private final Path root;
    private final Iterator<ItemRef> refs;
    private final Ancestors ancestors;
    private final TimeSource time;
    private @Nullable FilePart open;

    FilePull(Path root, List<ItemRef> refs, TimeSource time) {
        this.root = root;
        this.refs = refs.iterator();
        this.ancestors = new Ancestors(root);
        this.time = time;
    }

    @Override
    public @Nullable Fetched next() {
        close();
        return refs.hasNext() ? fetch(refs.next()) : null;
    }

    private Fetched fetch(ItemRef ref) {
        String key = ref.key().value();
        Path path = Items.path(root, key);
        try {
            if (!ancestors.areFolders(key)) {
                return new Fetched.Gone(ref);
            }
            FileState state = FileState.of(path);
            if (state.isFile()) {
                return file(ref, path, state);
            }
            if (state.isFolder()) {
                Items.requireReadable(path);
            } else if (!state.isLink()) {
                return new Fetched.Refused(ref, new Trouble("special-file", state.special(), true));
            }
            return new Fetched.Found(ref, Items.item(key, path, state), List.of());
        } catch (NoSuchFileException e) {
            return new Fetched.Gone(ref);
        } catch (IOException e) {
            return new Fetched.Refused(ref, FileTroubles.trouble(e));
        }
    }

    private Fetched file(ItemRef ref, Path path, FileState state) throws IOException {
        FilePart part = FilePart.open(path, state);
        open = part;
        List<Part> parts = List.of(part);
        SourceItem.Tags tags = isSettled(state) ? state.tags() : SourceItem.Tags.none();
        String key = ref.key().value();
        return new Fetched.Found(ref, Items.item(key, Items.containers(key), state, tags, Optional.empty()), parts);
    }

    /** A file that changed a moment ago may change again without a trace in its time: it gets no tags and is read once more. */
    private boolean isSettled(FileState state) {
        return Duration.between(state.modified(), time.now()).abs().compareTo(TICK) >= 0;
    }

    @Override
    public void close() {
        FilePart before = open;
        open = null;
        if (before != null) {
            before.close();
        }
    }
}
