// SPDX-License-Identifier: Apache-2.0
/**
 * Mailboxes: the tree of folders, messages with their attachments, rules, categories and settings.
 *
 * <p>Read {@link io.holdfast.m365.internal.mail.MailWorkload} first, then {@link io.holdfast.m365.internal.mail.MessageFetch}. Depends on
 * {@code internal.graph} and {@code internal.workload}.
 */
@NullMarked
package io.holdfast.m365.internal.mail;

import org.jspecify.annotations.NullMarked;
