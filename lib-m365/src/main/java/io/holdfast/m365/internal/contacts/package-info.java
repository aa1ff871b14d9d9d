// SPDX-License-Identifier: Apache-2.0
/**
 * Contacts of Exchange as a workload: folders, contacts and their photos, both ways.
 *
 * <p>Read {@link io.holdfast.m365.internal.contacts.ContactWorkload} first. Depends on the core, on {@code internal.graph} and
 * {@code internal.workload}; ez-vcard is used here alone.
 */
@NullMarked
package io.holdfast.m365.internal.contacts;

import org.jspecify.annotations.NullMarked;
