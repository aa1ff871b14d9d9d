// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import io.holdfast.exchange.Download;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Part;
import io.holdfast.source.ProviderHash;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

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

    @Override
    public InputStream open(long offset) {
        boolean again = opened;
        opened = true;
        if (again) {
            refresh();
        }
        requireHandedOut();
        if (entry.size() == 0) {
            return InputStream.nullInputStream();
        }
        if (entry.download().isEmpty() && !again) {
            refresh();
            requireHandedOut();
        }
        try {
            return read(offset);
        } catch (FailureException e) {
            if (!isExpiry(e.failure())) {
                throw refused(e);
            }
            refresh();
            requireHandedOut();
            return readAnew(offset);
        }
    }

    private InputStream readAnew(long offset) {
        try {
            return read(offset);
        } catch (FailureException e) {
            throw refused(e);
        }
    }

    private InputStream read(long offset) {
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

    /** Addresses end in many ways: 401, 403 with a page for people, 404, 410. Only what the item itself says decides. */
    private static boolean isExpiry(Failure failure) {
        switch (failure.category()) {
            case PERMISSION_MISSING:
            case TOKEN_EXPIRED:
            case GONE:
            case CURSOR_INVALID:
                return true;
            case TRANSIENT:
            case UNKNOWN:
                return failure.code().equals("404");
            default:
                return false;
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
