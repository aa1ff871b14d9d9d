// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.internal.format.LeaseRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Who this process is on Linux: machine id, boot id, process namespace, process number and start time.
 *
 * <p>A process number may be given anew, so a process is the same only with its start time; and a process that was killed and not yet
 * collected by its parent is gone, though it still has a number.
 */
final class LinuxProcessIdentity implements ProcessIdentity {
    /** Fields of {@code /proc/PID/stat} behind the name in parentheses (proc(5)): the third is the state, the 22nd the start time. */
    private static final int STATE = 0;

    private static final int START_TIME = 19;

    private final Path proc;
    private final Path etc;

    LinuxProcessIdentity(Path proc, Path etc) {
        this.proc = proc;
        this.etc = etc;
    }

    @Override
    public LeaseRecord.Owner self() {
        String start;
        try {
            start = stat("self")[START_TIME];
        } catch (IOException unreadable) {
            start = "";
        }
        return new LeaseRecord.Owner(
                PortableProcessIdentity.hostName(),
                ProcessHandle.current().pid(),
                start,
                line(etc.resolve("machine-id")),
                line(proc.resolve("sys/kernel/random/boot_id")),
                namespace());
    }

    @Override
    public Liveness livenessOf(LeaseRecord.Owner owner) {
        LeaseRecord.Owner self = self();
        boolean here = !self.bootId().isEmpty()
                && !self.pidNamespace().isEmpty()
                && self.machineId().equals(owner.machineId())
                && self.bootId().equals(owner.bootId())
                && self.pidNamespace().equals(owner.pidNamespace());
        if (!here || owner.startTime().isEmpty()) {
            return Liveness.UNKNOWN;
        }
        try {
            String[] fields = stat(Long.toString(owner.pid()));
            boolean dead = fields[STATE].equals("Z") || fields[STATE].equals("X");
            return dead || !fields[START_TIME].equals(owner.startTime()) ? Liveness.GONE : Liveness.ALIVE;
        } catch (NoSuchFileException noSuchProcess) {
            return Liveness.GONE;
        } catch (IOException unreadable) {
            return Liveness.UNKNOWN;
        }
    }

    /** The fields behind the name, which may itself hold spaces and parentheses. */
    private String[] stat(String process) throws IOException {
        String text = Files.readString(proc.resolve(process).resolve("stat"), StandardCharsets.ISO_8859_1);
        String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ");
        if (fields.length <= START_TIME) {
            throw new IOException("/proc/" + process + "/stat has " + fields.length + " fields behind the name");
        }
        return fields;
    }

    private String namespace() {
        try {
            return Files.readSymbolicLink(proc.resolve("self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException unknown) {
            return "";
        }
    }

    private static String line(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException unknown) {
            return "";
        }
    }
}
