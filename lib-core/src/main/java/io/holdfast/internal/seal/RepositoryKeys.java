// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.Slice;
import io.holdfast.runtime.Randomness;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * All that derives from the key of one repository: the keys of names, ids and digests, and the sealing of envelopes and runs
 * (FORMAT.md, "Keys").
 *
 * <p>Each key is HKDF-SHA-256 of the repository key under a label of its own, so that none tells anything of another. All are bound to the
 * repository's id but the digest key: two repositories with the same raw key give the same manifest digest. The keys of
 * content do not derive from the repository key; they are in the {@link DataKeyRing}.
 *
 * <p>Safe for use by several threads. {@link #close()} clears the keys; what was given out before must not be used after it.
 */
public final class RepositoryKeys implements BlockSealers, AutoCloseable {

    /** The length of a repository key in bytes. */
    public static final int KEY_BYTES = 32;

    /** The length of a repository's id in bytes. */
    public static final int ID_BYTES = 16;

    private static final int NAME_BYTES = 16;
    private static final int FINGERPRINT_BYTES = 8;

    private final byte[] repositoryKey;
    private final byte[] repositoryId;
    private final Encryptor encryptor;
    private final Randomness randomness;
    private final KeyedHash names;
    private final KeyedHash digests;
    private final KeyedHash descriptors;
    private volatile boolean closed;

    /**
     * Derives the keys.
     *
     * @param repositoryKey 32 bytes; copied, the caller clears its own
     * @param repositoryId 16 bytes
     * @param encryptor the suite of the repository
     * @param randomness where salts come from
     */
    public RepositoryKeys(byte[] repositoryKey, byte[] repositoryId, Encryptor encryptor, Randomness randomness) {
        if (repositoryKey.length != KEY_BYTES || repositoryId.length != ID_BYTES) {
            throw new IllegalArgumentException("a repository has a key of 32 and an id of 16 bytes; got "
                    + repositoryKey.length + " and " + repositoryId.length);
        }
        this.repositoryKey = repositoryKey.clone();
        this.repositoryId = repositoryId.clone();
        this.encryptor = encryptor;
        this.randomness = randomness;
        this.names = hash(this.repositoryId, Label.of("names"));
        this.digests = hash(new byte[0], Label.of("digest"));
        this.descriptors = hash(this.repositoryId, Label.of("descriptor"));
    }

    /**
     * The id of the repository, which is public.
     *
     * @return 16 bytes
     */
    public byte[] repositoryId() {
        return repositoryId.clone();
    }

    /**
     * What tells this key from another without telling anything of it; stands in the descriptor.
     *
     * @return 16 lower-case hexadecimal characters
     */
    public String fingerprint() {
        return HexFormat.of().formatHex(derived(repositoryId, Label.of("fingerprint"), FINGERPRINT_BYTES));
    }

    /**
     * The keyed hash that blob ids of a dedup scope are cut from.
     *
     * @param scope the name of the dedup scope on the store, as {@link #scopeName} gives it
     * @return the hash, which the caller closes
     */
    public KeyedHash blobIds(String scope) {
        requireName(scope);
        return hash(repositoryId, Label.of("blob ids").with(scope));
    }

    /**
     * The keyed hash of canonical manifest entries. It depends on the repository key alone.
     *
     * @return the hash, closed with these keys
     */
    public KeyedHash digests() {
        return digests;
    }

    /**
     * The keyed hash that proves a plain descriptor.
     *
     * @return the hash, closed with these keys
     */
    public KeyedHash descriptors() {
        return descriptors;
    }

    /**
     * The seed of the table by which content is cut into chunks.
     *
     * @return 32 bytes, which the caller clears
     */
    public byte[] gearKey() {
        return derived(repositoryId, Label.of("gear"), KEY_BYTES);
    }

    /**
     * The name of a lineage on the store.
     *
     * @param source the source in plain words
     * @param shard the shard of it; empty for all of it
     * @return 32 lower-case hexadecimal characters
     */
    public String lineageName(String source, String shard) {
        return keyedName("lineage", source, shard);
    }

    /**
     * The name of a dedup scope on the store.
     *
     * @param scope the scope in plain words
     * @return 32 lower-case hexadecimal characters
     */
    public String scopeName(String scope) {
        return keyedName("scope", scope);
    }

    /**
     * A name that tells nothing without the key, such as that of a subject in a legal hold.
     *
     * @param type what is named, so that a lineage and a scope of the same words have different names
     * @param parts the plain words
     * @return 32 lower-case hexadecimal characters
     */
    public String keyedName(String type, String... parts) {
        Label label = Label.of("name").with(type);
        for (String part : parts) {
            label.with(part);
        }
        return HexFormat.of().formatHex(names.of(Slice.of(label.bytes())), 0, NAME_BYTES);
    }

    /**
     * The sealing of enveloped objects.
     *
     * @return the sealer
     */
    public EnvelopeSealer envelopes() {
        return new EnvelopeSealer(this);
    }

    /**
     * The sealing of the frames of one place.
     *
     * @param ring the data keys
     * @param place kind, scope and epoch
     * @return the sealer, which the caller closes
     */
    public FrameSealer frames(DataKeyRing ring, FramePlace place) {
        Label label = Label.of("data").with(place.scope());
        byte[] dataKey = Hkdf.derive(ring.key(place.epoch()), repositoryId, label.bytes(), KEY_BYTES);
        try {
            return new FrameSealer(this, dataKey, place);
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    @Override
    public byte[] newSalt() {
        return randomness.bytes(SALT_BYTES);
    }

    @Override
    public BlockSealer forObject(String kind, byte[] salt) {
        byte[] associatedData =
                Label.of("run seal").with(repositoryId).with(kind).bytes();
        return new SegmentedBlockSealer(encryptor, derive(salt, Label.of("run").with(kind)), associatedData);
    }

    /** Clears the keys. */
    @Override
    public void close() {
        closed = true;
        names.close();
        digests.close();
        descriptors.close();
        Arrays.fill(repositoryKey, (byte) 0);
    }

    /** Refuses plain words where a keyed name belongs, which would silently give other keys. */
    static void requireName(String name) {
        if (name.length() != 2 * NAME_BYTES
                || !name.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new IllegalArgumentException("\"" + name + "\" is not a keyed name of 32 hexadecimal characters");
        }
    }

    Encryptor encryptor() {
        return encryptor;
    }

    Randomness randomness() {
        return randomness;
    }

    /** A key of one object from the object's salt. */
    byte[] derive(byte[] salt, Label label) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("salt of " + salt.length + " bytes; 32 are needed");
        }
        return derived(salt, label, encryptor.keyBytes());
    }

    private byte[] derived(byte[] salt, Label label, int length) {
        if (closed) {
            throw new IllegalStateException("repository keys used after they were cleared");
        }
        return Hkdf.derive(repositoryKey, salt, label.bytes(), length);
    }

    private KeyedHash hash(byte[] salt, Label label) {
        byte[] key = derived(salt, label, KEY_BYTES);
        try {
            return new KeyedHash(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
