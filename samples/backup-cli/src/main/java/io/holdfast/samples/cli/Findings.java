// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyReport.Damage;
import io.holdfast.repository.VerifyReport.DamagedItem;
import io.holdfast.repository.VerifyReport.Tampering;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What a verification found, for people and as JSON. */
final class Findings {
    static final List<String> LEVELS = List.of("keyless", "structure", "content", "rehearsal");

    private Findings() {}

    static VerifyLevel level(String word) {
        return VerifyLevel.valueOf(Words.oneOf("--level", word, LEVELS).toUpperCase(Locale.ROOT));
    }

    private static String level(VerifyReport report) {
        return report.level().name().toLowerCase(Locale.ROOT);
    }

    /** Writes the members of the document. */
    static void write(JsonOut out, VerifyReport report) {
        out.put("outcome", report.sound() ? "sound" : "damaged")
                .put("level", level(report))
                .put("objects_checked", report.objectsChecked())
                .put("bytes_checked", report.bytesChecked());
        out.array(
                "damaged",
                () -> report.damages()
                        .forEach(each -> out.object(() -> {
                            out.put("object", each.object()).put("what", each.what());
                            out.array("items", () -> each.items().forEach(item -> write(out, item)));
                        })));
        out.array(
                "tampered",
                () -> report.tampered()
                        .forEach(each -> out.object(() -> out.put("object", each.object())
                                .put("version", each.version())
                                .put("what", each.what()))));
        out.array("notes", () -> report.notes().forEach(out::text));
    }

    private static void write(JsonOut out, DamagedItem item) {
        out.object(() -> out.put("key", item.key())
                .put("resource", item.resource())
                .put("source", item.source())
                .put("snapshot", item.snapshot()));
    }

    static void tell(VerifyReport report, Consumer<String> print) {
        for (Damage damage : report.damages()) {
            print.accept("damaged: " + damage.object() + ": " + Console.oneLine(damage.what()));
            damage.items()
                    .forEach(item -> print.accept("  item " + Console.oneLine(item.key()) + " of " + item.resource()
                            + ", source '" + item.source() + "', snapshot " + item.snapshot()));
        }
        for (Tampering tampering : report.tampered()) {
            print.accept("tampered: " + tampering.object() + ": " + Console.oneLine(tampering.what()));
        }
        report.notes().forEach(note -> print.accept("note: " + Console.oneLine(note)));
        print.accept((report.sound() ? "sound: " : "damaged: ") + "level " + level(report) + ", "
                + report.objectsChecked() + " objects, " + Progress.size(report.bytesChecked()) + " checked"
                + count(report.damages(), "damaged") + count(report.tampered(), "tampered with"));
    }

    private static String count(List<?> found, String what) {
        return found.isEmpty() ? "" : ", " + found.size() + " " + what;
    }
}
