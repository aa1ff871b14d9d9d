// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What changed in a drive. The root is told in every round, and so is whatever holds something that changed.
 *
 * @param drive the drive
 * @param habits how it is told
 * @param json how items are shown
 */
record DriveFeed(GraphDrive drive, Habits habits, DriveItemJson json) implements DeltaRounds.Feed {

    @Override
    public long position() {
        return drive.tenant().position();
    }

    @Override
    public List<DeltaRounds.Entry> changes(long since, Call first) {
        boolean sharing = first.header("prefer").orElse("").contains("deltashowsharingchanges");
        List<DeltaRounds.Entry> entries = new ArrayList<>();
        for (GraphDriveItem each : drive.removed()) {
            boolean told = since >= 0 && each.changed() > since && (isTold(each) || each.parent() == null);
            if (told) {
                entries.add(new DeltaRounds.Entry(true, call -> Optional.of(DriveItemJson.tombstone(each))));
            }
        }
        Set<GraphDriveItem> told = new LinkedHashSet<>();
        told.add(drive.root());
        for (GraphDriveItem each : drive.all()) {
            boolean reshared = sharing && each.reshared() > since;
            if (each.changed() > since || reshared) {
                addWithParents(each, told);
            }
        }
        for (GraphDriveItem each : told) {
            entries.add(new DeltaRounds.Entry(false, call -> shown(each, since, sharing, call)));
        }
        return entries;
    }

    /** Of a folder that was deleted with all that it holds, the service may tell of the folder alone. */
    private boolean isTold(GraphDriveItem item) {
        GraphDriveItem above = item.parent();
        boolean withItsFolder = above != null && drive.removed().contains(above);
        return !withItsFolder || !habits.has(FeedHabit.FOLDER_REMOVALS_ALONE);
    }

    private static void addWithParents(GraphDriveItem item, Set<GraphDriveItem> told) {
        GraphDriveItem above = item.parent();
        if (above != null && !told.contains(above)) {
            addWithParents(above, told);
        }
        told.add(item);
    }

    private Optional<Map<String, Object>> shown(GraphDriveItem item, long since, boolean sharing, Call call) {
        if (drive.removed().contains(item)) {
            // It was deleted while the round was going on; the next one tells of that.
            return Optional.empty();
        }
        boolean resharedOnly = sharing && since >= 0 && item.reshared() > since && item.changed() <= since;
        return Optional.of(json.tracked(call, item, resharedOnly));
    }
}
