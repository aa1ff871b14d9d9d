// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.util.List;

/** All that this Graph can do. */
final class Workloads {
    private Workloads() {}

    static Routes routes(Workbench bench) {
        Routes routes = new Routes();
        DriveItemJson items = new DriveItemJson(bench.transfers());
        List<Workload> all = List.of(
                new DirectoryWorkload(bench.rounds()),
                new FolderWorkload(bench.pages(), bench.rounds()),
                new MessageWorkload(bench.pages(), bench.rounds(), bench.habits()),
                new MessageWriteWorkload(),
                new AttachmentWorkload(bench),
                new SettingsWorkload(bench.pages()),
                new SendingWorkload(),
                new SiteWorkload(),
                new DriveWorkload(bench, items),
                new DriveWriting(bench, items),
                new CalendarWorkload(bench.pages()),
                new EventWorkload(bench.pages(), bench.books()),
                new EventAttachmentWorkload(bench),
                new ContactFolderWorkload(bench.pages(), bench.rounds()),
                new ContactWorkload(bench.pages(), bench.rounds()));
        all.forEach(each -> each.addTo(routes));
        return routes;
    }
}
