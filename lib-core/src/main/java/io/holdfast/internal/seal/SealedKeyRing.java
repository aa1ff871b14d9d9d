// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The ring of data keys, sealed for each slot that may read it (FORMAT.md, "The ring of data keys").
 *
 * <p>The ring is sealed under a random key, and that key once for each slot under a key from the slot's own secret. The whole is an
 * envelope under the repository key. So the repository key alone does not open the ring: who keeps a copy of a removed slot
 * reads what was sealed before a rotation and not what is sealed after it. (Where a slot's provider dictates the repository key, that
 * key is the slot's secret, and a rotation shuts out nobody.) A slot that was not open at a rotation has no
 * box in the new ring until it is made anew; it still opens the older rings.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class SealedKeyRing {

    /** The most slots that a ring can be sealed for. */
    public static final int MAX_SLOTS = 1024;

    private static final int VERSION = 1;

    private final byte[] salt;
    private final SortedMap<String, byte[]> boxes;
    private final byte[] content;

    private SealedKeyRing(byte[] salt, SortedMap<String, byte[]> boxes, byte[] content) {
        this.salt = salt;
        this.boxes = boxes;
        this.content = content;
    }

    /**
     * Seals a ring: for a new repository, or at a rotation.
     *
     * @param ring the ring
     * @param slots the slots that shall open it, at least one
     * @param keys the keys of the repository
     * @return the sealed ring
     */
    public static SealedKeyRing seal(DataKeyRing ring, Collection<OpenedSlot> slots, RepositoryKeys keys) {
        if (slots.isEmpty() || slots.size() > MAX_SLOTS) {
            throw new IllegalArgumentException(
                    "a ring is sealed for 1 to " + MAX_SLOTS + " slots; got " + slots.size());
        }
        byte[] salt = keys.newSalt();
        byte[] ringKey = keys.randomness().bytes(keys.encryptor().keyBytes());
        byte[] plain = ring.encoded();
        try {
            int sealedLength = Math.toIntExact(
                    SegmentSealer.sealedLength(plain.length, keys.encryptor().tagBytes()));
            byte[] content = new byte[sealedLength];
            contentSealer(ringKey, salt, keys).seal(0, Slice.of(plain), content, 0);
            SortedMap<String, byte[]> boxes = new TreeMap<>();
            for (OpenedSlot slot : slots) {
                boxes.put(slot.slot().name(), box(slot, salt, ringKey, keys));
            }
            return new SealedKeyRing(salt, boxes, content);
        } finally {
            Arrays.fill(ringKey, (byte) 0);
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * Reads a ring.
     *
     * @param keys the keys of the repository
     * @param number the number under which it was found
     * @param object the whole object
     * @return the ring, still sealed
     * @throws SealBrokenException if it is not the ring that was written under this number
     */
    public static SealedKeyRing read(RepositoryKeys keys, long number, byte[] object) throws SealBrokenException {
        byte[] body = keys.envelopes().open(name(number), object).body();
        try {
            ByteBuffer in = ByteBuffer.wrap(body);
            int version = in.get() & 0xff;
            int slots = in.getShort(1 + BlockSealers.SALT_BYTES) & 0xffff;
            if (version != VERSION || slots < 1 || slots > MAX_SLOTS) {
                throw new SealBrokenException(
                        "key ring of version " + version + " for " + slots + " slots is not known");
            }
            byte[] salt = take(in, BlockSealers.SALT_BYTES);
            in.getShort();
            SortedMap<String, byte[]> boxes = new TreeMap<>();
            int boxBytes = keys.encryptor().keyBytes() + keys.encryptor().tagBytes();
            for (int i = 0; i < slots; i++) {
                boxes.put(HexFormat.of().formatHex(take(in, KeySlot.ID_BYTES)), take(in, boxBytes));
            }
            return new SealedKeyRing(salt, boxes, take(in, in.remaining()));
        } catch (BufferUnderflowException | IndexOutOfBoundsException cut) {
            throw new SealBrokenException("key ring of " + body.length + " bytes is cut off");
        }
    }

    /**
     * The slots that can open the ring.
     *
     * @return their names, sorted
     */
    public SortedSet<String> slots() {
        return new TreeSet<>(boxes.keySet());
    }

    /**
     * How many data keys the ring has, which its sealed length tells.
     *
     * @param keys the keys of the repository
     * @return the number of its newest epoch
     * @throws SealBrokenException if no ring is that long
     */
    public int epochs(RepositoryKeys keys) throws SealBrokenException {
        return DataKeyRing.epochs(
                SegmentSealer.plainLength(content.length, keys.encryptor().tagBytes()));
    }

    /**
     * Opens the ring.
     *
     * @param slot the slot that opens it
     * @param keys the keys of the repository
     * @return the ring, which the caller closes; empty if it was not sealed for this slot
     * @throws SealBrokenException if it does not open though it was
     */
    public Optional<DataKeyRing> open(OpenedSlot slot, RepositoryKeys keys) throws SealBrokenException {
        byte[] box = boxes.get(slot.slot().name());
        if (box == null) {
            return Optional.empty();
        }
        byte[] ringKey = ringKey(slot, box, keys);
        byte[] plain = new byte
                [Math.toIntExact(SegmentSealer.plainLength(
                        content.length, keys.encryptor().tagBytes()))];
        try {
            contentSealer(ringKey, salt, keys).open(0, Slice.of(content), plain, 0);
            return Optional.of(DataKeyRing.decoded(plain));
        } finally {
            Arrays.fill(ringKey, (byte) 0);
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * The same ring for one slot more. The boxes of the others stay, though their slots are not open.
     *
     * @param known a slot that opens the ring
     * @param added the slot to add
     * @param keys the keys of the repository
     * @return the ring with one box more
     * @throws SealBrokenException if the known slot does not open the ring
     */
    public SealedKeyRing withSlot(OpenedSlot known, OpenedSlot added, RepositoryKeys keys) throws SealBrokenException {
        byte[] box = boxes.get(known.slot().name());
        if (box == null) {
            throw new SealBrokenException(
                    "the key ring is not sealed for slot " + known.slot().name());
        }
        if (boxes.size() == MAX_SLOTS) {
            throw new IllegalArgumentException("a ring is sealed for 1 to " + MAX_SLOTS + " slots");
        }
        byte[] ringKey = ringKey(known, box, keys);
        try {
            SortedMap<String, byte[]> more = new TreeMap<>(boxes);
            more.put(added.slot().name(), box(added, salt, ringKey, keys));
            return new SealedKeyRing(salt, more, content);
        } finally {
            Arrays.fill(ringKey, (byte) 0);
        }
    }

    /**
     * The same ring without a slot. This revokes nothing that a copy of the older ring can open.
     *
     * @param name the name of the slot
     * @return the ring with one box less
     */
    public SealedKeyRing withoutSlot(String name) {
        SortedMap<String, byte[]> fewer = new TreeMap<>(boxes);
        fewer.remove(name);
        if (fewer.isEmpty()) {
            throw new IllegalArgumentException("slot " + name + " is the last one that opens the key ring");
        }
        return new SealedKeyRing(salt, fewer, content);
    }

    /**
     * The ring as an object.
     *
     * @param keys the keys of the repository
     * @param number the number that it shall have
     * @return the bytes
     */
    public byte[] object(RepositoryKeys keys, long number) {
        int boxBytes = KeySlot.ID_BYTES
                + keys.encryptor().keyBytes()
                + keys.encryptor().tagBytes();
        ByteBuffer body = ByteBuffer.allocate(1 + salt.length + Short.BYTES + boxes.size() * boxBytes + content.length);
        body.put((byte) VERSION).put(salt).putShort((short) boxes.size());
        for (Map.Entry<String, byte[]> box : boxes.entrySet()) {
            body.put(HexFormat.of().parseHex(box.getKey())).put(box.getValue());
        }
        body.put(content);
        return keys.envelopes().seal(name(number), new byte[0], body.array());
    }

    private static EnvelopeName name(long number) {
        return EnvelopeName.of(EnvelopeKind.KEY_RING, number);
    }

    private static byte[] box(OpenedSlot slot, byte[] salt, byte[] ringKey, RepositoryKeys keys) {
        Encryptor encryptor = keys.encryptor();
        byte[] boxKey = slot.ringBoxKey(salt, encryptor.keyBytes());
        try {
            byte[] box = new byte[ringKey.length + encryptor.tagBytes()];
            boxSealer(boxKey, keys).seal(0, Slice.of(ringKey), box, 0);
            return box;
        } finally {
            Arrays.fill(boxKey, (byte) 0);
        }
    }

    private byte[] ringKey(OpenedSlot slot, byte[] box, RepositoryKeys keys) throws SealBrokenException {
        byte[] boxKey = slot.ringBoxKey(salt, keys.encryptor().keyBytes());
        try {
            byte[] ringKey = new byte[keys.encryptor().keyBytes()];
            boxSealer(boxKey, keys).open(0, Slice.of(box), ringKey, 0);
            return ringKey;
        } finally {
            Arrays.fill(boxKey, (byte) 0);
        }
    }

    private static SegmentSealer boxSealer(byte[] boxKey, RepositoryKeys keys) {
        byte[] associatedData = Label.of("ring box").with(keys.repositoryId()).bytes();
        return new SegmentSealer(keys.encryptor(), boxKey, associatedData);
    }

    private static SegmentSealer contentSealer(byte[] ringKey, byte[] salt, RepositoryKeys keys) {
        byte[] associatedData =
                Label.of("ring").with(keys.repositoryId()).with(salt).bytes();
        return new SegmentSealer(keys.encryptor(), ringKey, associatedData);
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] field = new byte[length];
        in.get(field);
        return field;
    }
}
