// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.model.ResourceId;
import io.holdfast.repository.StoredItem;
import io.holdfast.simulators.graph.FileFlaw;
import io.holdfast.simulators.graph.GraphDrive;
import io.holdfast.simulators.graph.GraphDriveItem;
import io.holdfast.simulators.graph.GraphUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** A drive: the one of a user, or a library of a site; folders and every byte of the files. */
final class DriveTruth extends Truth {
    private final M365Workload workload;
    private final GraphDrive drive;

    private DriveTruth(TenantRig rig, GraphUser user, M365Workload workload, GraphDrive drive) {
        super(rig, user);
        this.workload = workload;
        this.drive = drive;
    }

    static DriveTruth personal(TenantRig rig, GraphUser user) {
        return new DriveTruth(rig, user, M365Workload.ONEDRIVE, user.drive());
    }

    static DriveTruth library(TenantRig rig, GraphUser user) {
        GraphDrive library = rig.tenant.addSite("finance", "Finance").drives().get(0);
        return new DriveTruth(rig, user, M365Workload.SHAREPOINT, library);
    }

    GraphDrive drive() {
        return drive;
    }

    @Override
    M365Workload workload() {
        return workload;
    }

    @Override
    ResourceId resource() {
        return new ResourceId(workload.label() + ":" + drive.id());
    }

    /** Files of all sorts in folders of all sorts; one is larger than what breaks go on from. */
    @Override
    void fill() {
        Random random = new Random(5);
        drive.folder("Empty/nested");
        List<String> folders = List.of("", "Projects/", "Projects/2029/", "Häuser & Gärten/");
        for (int i = 0; i < 40; i++) {
            drive.file(folders.get(i % folders.size()) + "file " + i + ".bin", noise(random));
        }
        drive.file("empty.txt", new byte[0]);
        byte[] large = new byte[3 << 20];
        random.nextBytes(large);
        drive.file("Projects/large.bin", large);
    }

    @Override
    void live(int day) {
        List<GraphDriveItem> there = files();
        drive.file("Projects/news " + day + ".bin", noise(new Random(day)));
        drive.file(there.get(3).path(), noise(new Random(1000 + day)));
        there.get(5).move(drive.folder("Archive"));
        there.get(6).rename("renamed " + day + ".bin");
        there.get(7).delete();
        drive.folder("Archive").rename("Archive of day " + day);
    }

    private List<GraphDriveItem> files() {
        return drive.items().stream()
                .filter(each -> each.kind() == GraphDriveItem.Kind.FILE)
                .toList();
    }

    @Override
    void heal() {
        for (GraphDriveItem each : files()) {
            if (each.flaw() == FileFlaw.VANISHED) {
                each.delete();
            } else {
                each.heal();
            }
        }
    }

    @Override
    Set<String> vanished() {
        return files().stream()
                .filter(each -> each.flaw() == FileFlaw.VANISHED)
                .map(GraphDriveItem::id)
                .collect(Collectors.toSet());
    }

    @Override
    List<Held> inTenant(GraphUser whose) {
        List<Held> held = new ArrayList<>();
        for (GraphDriveItem each : (whose == user ? drive : whose.drive()).items()) {
            String path = "/" + each.path();
            held.add(
                    each.kind() == GraphDriveItem.Kind.FILE
                            ? new Held(each.id(), path + " " + digest(each.content()))
                            : Held.container(path));
        }
        return held;
    }

    @Override
    Optional<Held> inSnapshot(StoredItem item) {
        return Optional.of(
                new Held(item.entry().key().value(), path(item.path()) + " " + digest(part(item.entry(), "content"))));
    }
}
