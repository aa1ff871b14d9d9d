// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.internal.format.RecordId;
import io.holdfast.store.ObjectName;
import java.util.HexFormat;
import java.util.OptionalLong;

/** The names of all objects of a repository (FORMAT.md, "Names"). Stateless. */
public final class ObjectNames {
    /** Descriptors. */
    public static final String CONFIG = "config/";
    /** Key slots, and below {@link #RING} the ring of data keys. */
    public static final String KEYS = "keys/";
    /** The ring of data keys. */
    public static final String RING = "keys/ring/";
    /** Packs of content. */
    public static final String DATA = "data/";
    /** Packs of metadata. */
    public static final String META = "meta/";
    /** Sorted runs. */
    public static final String RUNS = "runs/";
    /** Index runs and heads. */
    public static final String INDEX = "index/";
    /** The numbered sets of current index runs. */
    public static final String INDEX_HEADS = "index/heads/";
    /** Commit records. */
    public static final String SNAPSHOTS = "snapshots/";
    /** Progress records. */
    public static final String PROGRESS = "progress/";
    /** Leases. */
    public static final String LEASES = "leases/";
    /** Retire lists. */
    public static final String RETIRED = "retired/";
    /** What a proof of capabilities writes and removes again. */
    public static final String PROBES = "probe/";

    /** The lease of whoever maintains the repository. */
    public static final String MAINTENANCE = "maintenance";

    static final int DIGITS = 20;
    static final int HASH_DIGITS = 16;
    private static final HexFormat HEX = HexFormat.of();

    private ObjectNames() {}

    /**
     * A number as names have it.
     *
     * @param number not negative
     * @return 20 digits, so that names sort as numbers do
     */
    public static String digits(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("number " + number + " is negative");
        }
        String digits = Long.toString(number);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    /**
     * Reads a number as names have it.
     *
     * @param text a segment of a name
     * @return the number, or empty if the text is not 20 digits of a number that fits
     */
    public static OptionalLong number(String text) {
        if (text.length() != DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    /**
     * A descriptor.
     *
     * @param number its number
     * @return its name
     */
    public static ObjectName descriptor(long number) {
        return new ObjectName(CONFIG + digits(number));
    }

    /**
     * A key slot.
     *
     * @param slot its id, 16 hexadecimal characters
     * @return its name
     */
    public static ObjectName slot(String slot) {
        return new ObjectName(KEYS + slot);
    }

    /**
     * A state of the ring of data keys.
     *
     * @param number its number
     * @return its name
     */
    public static ObjectName ring(long number) {
        return new ObjectName(RING + digits(number));
    }

    /**
     * The records of a lineage.
     *
     * @param lineage its keyed name
     * @return the prefix of their names
     */
    public static String records(String lineage) {
        return SNAPSHOTS + lineage + "/";
    }

    /**
     * A record where the store creates only if absent.
     *
     * @param lineage the keyed name of its lineage
     * @param number its number
     * @return its name
     */
    public static ObjectName record(String lineage, long number) {
        return new ObjectName(records(lineage) + digits(number));
    }

    /**
     * A record where the store does not create only if absent.
     *
     * @param lineage the keyed name of its lineage
     * @param id its number and hash
     * @return its name
     */
    public static ObjectName forkRecord(String lineage, RecordId id) {
        return new ObjectName(
                records(lineage) + digits(id.number()) + "-" + HEX.formatHex(id.hash(), 0, HASH_DIGITS / 2));
    }

    /**
     * The progress records of a lineage.
     *
     * @param lineage its keyed name
     * @return the prefix of their names
     */
    public static String progress(String lineage) {
        return PROGRESS + lineage + "/";
    }

    /**
     * A lease.
     *
     * @param name the keyed name of a lineage, or {@link #MAINTENANCE}
     * @return its name
     */
    public static ObjectName lease(String name) {
        return new ObjectName(LEASES + name);
    }

    /**
     * The legal holds.
     *
     * @param number the number of a link of their chain
     * @return its name
     */
    public static ObjectName hold(long number) {
        return new ObjectName("holds/" + digits(number));
    }

    /**
     * The chain of destructive acts.
     *
     * @param number the number of a link
     * @return its name
     */
    public static ObjectName audit(long number) {
        return new ObjectName("audit/" + digits(number));
    }

    /**
     * A sorted run that is an object of its own.
     *
     * @param id SHA-256 of its bytes
     * @return its name
     */
    public static ObjectName run(byte[] id) {
        String hex = HEX.formatHex(id);
        return new ObjectName(RUNS + hex.substring(0, 2) + "/" + hex);
    }

    /**
     * An index run.
     *
     * @param scope the keyed name of its dedup scope
     * @param id SHA-256 of its bytes
     * @return its name
     */
    public static ObjectName indexRun(String scope, byte[] id) {
        return new ObjectName(INDEX + scope + "/" + HEX.formatHex(id));
    }

    /**
     * A numbered set of current index runs.
     *
     * @param number its number
     * @return its name
     */
    public static ObjectName indexHead(long number) {
        return new ObjectName(INDEX_HEADS + digits(number));
    }
}
