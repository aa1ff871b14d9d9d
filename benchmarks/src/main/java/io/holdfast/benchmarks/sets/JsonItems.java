// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

/**
 * Items of one exact length as a web API gives them out: a contact, then running text. Thread-safe; the bytes follow
 * from the index.
 */
public final class JsonItems {
    private static final long SEED = 2_026;

    private final DataSet records = new RecordSet(200_000, SEED);
    private final Contents contents = new Contents(new WordModel(SEED));
    private final int length;

    /** Items of {@code length} bytes. */
    public JsonItems(int length) {
        if (length < 16) {
            throw new IllegalArgumentException("an item of " + length + " bytes; give 16 or more");
        }
        this.length = length;
    }

    /** The bytes of one item. */
    public byte[] item(int index) {
        ByteBuilder out = new ByteBuilder(length + 4_096);
        out.bytes(records.item(index)).text(",\"body\":\"");
        if (out.length() < length) {
            SeededStream stream = SeededStream.of(SEED, "json body", index);
            contents.append(Contents.Look.PROSE, stream, length - out.length(), out);
        }
        out.truncate(length);
        return out.copy();
    }
}
