// SPDX-License-Identifier: Apache-2.0
package io.holdfast.model;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, zero or more. Immutable.
 *
 * <p>The text form takes the units of IEC 80000-13 ({@code KiB}, {@code MiB}, {@code GiB}, {@code TiB}: powers of 1024)
 * and of SI ({@code kB}, {@code MB}, {@code GB}, {@code TB}: powers of 1000), in any case. {@link #toString} gives the
 * shortest exact form, and {@link #parse} reads it back to an equal value.
 *
 * @param bytes the size in bytes, at least 0
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    /** No bytes at all. */
    public static final ByteSize ZERO = new ByteSize(0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?)\\s*([A-Za-z]*)");

    private static final Map<String, Long> UNITS = Map.of(
            "", 1L,
            "b", 1L,
            "kb", 1_000L,
            "mb", 1_000_000L,
            "gb", 1_000_000_000L,
            "tb", 1_000_000_000_000L,
            "kib", 1L << 10,
            "mib", 1L << 20,
            "gib", 1L << 30,
            "tib", 1L << 40);

    /** Refuses a negative size. */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("size is " + bytes + " bytes; give 0 or more");
        }
    }

    /**
     * The size of that many bytes.
     *
     * @param count at least 0
     * @return the size
     */
    public static ByteSize bytes(long count) {
        return new ByteSize(count);
    }

    /**
     * The size of that many times 1024 bytes.
     *
     * @param count 0 to 2^53 - 1
     * @return the size
     */
    public static ByteSize kibibytes(long count) {
        return times(count, 1L << 10, "KiB");
    }

    /**
     * The size of that many times 1024^2 bytes.
     *
     * @param count 0 to 2^43 - 1
     * @return the size
     */
    public static ByteSize mebibytes(long count) {
        return times(count, 1L << 20, "MiB");
    }

    /**
     * The size of that many times 1024^3 bytes.
     *
     * @param count 0 to 2^33 - 1
     * @return the size
     */
    public static ByteSize gibibytes(long count) {
        return times(count, 1L << 30, "GiB");
    }

    /**
     * Reads a size such as {@code 512MB}, {@code 1.5 GiB} or {@code 4096}.
     *
     * @param text a decimal number, then optionally a unit; no unit means bytes
     * @return the size
     * @throws IllegalArgumentException if the text is no size, is no whole number of bytes, or is above 2^63 - 1 bytes
     */
    public static ByteSize parse(String text) {
        Objects.requireNonNull(text, "text");
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw refused(text, "give a number and a unit, such as 512MiB or 2GB");
        }
        Long unit = UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT));
        if (unit == null) {
            throw refused(text, "use one of the units B, kB, MB, GB, TB, KiB, MiB, GiB, TiB");
        }
        try {
            return new ByteSize(new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(unit))
                    .longValueExact());
        } catch (ArithmeticException notWholeOrTooLarge) {
            throw refused(text, "give a whole number of bytes up to " + Long.MAX_VALUE);
        }
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The shortest exact form, such as {@code 512MiB}, {@code 2GB} or {@code 4097B}. */
    @Override
    public String toString() {
        String[] names = {"TiB", "TB", "GiB", "GB", "MiB", "MB", "KiB", "kB"};
        for (String name : names) {
            long unit = UNITS.getOrDefault(name.toLowerCase(Locale.ROOT), 1L);
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + name;
            }
        }
        return bytes + "B";
    }

    private static ByteSize times(long count, long unit, String name) {
        if (count < 0 || count > Long.MAX_VALUE / unit) {
            throw new IllegalArgumentException(
                    "size is " + count + " " + name + "; give 0 to " + Long.MAX_VALUE / unit);
        }
        return new ByteSize(count * unit);
    }

    private static IllegalArgumentException refused(String text, String remedy) {
        return new IllegalArgumentException("\"" + text + "\" is no size: " + remedy);
    }
}
