// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import io.holdfast.m365.internal.workload.Owner;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.Resource.NotCovered;
import io.holdfast.source.Resource.Reason;
import java.util.List;
import java.util.Optional;

/** Which drives of a tenant one workload is about. Safe for use by several threads. */
interface DriveDirectory {

    /** The workload's name, before the colon of resource ids. */
    String name();

    /** The application permissions of which one is needed to find and to read its drives. */
    List<String> permissions();

    /** The drive that belongs to a user, or nothing yet; without a question to the service if nothing of it may be read. */
    Optional<Resource> ofOwner(Owner owner, boolean readable);

    /** The drives that belong to no user. */
    default Pull<Resource> ofTenant() {
        return Pull.of(List.of());
    }

    /** What became of users of whom there was nothing yet, when all users were named. */
    default Pull<Resource> afterOwners() {
        return Pull.of(List.of());
    }

    /** How a refusal reads in the coverage statement. */
    static NotCovered notCovered(FailureException refusal) {
        String code = refusal.failure().code();
        return refusal.failure().category() == FailureCategory.NOT_AVAILABLE
                ? new NotCovered(Reason.LOCKED, "the site is locked: " + code)
                : new NotCovered(Reason.NOT_REACHABLE, "the site is closed to this application: " + code);
    }
}
