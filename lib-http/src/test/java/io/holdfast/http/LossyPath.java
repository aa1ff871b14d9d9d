// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import io.holdfast.diagnosis.Diagnosis;
import java.io.IOException;

/**
 * Examines a service to which the kernel drops packets, in a network namespace of its own: {@code LossyPath RULE}, where the rule of nftables says what happens
 * to a packet to or from the service, such as {@code drop}. Prints the layers, a tab, and the verdict.
 */
final class LossyPath {
    private LossyPath() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (DoctorBench bench = new DoctorBench()) {
            Diagnosis sound = bench.examine(bench.direct);
            int port = bench.service.port();
            for (String end : new String[] {"dport", "sport"}) {
                run("nft", "add rule inet holdfast path tcp " + end + " " + port + " " + arguments[0]);
            }
            Diagnosis lossy = bench.examine(bench.direct);
            System.out.println(DoctorBench.layers(sound) + "\t" + DoctorBench.layers(lossy) + "\t" + lossy.verdict());
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + code);
        }
    }
}
