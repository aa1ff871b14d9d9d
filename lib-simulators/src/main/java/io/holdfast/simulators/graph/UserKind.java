// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

/** What an account is; it decides whether there is a mailbox. */
public enum UserKind {
    /** A person with a licence and a mailbox. */
    MEMBER("user", true, true),
    /** A person without a licence, so without a mailbox. */
    UNLICENSED("user", false, false),
    /** A person whose mailbox is on premises: licensed, but there is nothing in the cloud. */
    ON_PREMISES("user", true, false),
    /** Somebody of another tenant. */
    GUEST("user", false, false),
    /** A mailbox that several people share; needs no licence. */
    SHARED("shared", false, true),
    /** A room. */
    ROOM("room", false, true),
    /** Equipment. */
    EQUIPMENT("equipment", false, true);

    private final String purpose;
    private final boolean licensed;
    private final boolean mailbox;

    UserKind(String purpose, boolean licensed, boolean mailbox) {
        this.purpose = purpose;
        this.licensed = licensed;
        this.mailbox = mailbox;
    }

    /** As the mailbox settings call it. */
    String purpose() {
        return purpose;
    }

    boolean isLicensed() {
        return licensed;
    }

    boolean hasMailbox() {
        return mailbox;
    }
}
