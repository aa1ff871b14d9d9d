// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.source.SourceItem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes items of files. A key is the encoded path from the source's root; the root itself has the key {@code .}. */
final class Items {
    static final ItemKind FOLDER = ItemKind.container("folder");
    static final ItemKind FILE = ItemKind.leaf("file");
    static final ItemKind LINK = ItemKind.leaf("symlink");
    static final ItemKind SPECIAL = ItemKind.leaf("special");
    static final String ROOT = ".";
    static final FeedId FEED = new FeedId("walk");

    private Items() {}

    static ItemKind kind(FileState state) {
        return state.isFolder() ? FOLDER : state.isFile() ? FILE : state.isLink() ? LINK : SPECIAL;
    }

    /** Where a key leads to below a root. */
    static Path path(Path root, String key) {
        return key.equals(ROOT) ? root : RawNames.resolve(root, key);
    }

    /** An item as it is now; a link is read. */
    static SourceItem item(String key, Path path, FileState state) throws IOException {
        Optional<String> target =
                state.isLink() ? Optional.of(RawNames.encodedPath(Files.readSymbolicLink(path))) : Optional.empty();
        return item(key, containers(key), state, state.tags(), target);
    }

    static SourceItem item(
            String key, List<ItemKey> containers, FileState state, SourceItem.Tags tags, Optional<String> target) {
        return new SourceItem(
                new ItemKey(key),
                kind(state),
                containers,
                RawNames.display(key.substring(key.lastIndexOf('/') + 1)),
                tags,
                Optional.of(state.modified()),
                state.isFolder() ? 0 : state.size(),
                FileMetadata.of(state, target).encode(),
                List.of());
    }

    /** Lists a folder far enough to know that it may be listed. */
    static void requireReadable(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path first : entries) {
                if (first != null) {
                    return;
                }
            }
        }
    }

    /** The folder that holds an item; the root holds nothing in this sense, so that paths do not begin with it. */
    static List<ItemKey> containers(String key) {
        int slash = key.lastIndexOf('/');
        return slash < 0 ? List.of() : List.of(new ItemKey(key.substring(0, slash)));
    }
}
