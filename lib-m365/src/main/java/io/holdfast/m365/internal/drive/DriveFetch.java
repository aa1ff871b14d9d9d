// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import io.holdfast.model.ItemRef;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Fetched;
import io.holdfast.source.Part;
import io.holdfast.source.Pull;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Items of one drive with their contents, one after the other as they are pulled. */
final class DriveFetch implements Pull<Fetched> {
    private final DriveCalls drive;
    private final DriveReader reader;
    private final DriveListings listings;
    private final FileParts parts;
    private final Iterator<ItemRef> left;
    private @Nullable ContentPart begun;

    DriveFetch(DriveCalls drive, DriveReader reader, DriveListings listings, FileParts parts, List<ItemRef> items) {
        this.drive = drive;
        this.reader = reader;
        this.listings = listings;
        this.parts = parts;
        this.left = List.copyOf(items).iterator();
    }

    @Override
    public @Nullable Fetched next() {
        discard();
        if (!left.hasNext()) {
            return null;
        }
        ItemRef ref = left.next();
        try {
            return fetch(ref);
        } catch (FailureException e) {
            discard();
            if (e.failure().category() == FailureCategory.GONE) {
                return new Fetched.Gone(ref);
            }
            if (e.failure().asksToWait()) {
                throw e;
            }
            return new Fetched.Broken(ref, e.failure());
        }
    }

    private Fetched fetch(ItemRef ref) {
        String key = ref.key().value();
        boolean notebook = ref.kind().equals(DrivePage.NOTEBOOK_CONTENT);
        String id = notebook ? key.substring(0, key.length() - DrivePage.NOTEBOOK_SUFFIX.length()) : key;
        Optional<DriveEntry> entry = listings.take(drive.drive(), id).or(() -> reader.find(drive, id));
        if (entry.isEmpty()) {
            return new Fetched.Gone(ref);
        }
        if (notebook) {
            return new Fetched.Refused(ref, DrivePage.NOTEBOOK_TROUBLE);
        }
        if (!entry.get().isFile()) {
            return new Fetched.Found(ref, entry.get().item(reader.root(drive)), List.of());
        }
        ContentPart content = parts.content(drive, entry.get());
        begun = content;
        List<Part> all = new ArrayList<>(List.of(content));
        all.addAll(parts.versions(drive, content.entry()));
        return new Fetched.Found(ref, content.entry().item(reader.root(drive)), all);
    }

    /** What an element lends is valid until the next pull. */
    private void discard() {
        ContentPart last = begun;
        begun = null;
        if (last != null) {
            last.discard();
        }
    }

    @Override
    public void close() {
        discard();
    }
}
