// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does something to every tenth of what tenants hold, beginning with the first of each mailbox and drive. Without state. */
final class Tenths {
    private static final int EVERY = 10;

    private Tenths() {}

    static Consumer<GraphSimulator> messages(Consumer<GraphMessage> what) {
        return ofMailboxes(GraphMailbox::listed, what);
    }

    static Consumer<GraphSimulator> events(Consumer<GraphEvent> what) {
        return ofMailboxes(
                mailbox -> mailbox.calendars().events().stream()
                        .filter(each -> each.calendar().isPresent())
                        .toList(),
                what);
    }

    static Consumer<GraphSimulator> contacts(Consumer<GraphContact> what) {
        return ofMailboxes(
                mailbox -> mailbox.addressBook().contacts().stream()
                        .filter(each -> each.folder().isPresent())
                        .toList(),
                what);
    }

    static Consumer<GraphSimulator> files(Consumer<GraphDriveItem> what) {
        return ofTenants(
                tenant -> {
                    List<List<GraphDriveItem>> drives = new ArrayList<>();
                    for (GraphSite site : tenant.sites()) {
                        for (GraphDrive drive : site.drives()) {
                            drives.add(drive.items().stream()
                                    .filter(each -> each.kind() == GraphDriveItem.Kind.FILE)
                                    .toList());
                        }
                    }
                    return drives;
                },
                what);
    }

    private static <T> Consumer<GraphSimulator> ofMailboxes(Function<GraphMailbox, List<T>> held, Consumer<T> what) {
        return ofTenants(
                tenant -> tenant.users().stream()
                        .flatMap(user -> user.reachableMailbox().stream())
                        .map(held)
                        .toList(),
                what);
    }

    private static <T> Consumer<GraphSimulator> ofTenants(Function<GraphTenant, List<List<T>>> held, Consumer<T> what) {
        return simulator -> {
            for (GraphTenant tenant : simulator.tenants()) {
                synchronized (tenant) {
                    for (List<T> all : held.apply(tenant)) {
                        for (int i = 0; i < all.size(); i += EVERY) {
                            what.accept(all.get(i));
                        }
                    }
                }
            }
        };
    }
}
