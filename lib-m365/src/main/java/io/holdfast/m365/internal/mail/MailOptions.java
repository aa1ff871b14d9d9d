// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

/**
 * How mailboxes are read.
 *
 * @param originals whether the MIME rendering of every message is read, and not only of those that need it
 */
public record MailOptions(boolean originals) {}
