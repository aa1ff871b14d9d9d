// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.notes;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers the engine's questions for one session. Safe for use by several threads, because it keeps nothing between two calls. */
final class NotesSource implements Source {
    private static final Feed JOURNAL =
            new Feed(Notes.FEED, Feed.Kind.INCREMENTAL, Place.MEANING, true, Duration.ofDays(3650));

    private final Journal journal;

    NotesSource(Journal journal) {
        this.journal = journal;
    }

    /** One resource here. A service with many users has one of each user, with the reason for those that cannot be protected. */
    @Override
    public Pull<Resource> discover() {
        return Pull.of(List.of(new Resource(Notes.RESOURCE, "notes", "Notes", "local", Optional.empty())));
    }

    /** The journal tells all changes in order, and a note that it calls gone is gone: an incremental feed whose removals are final. */
    @Override
    public List<Feed> feeds(Resource resource) {
        return List.of(JOURNAL);
    }

    /**
     * A cursor is the life of the journal and a place in it. The engine keeps it, and only together with what was read before it. If the
     * journal was written anew the place means nothing, so the page says reset, and the engine reads all of it and finds what is missing.
     */
    @Override
    public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
        try {
            Journal.Reader reader = journal.read();
            String life = reader.life();
            Place place = from.map(Place::of).orElse(new Place(life, reader.position(), true));
            if (!place.life().equals(life) || !reader.seek(place.at())) {
                reader.close();
                return new JournalPage.Outdated();
            }
            return new JournalPage(journal, reader, place);
        } catch (IOException e) {
            throw Notes.failure(journal, e);
        }
    }

    /** Asked after a reset, about notes that the new journal does not name. Only what is certainly gone may be called absent. */
    @Override
    public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
        Map<ItemKey, Line> last = last(items);
        List<Lookup> answers = new ArrayList<>();
        for (ItemRef ref : items) {
            Line line = last.get(ref.key());
            if (line == null || line.has("gone")) {
                answers.add(new Lookup.Absent(ref.key()));
            } else if (line.has("note") && !Notes.isWhole(line)) {
                answers.add(new Lookup.Unknown(ref.key(), Notes.INCOMPLETE));
            } else {
                answers.add(new Lookup.Present(line.has("note") ? Notes.note(line) : Notes.book(line), Notes.FEED));
            }
        }
        return answers;
    }

    /** Asked for notes in the ledger, whose turn has come to be tried again; the feed will not name them once more. */
    @Override
    public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
        Map<ItemKey, Line> last = last(items);
        List<Fetched> answers = new ArrayList<>();
        for (ItemRef ref : items) {
            Line line = last.get(ref.key());
            if (line == null || line.has("gone")) {
                answers.add(new Fetched.Gone(ref));
            } else if (!line.has("note")) {
                answers.add(new Fetched.Found(ref, Notes.book(line), List.of()));
            } else if (Notes.isWhole(line)) {
                answers.add(new Fetched.Found(ref, Notes.note(line), List.of(Notes.text(line))));
            } else {
                answers.add(new Fetched.Refused(ref, Notes.INCOMPLETE));
            }
        }
        return Pull.of(answers);
    }

    /** What a call may hold in memory is bounded by how much it may be asked for. */
    @Override
    public int maxFetchBatch() {
        return 16;
    }

    @Override
    public int maxLookupBatch() {
        return 16;
    }

    private Map<ItemKey, Line> last(List<ItemRef> items) {
        Set<ItemKey> wanted = items.stream().map(ItemRef::key).collect(Collectors.toSet());
        Map<ItemKey, Line> last = new HashMap<>();
        try {
            journal.forEach(line -> {
                if ((line.has("note") || line.has("gone") || line.has("book")) && wanted.contains(Notes.key(line))) {
                    last.put(Notes.key(line), line);
                }
            });
        } catch (IOException e) {
            throw Notes.failure(journal, e);
        }
        return last;
    }

    @Override
    public List<KindCapability> kinds() {
        return List.of(
                new KindCapability(Notes.BOOK, true, true, "the journal", "that a book was deleted"),
                new KindCapability(Notes.NOTE, true, true, "the journal", ""));
    }

    @Override
    public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
        return Optional.of(NotesTarget.open(journal, settings));
    }

    @Override
    public void close() {
        // every call closes what it opens
    }
}
