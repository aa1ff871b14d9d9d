// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.internal.format.LeaseRecord;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/** What Java alone knows of this process. A host name proves no machine, so nothing is ever said of another process. */
final class PortableProcessIdentity implements ProcessIdentity {

    @Override
    public LeaseRecord.Owner self() {
        ProcessHandle self = ProcessHandle.current();
        String start = self.info().startInstant().map(Instant::toString).orElse("");
        return new LeaseRecord.Owner(hostName(), self.pid(), start, "", "", "");
    }

    @Override
    public Liveness livenessOf(LeaseRecord.Owner owner) {
        return Liveness.UNKNOWN;
    }

    static String hostName() {
        String name;
        try {
            name = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            name = "unknown host";
        }
        return name.length() <= 255 ? name : name.substring(0, 255);
    }
}
