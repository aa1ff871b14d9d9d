// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.GraphPage;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Trouble;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a drive's delta. Its end is a {@link DrivePlace}.
 */
final class DrivePage implements ChangePage {
    /** What a notebook as a whole is called beside the folder that it also is. */
    static final ItemKind NOTEBOOK_CONTENT = ItemKind.leaf("notebook-content");

    static final String NOTEBOOK_SUFFIX = "!notebook";

    static final Trouble NOTEBOOK_TROUBLE = new Trouble("notebook-not-handed-out", "package", true);

    private final GraphClient graph;
    private final GraphPage page;
    private final Feed feed;
    private final DriveCalls drive;
    private final DriveReader reader;
    private final DriveListings listings;
    private final DrivePlace place;
    private final String root;
    private final Deque<Change> ready = new ArrayDeque<>();
    private boolean ended;

    DrivePage(GraphClient graph, GraphPage page, Feed feed, Of of) {
        this.graph = graph;
        this.page = page;
        this.feed = feed;
        this.drive = of.drive;
        this.reader = of.reader;
        this.listings = of.listings;
        this.place = of.place;
        this.root = of.place.root();
    }

    /** Of which drive a page is, and what of it is known. */
    record Of(DriveCalls drive, DriveReader reader, DriveListings listings, DrivePlace place) {}

    @Override
    public @Nullable Change next() {
        while (ready.isEmpty()) {
            ObjectNode element = page.next();
            if (element == null) {
                ended = true;
                return null;
            }
            DriveEntry.of(element).ifPresent(this::tell);
        }
        return ready.poll();
    }

    private void tell(DriveEntry entry) {
        if (entry.isRoot() || entry.id().equals(root)) {
            return;
        }
        ItemKey notebook = new ItemKey(entry.id() + NOTEBOOK_SUFFIX);
        if (entry.isDeleted()) {
            ready.add(new Change.Removal(entry.key()));
            if (!entry.isFile()) {
                ready.add(new Change.Removal(notebook));
            }
        } else if (!entry.isWhole()) {
            ready.add(new Change.Hint(entry.key(), entry.kind().orElse(DriveEntry.FILE)));
        } else {
            DriveEntry complete = reader.complete(drive, entry);
            if (!complete.kind().orElse(DriveEntry.FILE).container()) {
                listings.put(drive.drive(), complete);
            }
            ready.add(new Change.Upsert(complete.item(root), List.of()));
            if (complete.isNotebook()) {
                ready.add(new Change.Unreadable(notebook, NOTEBOOK_CONTENT, NOTEBOOK_TROUBLE));
            }
        }
    }

    @Override
    public End end() {
        if (!ended) {
            throw new IllegalStateException("the page has changes left");
        }
        if (page.nextLink().isPresent()) {
            return new More(cursor(place.complete(), page.nextLink().get()));
        }
        String link = page.deltaLink().orElseThrow(() -> DriveReader.malformed("a page without a link to go on with"));
        return new CaughtUp(cursor(false, link), place.complete());
    }

    private Cursor cursor(boolean complete, String link) {
        return new Cursor(new DrivePlace(root, complete, graph.keepable(link)).toString(), feed.fingerprint());
    }

    @Override
    public void close() {
        page.close();
    }
}
