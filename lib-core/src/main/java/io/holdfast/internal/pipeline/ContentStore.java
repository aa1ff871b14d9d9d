// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.error.HoldfastException;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.pack.Lane;
import io.holdfast.internal.split.MimeCanonical;
import io.holdfast.internal.split.MimeHash;
import io.holdfast.internal.split.MimeSplitter;
import io.holdfast.internal.split.Recipe;
import io.holdfast.internal.split.SplitSink;
import io.holdfast.manifest.BlobRef;
import io.holdfast.manifest.PartEntry;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.Part;
import io.holdfast.source.ProviderHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of items and stores their bytes: checks what arrives, splits, chunks, deduplicates; for one thread.
 *
 * <p>Holds {@link #baseBytes} of memory while it lives; more is taken from the budget for long streams.
 */
final class ContentStore {
    private static final int SMALL = 64 << 10;
    private static final int LARGEST_JSON = 4 << 20;
    /** What a document of the largest size occupies while it is brought into its canonical form. */
    private static final long JSON_BYTES = 6L * LARGEST_JSON;

    private final SessionShared shared;
    private final MessageDigest sha256 = Sha256.start();
    private final byte[] small = new byte[SMALL];
    private final MimeCanonical rules = new MimeCanonical();
    private @Nullable MimeSplitter splitter;

    ContentStore(SessionShared shared) {
        this.shared = shared;
    }

    /** Memory that a content store occupies before it meets a long stream. */
    static long baseBytes() {
        return SMALL + (256 << 10);
    }

    /**
     * Stores a part, reading it as often as the policy allows.
     *
     * @throws FailureException when the policy gave up: the part is not stored
     */
    PartEntry store(Part part, Lane lane) {
        @Nullable Reading[] suspicious = new Reading[1];
        return shared.retrying("content", () -> {
            Reading reading = read(part, lane);
            Optional<FailureException> mismatch = mismatch(part, reading);
            if (mismatch.isEmpty()) {
                return reading.entry(part.name(), false);
            }
            Reading before = suspicious[0];
            suspicious[0] = reading;
            // Equal bytes twice: the service's own announcement is wrong, not the transfer.
            boolean vague = part.hash().isPresent() || part.leastLength() > 0;
            if (before != null && vague && Arrays.equals(before.rawHash(), reading.rawHash())) {
                return reading.entry(part.name(), true);
            }
            throw mismatch.get();
        });
    }

    private static Optional<FailureException> mismatch(Part part, Reading reading) {
        if (part.length() >= 0 && part.length() != reading.size()) {
            return Optional.of(mismatch(
                    "part '" + part.name() + "' has " + reading.size() + " bytes, announced were " + part.length()));
        }
        if (reading.size() < part.leastLength()) {
            return Optional.of(mismatch("part '" + part.name() + "' has " + reading.size()
                    + " bytes, announced were at least " + part.leastLength()));
        }
        Optional<ProviderHash> announced = part.hash();
        if (announced.isPresent() && !announced.get().hex().equals(reading.providerHash())) {
            return Optional.of(mismatch(
                    "part '" + part.name() + "' has another " + announced.get().algorithm() + " hash than announced"));
        }
        return Optional.empty();
    }

    private static FailureException mismatch(String message) {
        return new FailureException(Failure.of(FailureCategory.CONTENT_MISMATCH, ""), message, null);
    }

    @SuppressWarnings("try") // the reservation is only held
    private Reading read(Part part, Lane lane) throws IOException {
        Optional<MessageDigest> provider = part.hash().map(hash -> hash.digest().get());
        try (InputStream raw = open(part);
                Hashing in = new Hashing(raw, provider.orElse(null))) {
            int filled = in.readNBytes(small, 0, SMALL);
            if (filled < SMALL) {
                return readSmall(part.form(), lane, in, filled);
            }
            try (MemoryBudget.Reservation held = reserve(part.form())) {
                return readLong(part.form(), lane, in);
            }
        }
    }

    private static InputStream open(Part part) throws IOException {
        try {
            return part.open(0);
        } catch (FailureException | HoldfastException | CancellationException known) {
            throw known;
        } catch (RuntimeException unknown) {
            throw GuardedSource.failure(unknown);
        }
    }

    /** Stores a content that is in the small buffer already. */
    private Reading readSmall(Part.Form form, Lane lane, Hashing in, int filled) throws IOException {
        if (form == Part.Form.MESSAGE_FILE || form == Part.Form.MESSAGE_RENDERING) {
            return message(in, new ByteArrayInputStream(small, 0, filled), lane, form);
        }
        List<BlobRef> blobs = filled == 0 ? List.of() : List.of(shared.work.store(lane, small, 0, filled));
        byte[] hash = in.sha256();
        byte[] identity = form == Part.Form.JSON
                ? Digests.json(Arrays.copyOf(small, filled)).orElse(hash)
                : hash;
        return new Reading(filled, identity, hash, in.providerHash(), blobs, Optional.empty());
    }

    /** Stores a content whose beginning fills the small buffer. */
    private Reading readLong(Part.Form form, Lane lane, Hashing in) throws IOException {
        switch (form) {
            case MESSAGE_FILE:
            case MESSAGE_RENDERING:
                InputStream begun = new ByteArrayInputStream(small);
                return message(in, new SequenceInputStream(begun, in), lane, form);
            case JSON:
                return json(in, lane);
            case FILE:
                List<BlobRef> blobs = chunks(in, lane, (bytes, length) -> {});
                byte[] hash = in.sha256();
                return new Reading(in.count(), hash, hash, in.providerHash(), blobs, Optional.empty());
        }
        throw new IllegalStateException("unknown form " + form);
    }

    private List<BlobRef> chunks(Hashing in, Lane lane, Beside beside) throws IOException {
        StreamChunks chunks = new StreamChunks(shared.work, lane, shared.plan.chunker());
        for (int n = SMALL; n >= 0; n = in.read(small)) {
            shared.proceed();
            chunks.write(small, 0, n);
            beside.take(small, n);
        }
        return chunks.finish();
    }

    /** Sees the bytes of a stream go by. */
    @FunctionalInterface
    private interface Beside {
        void take(byte[] bytes, int length);
    }

    private Reading json(Hashing in, Lane lane) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        List<BlobRef> blobs = chunks(in, lane, (bytes, length) -> {
            if (in.count() <= LARGEST_JSON) {
                kept.write(bytes, 0, length);
            }
        });
        byte[] hash = in.sha256();
        byte[] canonical =
                in.count() <= LARGEST_JSON ? Digests.json(kept.toByteArray()).orElse(hash) : hash;
        return new Reading(in.count(), canonical, hash, in.providerHash(), blobs, Optional.empty());
    }

    private Reading message(Hashing in, InputStream all, Lane lane, Part.Form form) throws IOException {
        MimeHash canonical = form == Part.Form.MESSAGE_RENDERING ? rules.start() : null;
        if (splitter == null) {
            splitter = new MimeSplitter();
        }
        MessageStreams streams = new MessageStreams(lane);
        Recipe recipe = canonical == null ? splitter.split(all, streams) : splitter.split(all, streams, canonical);
        List<BlobRef> blobs = streams.finish();
        byte[] hash = in.sha256();
        byte[] identity = canonical == null ? hash : canonical.value();
        Optional<byte[]> encoded = recipe.attachments() == 0 ? Optional.empty() : Optional.of(recipe.encode());
        return new Reading(in.count(), identity, hash, in.providerHash(), blobs, encoded);
    }

    /** Takes the memory for one long stream; never so much that what others hold already could stand in its way for ever. */
    private MemoryBudget.Reservation reserve(Part.Form form) {
        shared.work.prepareToStore();
        long buffer = 2L * shared.plan.chunker().params().maxBytes();
        boolean message = form == Part.Form.MESSAGE_FILE || form == Part.Form.MESSAGE_RENDERING;
        // A message is two streams at a time: its body and one attachment.
        long wanted = message ? 2 * buffer : form == Part.Form.JSON ? buffer + JSON_BYTES : buffer;
        long heldByAll = 2L * shared.plan.concurrency() * baseBytes();
        // The writer of blobs holds up to half for as long as the session lasts, and tasks up to an eighth.
        long most = Math.max(1, shared.plan.memory().totalBytes() / 2 - heldByAll);
        try {
            return shared.plan.memory().reserve(Math.min(wanted, most));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SessionShared.stopped();
        }
    }

    /** What one reading of a part gave. */
    private record Reading(
            long size,
            byte[] canonicalHash,
            byte[] rawHash,
            @Nullable String providerHash,
            List<BlobRef> blobs,
            Optional<byte[]> recipe) {
        PartEntry entry(String name, boolean differs) {
            return new PartEntry(name, size, canonicalHash, rawHash, blobs, recipe, differs);
        }
    }

    /** Chunks the streams of a message, each on its own, the body first in the order of blobs. */
    private final class MessageStreams implements SplitSink {
        private final Lane lane;
        private final StreamChunks body;
        private final List<BlobRef> attachments = new ArrayList<>();
        private @Nullable StreamChunks attachment;

        MessageStreams(Lane lane) {
            this.lane = lane;
            this.body = new StreamChunks(shared.work, lane, shared.plan.chunker());
        }

        @Override
        public void body(byte[] b, int off, int len) {
            body.write(b, off, len);
        }

        @Override
        public void attachmentStart(int stream) {
            shared.proceed();
            attachment = new StreamChunks(shared.work, lane, shared.plan.chunker());
        }

        @Override
        public void attachment(byte[] b, int off, int len) {
            if (attachment != null) {
                attachment.write(b, off, len);
            }
        }

        @Override
        public void attachmentEnd(int stream) {
            if (attachment != null) {
                attachments.addAll(attachment.finish());
                attachment = null;
            }
        }

        List<BlobRef> finish() {
            List<BlobRef> all = new ArrayList<>(body.finish());
            all.addAll(attachments);
            return all;
        }
    }

    /** Counts and hashes what is read. */
    private final class Hashing extends FilterInputStream {
        private final @Nullable MessageDigest provider;
        private long count;

        Hashing(InputStream in, @Nullable MessageDigest provider) {
            super(in);
            this.provider = provider;
            sha256.reset();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n;
            try {
                n = super.read(b, off, len);
            } catch (FailureException | HoldfastException | CancellationException known) {
                throw known;
            } catch (RuntimeException unknown) {
                throw GuardedSource.failure(unknown);
            }
            if (n > 0) {
                count += n;
                sha256.update(b, off, n);
                if (provider != null) {
                    provider.update(b, off, n);
                }
                shared.counts.read(n);
            }
            return n;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        long count() {
            return count;
        }

        byte[] sha256() {
            return sha256.digest();
        }

        @Nullable
        String providerHash() {
            return provider == null ? null : HexFormat.of().formatHex(provider.digest());
        }
    }
}
