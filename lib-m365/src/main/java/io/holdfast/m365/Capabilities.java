// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.m365.internal.calendar.CalendarWorkload;
import io.holdfast.m365.internal.contacts.ContactWorkload;
import io.holdfast.m365.internal.drive.DriveWorkload;
import io.holdfast.m365.internal.mail.MailWorkload;
import io.holdfast.source.KindCapability;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What all workloads can do; nobody needs to be asked for it. */
final class Capabilities {
    private Capabilities() {}

    static Map<M365Workload, List<KindCapability>> all() {
        Map<M365Workload, List<KindCapability>> all = new EnumMap<>(M365Workload.class);
        for (M365Workload each : M365Workload.values()) {
            all.put(each, of(each));
        }
        return Collections.unmodifiableMap(all);
    }

    private static List<KindCapability> of(M365Workload workload) {
        return switch (workload) {
            case MAIL -> MailWorkload.capabilities();
            case CALENDAR -> CalendarWorkload.capabilities();
            case CONTACTS -> ContactWorkload.capabilities();
            case ONEDRIVE, SHAREPOINT -> DriveWorkload.capabilities();
        };
    }
}
