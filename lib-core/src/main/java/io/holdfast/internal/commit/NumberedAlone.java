// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import java.util.function.Supplier;

/**
 * Writes numbered objects whose loss nothing heals, rings and descriptors, where a store would let two writers take one number (FORMAT.md, section 7).
 *
 * <p>Records have the fork rule for that. A ring that is written over takes a data key with it, and all that was sealed under it. So there the
 * maintenance lease is held from the look at what stands to the end of the put. Stateless.
 */
final class NumberedAlone {
    private NumberedAlone() {}

    /**
     * Runs an action, alone if the store does not keep numbers apart.
     *
     * @param repository the repository
     * @param action reads what stands and writes the next number
     * @return what the action gave
     * @throws io.holdfast.error.RepositoryBusyException if another process holds the lease
     */
    @SuppressWarnings("try") // the lease is only held
    static <T> T run(UnlockedRepository repository, Supplier<T> action) {
        if (repository.isConditional()) {
            return action.get();
        }
        Leases leases = new Leases(repository, ProcessIdentity.ofThisProcess(), LeaseTiming.DEFAULT);
        try (Lease ignored = leases.acquire(ObjectNames.MAINTENANCE)) {
            return action.get();
        }
    }
}
