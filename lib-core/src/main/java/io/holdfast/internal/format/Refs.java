// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import io.holdfast.manifest.ManifestDigest;
import java.util.List;

/** How records name runs, packs and other records (FORMAT.md, "References"). Stateless. */
final class Refs {
    static final int HASH_BYTES = 32;
    /** Longest name of an object, as {@code ObjectName} has it. */
    static final int MAX_NAME = 255;

    static final int MAX_RUNS = 65_536;
    static final int MAX_PACKS = 1 << 20;
    private static final int MAX_KIND = 64;
    /** An item key of 8,192 characters in UTF-8, and what the order puts before it. */
    private static final int MAX_KEY_BYTES = 32_768;

    private Refs() {}

    static void writeRecordId(CborWriter out, RecordId id) {
        out.map(2, w -> {
            w.field(1).number(id.number());
            w.field(2).bytes(id.hash());
        });
    }

    static RecordId readRecordId(CborReader in) {
        return in.map(r -> new RecordId(r.field(1).number(1, Long.MAX_VALUE), readHash(r.field(2))));
    }

    static byte[] readHash(CborReader in) {
        return in.bytes(HASH_BYTES, HASH_BYTES);
    }

    static ManifestDigest readDigest(CborReader in) {
        return new ManifestDigest(readHash(in));
    }

    static void writeRuns(CborWriter out, List<RunRef> runs) {
        out.list(runs, Refs::writeRun);
    }

    static List<RunRef> readRuns(CborReader in) {
        return in.list(MAX_RUNS, Refs::readRun);
    }

    private static void writeRun(CborWriter out, RunRef run) {
        out.map(9, w -> {
            w.field(1).text(run.kind());
            w.field(2).text(run.object());
            w.field(3).number(run.offset());
            w.field(4).number(run.length());
            w.field(5).bytes(run.sha256());
            w.field(6).number(run.entries());
            w.field(7).number(run.highestNumber());
            w.field(8).bytes(run.firstKey());
            w.field(9).bytes(run.lastKey());
        });
    }

    private static RunRef readRun(CborReader in) {
        return in.map(r -> new RunRef(
                r.field(1).text(MAX_KIND),
                r.field(2).text(MAX_NAME),
                r.field(3).count(),
                r.field(4).count(),
                readHash(r.field(5)),
                r.field(6).count(),
                r.field(7).count(),
                r.field(8).bytes(0, MAX_KEY_BYTES),
                r.field(9).bytes(0, MAX_KEY_BYTES)));
    }

    static void writePacks(CborWriter out, List<PackRef> packs) {
        out.list(packs, Refs::writePack);
    }

    static List<PackRef> readPacks(CborReader in) {
        return in.list(MAX_PACKS, Refs::readPack);
    }

    private static void writePack(CborWriter out, PackRef pack) {
        out.map(3, w -> {
            w.field(1).bytes(pack.id());
            w.field(2).flag(pack.meta());
            w.field(3).number(pack.length());
        });
    }

    private static PackRef readPack(CborReader in) {
        return in.map(r ->
                new PackRef(readHash(r.field(1)), r.field(2).flag(), r.field(3).count()));
    }
}
