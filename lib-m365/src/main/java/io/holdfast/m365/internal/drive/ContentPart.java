// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import io.holdfast.exchange.Download;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.graph.OwnRight;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Part;
import io.holdfast.source.ProviderHash;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a file contains now. For one thread.
 *
 * <p>Read from the address that the listing gave, which is good for minutes. Whenever that was not enough the item is read again first: for another
 * address, and because its length and hash may be others by now.
 */
final class ContentPart implements Part {
    private final GraphClient graph;
    private final DriveReader reader;
    private final DriveCalls drive;
    private DriveEntry entry;
    private boolean opened;
    private @Nullable Download begun;
    private @Nullable FailureException refused;
    private Optional<String> validator = Optional.empty();

    ContentPart(GraphClient graph, DriveReader reader, DriveCalls drive, DriveEntry entry) {
        this.graph = graph;
        this.reader = reader;
        this.drive = drive;
        this.entry = entry;
    }

    @Override
    public String name() {
        return "content";
    }

    @Override
    public Form form() {
        return Form.FILE;
    }

    @Override
    public long length() {
        return entry.size();
    }

    @Override
    public Optional<ProviderHash> hash() {
        return entry.hash();
    }

    @Override
    public Resume resume() {
        return Resume.RANGE;
    }

    /** The item as it was seen last. */
    DriveEntry entry() {
        return entry;
    }

    /**
     * Begins to read before anybody asks for it: what comes tells, for nothing, whether the listing is still true.
     *
     * @throws FailureException if the file is gone, or the service asks to wait
     */
    void begin() {
        try {
            begun = connect(0);
        } catch (FailureException e) {
            if (e.failure().category() == FailureCategory.GONE || e.failure().asksToWait()) {
                throw e;
            }
            refused = e;
        }
    }

    /** Lets go of what was begun and never asked for. */
    void discard() {
        Download unread = begun;
        begun = null;
        if (unread != null) {
            unread.close();
        }
    }

    @Override
    public InputStream open(long offset) {
        Download ready = begun;
        FailureException early = refused;
        boolean again = opened;
        opened = true;
        begun = null;
        refused = null;
        if (early != null) {
            throw early;
        }
        if (ready != null && offset == 0) {
            return ready;
        }
        if (ready != null) {
            ready.close();
        }
        if (again) {
            refresh();
        }
        Download download = entry.size() >= 0 && offset >= entry.size() ? null : connect(offset);
        return download == null ? InputStream.nullInputStream() : download;
    }

    /** Connects by the address at hand and, if that leads to nothing or to something else than was listed, by a new one. */
    private @Nullable Download connect(long offset) {
        requireHandedOut();
        if (entry.size() == 0) {
            return null;
        }
        Download first = entry.download().isEmpty() ? null : readIfGood(offset);
        if (first != null) {
            return first;
        }
        refresh();
        requireHandedOut();
        if (entry.size() == 0) {
            return null;
        }
        try {
            return read(offset);
        } catch (FailureException e) {
            throw refused(e);
        }
    }

    /** Null if the address has expired, or what it leads to is not what was listed. */
    private @Nullable Download readIfGood(long offset) {
        Download download;
        try {
            download = read(offset);
        } catch (FailureException e) {
            if (OwnRight.isOver(e.failure())) {
                return null;
            }
            throw refused(e);
        }
        boolean sameLength = download.total().isEmpty() || download.total().getAsLong() == entry.size();
        if (sameLength && isSameState(download.validator())) {
            return download;
        }
        download.close();
        return null;
    }

    /** Whether an entity tag is the listed one; tags of another make say nothing. */
    private boolean isSameState(Optional<String> tag) {
        Optional<String> listed = Json.text(entry.json(), "eTag");
        if (tag.isEmpty() || listed.isEmpty()) {
            return true;
        }
        int comma = listed.get().lastIndexOf(',');
        boolean comparable = comma > 0 && tag.get().startsWith(listed.get().substring(0, comma + 1));
        return !comparable || tag.get().equals(listed.get());
    }

    private Download read(long offset) {
        URI address = entry.download()
                .orElseThrow(() -> new FailureException(
                        Failure.of(FailureCategory.TRANSIENT, "no-download-url"),
                        "the service gave no address for the content",
                        null));
        Download download =
                graph.download(drive.content("drive.content", entry.size()), () -> address, offset, validator);
        validator = download.validator();
        return download;
    }

    private void refresh() {
        entry = reader.find(drive, entry.id())
                .orElseThrow(() -> new FailureException(
                        Failure.of(FailureCategory.GONE, "itemNotFound"), "the file was deleted meanwhile", null));
        validator = Optional.empty();
    }

    private void requireHandedOut() {
        if (entry.isMalware()) {
            throw new FailureException(
                    Failure.of(FailureCategory.POISON_ITEM, "malwareDetected"),
                    "the service found malware in the file and does not hand it out",
                    null);
        }
    }

    /** Parts of notebooks that the service cannot hand out are answered with 503 for ever. */
    private FailureException refused(FailureException e) {
        boolean never = entry.isOneNote()
                && e.failure().category() == FailureCategory.TRANSIENT
                && e.failure().code().equals("503");
        return never
                ? new FailureException(
                        Failure.of(FailureCategory.POISON_ITEM, "onenote-503"),
                        "the service does not hand out this part of a OneNote notebook",
                        e)
                : e;
    }
}
