// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Part;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file, which must be the same file of the same size and time when its last byte is read as when it was opened.
 *
 * <p>For one thread. Each further opening begins with the state of that moment.
 */
final class FilePart implements Part {
    private final Path path;
    private FileState state;
    private @Nullable InputStream ready;

    private FilePart(Path path, FileState state, InputStream ready) {
        this.path = path;
        this.state = state;
        this.ready = ready;
    }

    /** Opens a file, so that a refusal concerns the item and not its content. */
    static FilePart open(Path path, FileState state) throws IOException {
        return new FilePart(path, state, stream(path));
    }

    private static InputStream stream(Path path) throws IOException {
        return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public String name() {
        return "content";
    }

    @Override
    public Form form() {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".eml") ? Form.MESSAGE_FILE : Form.FILE;
    }

    @Override
    public long length() {
        return state.size();
    }

    @Override
    public InputStream open(long offset) throws IOException {
        InputStream in = ready;
        ready = null;
        try {
            if (in == null) {
                state = FileState.of(path);
                in = stream(path);
            }
            in.skipNBytes(offset);
            return new Steady(in, offset);
        } catch (NoSuchFileException e) {
            throw new FailureException(Failure.of(FailureCategory.GONE, "ENOENT"), "the file vanished", e);
        } catch (IOException e) {
            throw FileTroubles.failure(e);
        }
    }

    void close() {
        InputStream in = ready;
        ready = null;
        if (in != null) {
            try {
                in.close();
            } catch (IOException e) {
                throw FileTroubles.failure(e);
            }
        }
    }

    /** Ends where the file was said to end, and fails there if the file changed meanwhile. */
    private final class Steady extends FilterInputStream {
        private final FileState began = state;
        private long left;
        private boolean over;

        Steady(InputStream in, long offset) {
            super(in);
            this.left = state.size() - offset;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            if (len == 0) {
                return 0;
            }
            int n = left == 0 ? -1 : in.read(b, off, (int) Math.min(len, left));
            if (n < 0) {
                requireSteady();
                return -1;
            }
            left -= n;
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            long skipped = in.skip(Math.min(n, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private void requireSteady() throws IOException {
            if (over) {
                return;
            }
            over = true;
            if (left != 0 || !began.isStillAt(path)) {
                throw new FailureException(
                        Failure.of(FailureCategory.CONTENT_MISMATCH, "changed-while-read"),
                        "the file changed while it was read",
                        null);
            }
        }
    }
}
