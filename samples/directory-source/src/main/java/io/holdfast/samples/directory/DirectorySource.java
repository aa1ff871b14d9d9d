// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.TimeSource;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Fetched;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Lookup;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.Source;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An open folder: one resource with one feed, which names the whole tree in each session. */
final class DirectorySource implements Source {
    private static final Duration NEVER = Duration.ofDays(36500);

    private final DirectoryConnector connector;
    private final TimeSource time;
    private final Path root;
    private final Feed feed;
    private @Nullable TreeWalk idle;

    DirectorySource(DirectoryConnector connector, TimeSource time) {
        this.connector = connector;
        this.time = time;
        this.root = connector.root();
        // A place in the walk means nothing in another folder.
        String meaning =
                "directory-1 " + Integer.toHexString(RawNames.encodedPath(root).hashCode());
        this.feed = new Feed(Items.FEED, Feed.Kind.ENUMERATION, meaning, false, NEVER);
    }

    @Override
    public Pull<Resource> discover() {
        String name = connector.id().value();
        return Pull.of(List.of(
                new Resource(new ResourceId("files:" + name), "files", root.toString(), name, Optional.empty())));
    }

    @Override
    public List<Feed> feeds(Resource resource) {
        return List.of(feed);
    }

    @Override
    public ChangePage changes(Resource resource, Feed of, Optional<Cursor> from) {
        try {
            return new TreePage(this, walk(from), feed.fingerprint());
        } catch (IOException e) {
            throw FileTroubles.failure(e);
        }
    }

    /** Goes on with the walk at hand if it stands where the page begins, else begins one there. */
    private synchronized TreeWalk walk(Optional<Cursor> from) throws IOException {
        TreeWalk at = idle;
        idle = null;
        if (from.isEmpty()) {
            return new TreeWalk(root);
        }
        String key = from.get().value();
        return at != null && at.position().equals(key) ? at : TreeWalk.after(root, key);
    }

    /** Takes a walk back for the next page. */
    synchronized void keep(TreeWalk walk) {
        idle = walk;
    }

    @Override
    public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
        List<Lookup> answers = new ArrayList<>(items.size());
        Ancestors ancestors = new Ancestors(root);
        requireRoot();
        for (ItemRef ref : items) {
            answers.add(lookup(ref.key(), ancestors));
        }
        return answers;
    }

    private Lookup lookup(ItemKey key, Ancestors ancestors) {
        Path path = Items.path(root, key.value());
        try {
            if (!ancestors.areFolders(key.value())) {
                return new Lookup.Absent(key);
            }
            FileState state = FileState.of(path);
            return new Lookup.Present(Items.item(key.value(), path, state), Items.FEED);
        } catch (NoSuchFileException e) {
            return new Lookup.Absent(key);
        } catch (IOException e) {
            return new Lookup.Unknown(key, FileTroubles.trouble(e));
        }
    }

    /** An unmounted file system must not look like a tree of which everything was deleted. */
    private void requireRoot() {
        try {
            if (FileState.of(root.toRealPath()).isFolder()) {
                return;
            }
            throw new FileSystemException(root.toString(), null, "no folder any more");
        } catch (IOException e) {
            throw new FailureException(
                    Failure.of(FailureCategory.TRANSIENT, "root-vanished"), "folder '" + root + "' vanished", e);
        }
    }

    @Override
    public int maxLookupBatch() {
        return 256;
    }

    @Override
    public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
        requireRoot();
        return new FilePull(root, items, time);
    }

    @Override
    public int maxFetchBatch() {
        return 64;
    }

    @Override
    public List<KindCapability> kinds() {
        String walk = "walk over the tree; size, times, inode, mode and owner of each file";
        String attributes = "extended attributes and access control lists; owners unless restored as root";
        return List.of(
                new KindCapability(Items.FOLDER, true, true, walk, attributes),
                new KindCapability(Items.FILE, true, true, walk, attributes + "; that two names are one file"),
                new KindCapability(Items.LINK, true, true, walk, "fractions of a microsecond of its time"),
                new KindCapability(Items.SPECIAL, false, false, walk, "pipes, sockets and devices as such"));
    }

    @Override
    public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
        return Optional.of(DirectoryTarget.open(root, settings));
    }

    @Override
    public void close() {
        keepNothing();
    }

    private synchronized void keepNothing() {
        idle = null;
    }
}
