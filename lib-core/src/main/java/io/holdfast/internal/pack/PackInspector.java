// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.pack.PackFinding.Damage;
import io.holdfast.internal.seal.DataKeyRing;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks into packs for verify and rebuild, whatever their dedup scope.
 *
 * <p>Safe for use by several threads. A pack is read once from front to back; one frame of it is held at a time. Damage is in the finding;
 * a store that fails is thrown. {@link #close()} clears the keys that it derived.
 */
public final class PackInspector implements AutoCloseable {
    private final ObjectStore store;
    private final RepositoryKeys keys;
    private final DataKeyRing ring;
    private final PackDirectories directories;
    private final ConcurrentHashMap<String, BlobScope> scopes = new ConcurrentHashMap<>();

    /**
     * An inspector.
     *
     * @param store where the packs lie
     * @param keys the keys of the repository
     * @param ring its data keys
     */
    public PackInspector(ObjectStore store, RepositoryKeys keys, DataKeyRing ring) {
        this.store = store;
        this.keys = keys;
        this.ring = ring;
        this.directories = new PackDirectories(store, keys, 0);
    }

    /**
     * Reads a pack's directory.
     *
     * @param pack the pack
     * @return its directory
     * @throws io.holdfast.error.RepositoryException if it does not open, such as that of a pack that was cut off
     */
    public PackDirectory directory(PackRef pack) {
        return directories.read(pack);
    }

    /**
     * Checks a pack without any key: its length, that its name is the hash of its bytes, and how it begins and ends.
     *
     * @param store where it lies
     * @param pack the pack
     * @return the finding; no frames and blobs are counted
     */
    public static PackFinding inspectKeyless(ObjectStore store, PackRef pack) {
        List<Damage> damages = new ArrayList<>();
        readWhole(store, pack, damages, rest -> {});
        return new PackFinding(pack, 0, 0, damages);
    }

    /**
     * Checks a pack whole: what is checked without a key, its directory, each frame, the id of each blob, and the hash of each annex.
     *
     * @param pack the pack
     * @return the finding
     */
    public PackFinding inspect(PackRef pack) {
        return inspect(pack, null);
    }

    /**
     * Checks a pack whole, as {@link #inspect(PackRef)}, but for the frames that need no opening.
     *
     * @param pack the pack
     * @param watch says which these are, and takes the blobs of the others
     * @return the finding
     */
    public PackFinding inspect(PackRef pack, @Nullable FrameWatch watch) {
        List<Damage> damages = new ArrayList<>();
        PackDirectory directory = directoryOr(pack, damages);
        if (directory == null) {
            readWhole(store, pack, damages, rest -> {});
            return new PackFinding(pack, 0, 0, damages);
        }
        BlobScope scope = scopes.computeIfAbsent(directory.scope(), name -> new BlobScope(store, keys, ring, name));
        Contents contents = new Contents(scope, directory, damages, watch);
        readWhole(store, pack, damages, bytes -> contents.check(pack, bytes));
        return new PackFinding(pack, contents.frames, contents.blobs, damages);
    }

    private @Nullable PackDirectory directoryOr(PackRef pack, List<Damage> damages) {
        try {
            return directories.read(pack);
        } catch (HoldfastException trouble) {
            if (trouble.code() == ErrorCode.REPOSITORY_DAMAGED || trouble.code() == ErrorCode.FORMAT_LIMIT) {
                damages.add(Damage.of(trouble.getMessage()));
            } else if (trouble.code() != ErrorCode.STORE_OBJECT_MISSING) {
                throw trouble;
            }
            return null;
        }
    }

    /** Reads a pack from front to back, lets its contents be checked on the way, and holds it against its name. */
    private static void readWhole(ObjectStore store, PackRef pack, List<Damage> damages, Check contents) {
        try (InputStream in = store.get(new ObjectName(pack.objectName()), ByteRange.all())) {
            Hashing hashing = new Hashing(in);
            byte[] magic = hashing.next(PackFormat.MAGIC_BYTES);
            if (!PackFormat.startsWithMagic(magic)) {
                damages.add(new Damage(0, "it does not begin as a pack", List.of()));
            }
            contents.check(hashing);
            hashing.rest();
            if (hashing.length != pack.length()) {
                damages.add(Damage.of("it has " + hashing.length + " bytes instead of " + pack.length()));
            }
            if (!PackFormat.endsWithMagic(hashing.tail)) {
                damages.add(Damage.of("it is cut off: no footer stands at its end"));
            }
            byte[] sha256 = hashing.digest.digest();
            if (!Arrays.equals(sha256, pack.id())) {
                damages.add(
                        Damage.of("the hash of its bytes is " + HexFormat.of().formatHex(sha256)));
            }
        } catch (HoldfastException trouble) {
            if (trouble.code() != ErrorCode.STORE_OBJECT_MISSING && trouble.code() != ErrorCode.STORE_SHORT_READ) {
                throw trouble;
            }
            damages.add(Damage.of(trouble.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("reading pack '" + pack + "'", e);
        }
    }

    @Override
    public void close() {
        scopes.values().forEach(BlobScope::close);
        scopes.clear();
    }

    /** Checks what stands between a pack's magic and its directory. */
    private interface Check {
        void check(Hashing bytes) throws IOException;
    }

    /** The bytes of a pack as they are read and hashed. */
    private static final class Hashing {
        private final InputStream in;
        private final MessageDigest digest = Sha256.start();
        private long length;
        private byte[] tail = new byte[0];

        Hashing(InputStream in) {
            this.in = in;
        }

        byte[] next(int count) throws IOException {
            byte[] bytes = in.readNBytes(count);
            take(bytes, bytes.length);
            return bytes;
        }

        void rest() throws IOException {
            byte[] buffer = new byte[64 << 10];
            for (int read = in.readNBytes(buffer, 0, buffer.length);
                    read > 0;
                    read = in.readNBytes(buffer, 0, buffer.length)) {
                take(buffer, read);
            }
        }

        private void take(byte[] bytes, int count) {
            digest.update(bytes, 0, count);
            length += count;
            byte[] joined = Arrays.copyOf(tail, tail.length + Math.min(count, PackFormat.MAGIC_BYTES));
            int from = Math.max(0, count - PackFormat.MAGIC_BYTES);
            System.arraycopy(bytes, from, joined, tail.length, count - from);
            tail = Arrays.copyOfRange(joined, Math.max(0, joined.length - PackFormat.MAGIC_BYTES), joined.length);
        }
    }

    /** Opens the frames and annexes of one pack as they come by. */
    private static final class Contents {
        private final BlobScope scope;
        private final FrameCodec codec;
        private final PackDirectory directory;
        private final List<Damage> damages;
        private final @Nullable FrameWatch watch;
        private final MessageDigest sha256 = Sha256.start();
        private long frames;
        private long blobs;

        Contents(BlobScope scope, PackDirectory directory, List<Damage> damages, @Nullable FrameWatch watch) {
            this.scope = scope;
            this.codec = new FrameCodec(scope);
            this.directory = directory;
            this.damages = damages;
            this.watch = watch;
        }

        void check(PackRef pack, Hashing bytes) throws IOException {
            for (FrameEntry frame : directory.frames()) {
                byte[] stored = bytes.next(frame.storedLength());
                if (watch != null && watch.isProven(pack, frame.start())) {
                    frames++;
                    blobs += frame.blobs();
                } else {
                    check(frame, stored);
                }
            }
            for (AnnexEntry annex : directory.annexes()) {
                byte[] stored = bytes.next((int) annex.length());
                if (!Arrays.equals(Sha256.start().digest(stored), annex.sha256())) {
                    damages.add(new Damage(annex.start(), "annex " + annex.kind() + " has another hash", List.of()));
                }
            }
        }

        private void check(FrameEntry frame, byte[] stored) {
            byte[] plain;
            try {
                if (stored.length != frame.storedLength()) {
                    throw new SealBrokenException("the pack ends before it");
                }
                plain = codec.open(frame, directory.epoch(), Slice.of(stored));
            } catch (SealBrokenException broken) {
                List<byte[]> lost = new ArrayList<>();
                for (int i = 0; i < frame.blobs(); i++) {
                    lost.add(frame.id(i));
                }
                damages.add(new Damage(frame.start(), "a frame does not open: " + broken.getMessage(), lost));
                return;
            }
            frames++;
            int offset = 0;
            for (int i = 0; i < frame.blobs(); i++) {
                int length = frame.lengths()[i];
                byte[] id = frame.id(i);
                if (Arrays.equals(scope.blobId(new Slice(plain, offset, length)), id)) {
                    blobs++;
                    if (watch != null) {
                        sha256.update(plain, offset, length);
                        watch.blob(id, sha256.digest());
                    }
                } else {
                    damages.add(
                            new Damage(frame.start(), "a blob does not have the id that it is named by", List.of(id)));
                }
                offset += length;
            }
        }
    }
}
