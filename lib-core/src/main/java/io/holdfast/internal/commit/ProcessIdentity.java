// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.internal.format.LeaseRecord;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who this process is among all that may hold a lease, and whether another one is certainly gone. Safe for use by several threads. */
public interface ProcessIdentity {

    /**
     * This process.
     *
     * @return who it is
     */
    LeaseRecord.Owner self();

    /**
     * What this process knows of another.
     *
     * @param owner the other
     * @return whether it lives, is gone, or nobody can tell from here
     */
    Liveness livenessOf(LeaseRecord.Owner owner);

    /** Whether a process lives. */
    enum Liveness {
        /** It runs on this machine. */
        ALIVE,
        /** It ran on this machine and no longer does. */
        GONE,
        /** It runs elsewhere, or nobody can tell. */
        UNKNOWN
    }

    /**
     * The identity of this process as its system tells it.
     *
     * @return by {@code /proc} where there is one; else one that can never tell that another is gone
     */
    static ProcessIdentity ofThisProcess() {
        Path proc = Path.of("/proc");
        return Files.isReadable(proc.resolve("self/stat"))
                        && Files.isReadable(proc.resolve("sys/kernel/random/boot_id"))
                ? new LinuxProcessIdentity(proc, Path.of("/etc"))
                : new PortableProcessIdentity();
    }
}
