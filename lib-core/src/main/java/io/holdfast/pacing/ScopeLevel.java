// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

/** The levels at which services count, from the widest to the narrowest. */
public enum ScopeLevel {
    /** A vendor's service as a whole. */
    PROVIDER,
    /** One of its clouds, such as a national one. */
    CLOUD,
    /** An organisation. */
    TENANT,
    /** An application registered with the organisation. */
    APPLICATION,
    /** A part of the service that counts on its own, such as mailboxes, drives, the directory, or identity. */
    POOL,
    /** One mailbox, drive, site or channel. */
    RESOURCE
}
