// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.exchange.HttpBody;
import io.holdfast.simulators.graph.GraphDrive;
import io.holdfast.simulators.graph.GraphDriveItem;
import io.holdfast.simulators.graph.GraphUser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Fills a drive: folders in folders, files of all sizes and dates, some with more versions than are kept, some shared. */
final class SampleDrive {
    private static final List<String> FOLDERS =
            List.of("", "Dokumente/", "Dokumente/2025/März/", "Fotos & Filme/", "Dokumente/#1 100%/");

    private final GraphDrive drive;
    private final Random random;

    SampleDrive(GraphUser user, Random random) {
        this.drive = user.drive();
        this.random = random;
    }

    void fill(int files, GraphUser other) {
        drive.folder("Leer/auch leer");
        for (int i = 0; i < files; i++) {
            GraphDriveItem file = drive.file(FOLDERS.get(i % FOLDERS.size()) + name(i), content(i));
            if (i % 12 == 3) {
                versions(file, i % 24 == 3 ? 13 : 4);
            }
            share(file, i, other);
            Instant made = SampleTenant.EPOCH.plus(Duration.ofMinutes(61L * i + random.nextInt(50)));
            file.date(made, made.plus(Duration.ofDays(3)));
        }
        GraphDriveItem shared = drive.folder("Dokumente");
        shared.share(other, "write");
        shared.date(SampleTenant.EPOCH, SampleTenant.EPOCH.plus(Duration.ofDays(9)));
    }

    private static String name(int number) {
        return switch (number % 4) {
            case 0 -> "Bericht " + number + ".txt";
            case 1 -> "résumé – " + number + ".zip";
            case 2 -> "daten." + number;
            default -> "Notiz " + number + ".md";
        };
    }

    /** Empty ones among them, and one that needs an upload session. */
    private byte[] content(int number) {
        int length = number == 1 ? 5_000_000 : number % 10 == 4 ? 0 : random.nextInt(9_000);
        return SampleTenant.noise(random, length);
    }

    private void versions(GraphDriveItem file, int number) {
        for (int i = 1; i < number; i++) {
            file.write(HttpBody.of(SampleTenant.noise(random, 100 + i)));
        }
    }

    private static void share(GraphDriveItem file, int number, GraphUser other) {
        switch (number % 9) {
            case 2 -> file.share(other, "read");
            case 5 -> file.shareByLink("organization", "write");
            case 7 -> file.shareWithSiteGroup("Mitglieder", "read");
            default -> {
                // Most files are nobody else's.
            }
        }
    }
}
