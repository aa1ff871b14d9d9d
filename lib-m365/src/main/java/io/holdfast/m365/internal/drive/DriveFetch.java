// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import io.holdfast.model.ItemRef;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Fetched;
import io.holdfast.source.Part;
import io.holdfast.source.Pull;
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

    DriveFetch(DrivePage.Of of, FileParts parts, List<ItemRef> items) {
        this.drive = of.drive();
        this.reader = of.reader();
        this.listings = of.listings();
        this.parts = parts;
        this.left = List.copyOf(items).iterator();
    }

    @Override
    public @Nullable Fetched next() {
        if (!left.hasNext()) {
            return null;
        }
        ItemRef ref = left.next();
        try {
            return fetch(ref);
        } catch (FailureException e) {
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
        List<Part> contents = entry.get().isFile() ? parts.of(drive, entry.get()) : List.of();
        return new Fetched.Found(ref, entry.get().item(reader.root(drive)), contents);
    }

    @Override
    public void close() {
        // contents are closed by whoever opened them
    }
}
