// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import java.time.Duration;

/**
 * How mailboxes are read.
 *
 * @param originals whether the MIME rendering of every message is read, and not only of those that need it
 * @param settingsEvery for how long rules, categories and settings are taken to be as they were read
 */
public record MailOptions(boolean originals, Duration settingsEvery) {}
