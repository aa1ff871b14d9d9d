// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

import java.util.List;

/** The data sets by name. Thread-safe. */
public final class DataSets {
    /** Names in the order in which they are usually run. */
    public static final List<String> NAMES = List.of("mails", "drive", "records");

    private static final long SEED = 2_026;

    private DataSets() {}

    /**
     * The set of that name.
     *
     * @param scale 1 for the full set; 0.01 for a hundredth of the items (for the drive: of the bytes)
     */
    public static DataSet of(String name, double scale) {
        if (!(scale > 0 && scale <= 10)) {
            throw new IllegalArgumentException("scale is " + scale + "; give a number above 0 and up to 10");
        }
        return switch (name) {
            case "mails" -> new MailSet((int) Math.max(20, 20_000 * scale), SEED);
            case "drive" -> new DriveSet(40, scale, SEED);
            case "records" -> new RecordSet((int) Math.max(20, 200_000 * scale), SEED);
            default -> throw new IllegalArgumentException("no data set \"" + name + "\"; choose from " + NAMES);
        };
    }
}
