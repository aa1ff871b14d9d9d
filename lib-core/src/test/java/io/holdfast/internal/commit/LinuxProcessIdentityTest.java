// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.internal.commit.ProcessIdentity.Liveness;
import io.holdfast.internal.format.LeaseRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxProcessIdentityTest {
    @TempDir
    private Path root;

    private ProcessIdentity identity;

    @BeforeEach
    void makeProc() throws IOException {
        Files.createDirectories(root.resolve("proc/sys/kernel/random"));
        Files.writeString(root.resolve("proc/sys/kernel/random/boot_id"), "boot-1\n");
        Files.createDirectories(root.resolve("proc/self/ns"));
        Files.createSymbolicLink(root.resolve("proc/self/ns/pid"), Path.of("pid:[4026531836]"));
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/machine-id"), "machine-1\n");
        process("self", "S", 100);
        process("42", "S", 777);
        identity = new LinuxProcessIdentity(root.resolve("proc"), root.resolve("etc"));
    }

    private void process(String pid, String state, long start) throws IOException {
        Path folder = Files.createDirectories(root.resolve("proc").resolve(pid));
        Files.writeString(
                folder.resolve("stat"),
                "42 (odd) name (x)) " + state + " 1 1 1 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 " + start + " 999 1\n");
    }

    private static LeaseRecord.Owner owner(long pid, String start, String machine, String boot) {
        return new LeaseRecord.Owner("host", pid, start, machine, boot, "pid:[4026531836]");
    }

    @Test
    void readsWhoItIs() {
        LeaseRecord.Owner self = identity.self();

        assertThat(self.startTime()).isEqualTo("100");
        assertThat(self.machineId()).isEqualTo("machine-1");
        assertThat(self.bootId()).isEqualTo("boot-1");
        assertThat(self.pidNamespace()).isEqualTo("pid:[4026531836]");
        assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void aProcessIsTheSameOnlyWithItsStartTime() {
        assertThat(identity.livenessOf(owner(42, "777", "machine-1", "boot-1"))).isEqualTo(Liveness.ALIVE);
        assertThat(identity.livenessOf(owner(42, "776", "machine-1", "boot-1"))).isEqualTo(Liveness.GONE);
        assertThat(identity.livenessOf(owner(43, "777", "machine-1", "boot-1"))).isEqualTo(Liveness.GONE);
    }

    @Test
    void aKilledProcessThatNobodyCollectedIsGone() throws IOException {
        process("42", "Z", 777);

        assertThat(identity.livenessOf(owner(42, "777", "machine-1", "boot-1"))).isEqualTo(Liveness.GONE);
    }

    @Test
    void nothingIsSaidOfAnotherMachineBootOrNamespace() {
        assertThat(identity.livenessOf(owner(43, "1", "machine-2", "boot-1"))).isEqualTo(Liveness.UNKNOWN);
        assertThat(identity.livenessOf(owner(43, "1", "machine-1", "boot-2"))).isEqualTo(Liveness.UNKNOWN);
        assertThat(identity.livenessOf(new LeaseRecord.Owner("host", 43, "1", "machine-1", "boot-1", "pid:[1]")))
                .isEqualTo(Liveness.UNKNOWN);
    }

    @Test
    void thisVeryProcessIsAliveAndThePortableIdentityNeverSaysThatAnotherIsGone() {
        ProcessIdentity own = ProcessIdentity.ofThisProcess();
        assertThat(own.livenessOf(own.self())).isIn(Liveness.ALIVE, Liveness.UNKNOWN);
        ProcessIdentity portable = new PortableProcessIdentity();
        assertThat(portable.livenessOf(portable.self())).isEqualTo(Liveness.UNKNOWN);
        assertThat(portable.self().pid()).isEqualTo(own.self().pid());
    }
}
