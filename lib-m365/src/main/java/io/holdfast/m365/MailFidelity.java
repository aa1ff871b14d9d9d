// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

/** How messages are read. */
public enum MailFidelity {
    /**
     * Body, internet headers, and all attachments, many messages at a time; the MIME rendering only of messages that are signed, encrypted, hold other
     * items, or cannot be read otherwise. At most about 60 requests for 1,000 messages.
     */
    ECONOMICAL,
    /** The MIME rendering of every message besides: a request more for each. */
    ORIGINAL
}
