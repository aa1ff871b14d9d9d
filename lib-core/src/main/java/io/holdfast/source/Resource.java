// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import io.holdfast.model.ResourceId;
import java.util.Objects;
import java.util.Optional;

/**
 * One workload of one owner, such as a mailbox, a drive or a folder on disk.
 *
 * @param id its stable identifier
 * @param workload what it is, such as {@code mail} or {@code files}; lower case
 * @param displayName its name for people
 * @param owner whom it belongs to, such as a user's principal name
 * @param notCovered why it cannot be protected, or empty if it can
 */
public record Resource(
        ResourceId id, String workload, String displayName, String owner, Optional<NotCovered> notCovered) {

    /** Checks for null. */
    public Resource {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(notCovered, "notCovered");
    }

    /**
     * Why a resource is not protected.
     *
     * @param reason the kind of reason
     * @param detail what exactly, such as the name of the missing permission
     */
    public record NotCovered(Reason reason, String detail) {
        /** Checks for null. */
        public NotCovered {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(detail, "detail");
        }
    }

    /** The kinds of reasons for which a resource is not protected. */
    public enum Reason {
        /** The owner has no licence. */
        NOT_LICENSED,
        /** A permission or consent is missing; this alone makes a session partial. */
        NO_CONSENT,
        /** The resource has never been set up. */
        NOT_PROVISIONED,
        /** The resource is locked. */
        LOCKED,
        /** The service offers no way to read it. */
        NOT_REACHABLE,
        /** The connector does not read it. */
        NOT_SUPPORTED
    }
}
