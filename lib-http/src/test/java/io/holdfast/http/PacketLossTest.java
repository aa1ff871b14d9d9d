// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Packets that the kernel really drops, in a network namespace of a process of its own, so that nobody else's are. Needs Linux, {@code unshare}, {@code ip}
 * and {@code nft}; where no namespace can be made these tests are reported as not run, and {@link DoctorTest} has the same troubles made by peers.
 */
@Timeout(120)
@EnabledIf("aNamespaceCanBeMade")
final class PacketLossTest {
    private static final String NAMESPACE =
            "ip link set lo up && nft add table inet holdfast && nft add chain inet holdfast path"
                    + " '{ type filter hook input priority 0; }'";

    static boolean aNamespaceCanBeMade() throws InterruptedException {
        try {
            return inNamespace(List.of("true")).code == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private record Ended(int code, String out) {}

    private static Ended inNamespace(List<String> command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of("unshare", "--net", "--map-root-user", "sh", "-c", NAMESPACE + " && exec \"$@\"", "sh"));
        words.addAll(command);
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), out);
    }

    /** What a doctor finds before and after packets to and from the service meet a rule. */
    private static String found(String rule) throws IOException, InterruptedException {
        Ended ended = inNamespace(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LossyPath.class.getName(),
                rule));
        assertThat(ended.code).as(ended.out).isZero();
        return ended.out.strip();
    }

    @Test
    void aPathThatSwallowsEverythingIsAConnectionThatNobodyAnswers() throws IOException, InterruptedException {
        assertThat(found("drop")).startsWith("[]\t[CONNECT]\t").contains("nothing answers within 1500 ms");
    }

    @Test
    void aPathThatLosesEveryThirdPacketIsNamedByTheConnectionsThatFail() throws IOException, InterruptedException {
        assertThat(found("numgen random mod 10 < 3 drop"))
                .startsWith("[]\t[PATH]\t")
                .containsPattern("\\d+ of 10 connections failed");
    }
}
