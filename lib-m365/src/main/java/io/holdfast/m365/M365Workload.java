// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import java.util.Locale;

/** What of a tenant is backed up. */
public enum M365Workload {
    /** Mailboxes: folders, messages, rules, categories, settings. */
    MAIL,
    /** Calendars: events, series with all that is different in them, attachments. */
    CALENDAR,
    /** Contacts with their folders and photos. */
    CONTACTS,
    /** The OneDrive of each user. */
    ONEDRIVE,
    /** The document libraries of sites. */
    SHAREPOINT;

    /**
     * The name in configurations, resource ids and reports.
     *
     * @return lower case
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
