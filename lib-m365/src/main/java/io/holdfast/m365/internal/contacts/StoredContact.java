// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.contacts;

/** The names of the parts in which a contact is stored. */
final class StoredContact {
    /** The contact, as the service sent it. */
    static final String CONTACT = "contact";
    /** Its photo, as the service sent it. */
    static final String PHOTO = "photo";

    private StoredContact() {}
}
