// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.m365.internal.calendar.CalendarWorkload;
import io.holdfast.m365.internal.contacts.ContactWorkload;
import io.holdfast.m365.internal.mail.MailWorkload;
import io.holdfast.source.Renderer;
import java.util.ArrayList;
import java.util.List;

/** The renderers of all workloads; they need no tenant. */
final class Renderers {
    private Renderers() {}

    static List<Renderer> all() {
        List<Renderer> all = new ArrayList<>(MailWorkload.forFiles());
        all.addAll(CalendarWorkload.forFiles());
        all.addAll(ContactWorkload.forFiles());
        return List.copyOf(all);
    }
}
