// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

import io.holdfast.benchmarks.sets.Contents.Look;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A drive of large files, 1 to 200 MB, partly compressible, with stretches that several files share. */
final class DriveSet extends DataSet {
    private static final int SMALLEST = 1_000_000;
    private static final double SPREAD = 200;
    // Above 1: more small files than large ones, so that 40 files make about 1.2 GB.
    private static final double SKEW = 1.3;
    private static final int SHARED_STRETCHES = 16;
    private static final int INSERTION = 4_096;
    private static final List<String> ENDINGS = List.of("pptx", "docx", "pdf", "mp4", "zip", "csv", "psd", "db");

    private final Contents contents;
    private final double scale;

    DriveSet(int items, double scale, long seed) {
        super("drive", items, seed);
        this.contents = new Contents(new WordModel(seed));
        this.scale = scale;
    }

    /** Only one thing happens: a few bytes are inserted in the middle of a large file. */
    @Override
    NextDay nextDay() {
        return new NextDay(List.of(items() - 1), List.of(), 0);
    }

    @Override
    String path(int index) {
        return "Shared/team-" + index % 4 + "/file-" + index + "." + ENDINGS.get(index % ENDINGS.size());
    }

    @Override
    double scale() {
        return scale;
    }

    /** Length of the first edition in bytes; the last file is the largest. */
    long length(int index) {
        double place = (index + 0.5) / items();
        return (long) (scale * SMALLEST * StrictMath.pow(SPREAD, StrictMath.pow(place, SKEW)));
    }

    @Override
    ItemWriter writer() {
        ByteBuilder buffer = new ByteBuilder();
        return (index, edition, out) -> write(index, edition, out, buffer);
    }

    private void write(int index, Edition edition, OutputStream out, ByteBuilder buffer) throws IOException {
        SeededStream plan = stream("plan", index);
        long left = length(index);
        long insertAt = edition == Edition.CHANGED ? left / 2 : 0;
        for (int stretch = 0; left > 0; stretch++) {
            buffer.clear();
            stretch(plan, index, stretch, buffer);
            buffer.truncate((int) Math.min(left, buffer.length()));
            left -= buffer.length();
            buffer.writeTo(out);
            if (insertAt > 0 && left <= insertAt) {
                buffer.clear();
                buffer.random(stream("insertion", index), INSERTION).writeTo(out);
                insertAt = 0;
            }
        }
    }

    private void stretch(SeededStream plan, int index, int stretch, ByteBuilder buffer) {
        if (plan.chance(0.05)) {
            int shared = plan.below(SHARED_STRETCHES);
            SeededStream stream = stream("shared", shared);
            contents.append(look(stream), stream, scaled(stream.between(5_000_000, 14_000_000)), buffer);
        } else {
            SeededStream stream = stream("own " + index, stretch);
            contents.append(look(stream), stream, scaled((int) Math.min(8e6, stream.logNormal(700_000, 1))), buffer);
        }
    }

    private int scaled(int length) {
        return Math.max(1_000, (int) (scale * length));
    }

    private static Look look(SeededStream stream) {
        double draw = stream.unit();
        if (draw < 0.30) {
            return Look.PACKED;
        }
        if (draw < 0.70) {
            return Look.DOCUMENT;
        }
        return draw < 0.82 ? Look.TABLE : draw < 0.90 ? Look.FIELDS : Look.PROSE;
    }
}
