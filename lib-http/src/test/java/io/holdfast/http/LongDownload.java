// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import io.holdfast.exchange.Deadlines;
import io.holdfast.exchange.Download;
import io.holdfast.exchange.Exchanger;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.ServiceRequest;
import io.holdfast.pacing.Cost;
import io.holdfast.pacing.PacedRequest;
import io.holdfast.pacing.Priority;
import io.holdfast.pacing.Scope;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.http.Flaw;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.RangePeer;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.http.ServerIdentity;
import io.holdfast.simulators.http.WirePeer;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Downloads content over TLS connections that break every 50 MB and stand still twice, in a JVM of its own with a small heap; prints how many
 * connections it took and whether the content was right.
 */
final class LongDownload {
    private static final long BREAKS_AFTER = 50_000_000;
    private static final int FIRST_STALL = 5;
    private static final int SECOND_STALL = 11;

    private LongDownload() {}

    public static void main(String[] arguments) throws Exception {
        long length = Long.parseLong(arguments[0]);
        RangePeer content = new RangePeer(length, offset -> new Pattern(offset, length), "\"v1\"");
        AtomicInteger connections = new AtomicInteger();
        ServerIdentity identity = ServerIdentity.of("localhost");
        try (WirePeer peer = WirePeer.secure(identity, request -> spoilt(content, request, connections));
                OkHttpTransport transport =
                        OkHttpTransport.builder().trust(identity.trust()).build()) {
            Exchanger exchanger = Exchanger.builder(transport, TimeSource.system(), Randomness.secure())
                    .build();
            try (Download download = exchanger.download(() -> request(peer), 0, Optional.empty())) {
                String got = digest(download);
                boolean right = got.equals(digest(new Pattern(0, length)));
                System.out.println("connections " + connections + " bytes " + download.position() + " right " + right);
            }
        }
    }

    private static Reply spoilt(RangePeer content, PeerRequest request, AtomicInteger connections) {
        int number = connections.incrementAndGet();
        boolean stalls = number == FIRST_STALL || number == SECOND_STALL;
        return content.apply(request)
                .spoilt(stalls ? new Flaw.Stall(BREAKS_AFTER) : new Flaw.Cut(BREAKS_AFTER, number % 2 == 0));
    }

    private static ServiceRequest request(WirePeer peer) {
        Deadlines deadlines = new Deadlines(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(1));
        return ServiceRequest.of(
                new PacedRequest(Scope.provider("m365"), "drive.content", Cost.request(1), Priority.BACKUP),
                HttpRequest.get(peer.uri("/content")).within(deadlines));
    }

    private static String digest(InputStream stream) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] block = new byte[1 << 16];
        for (int got = stream.read(block); got >= 0; got = stream.read(block)) {
            digest.update(block, 0, got);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Bytes of which every one depends on where it stands. */
    private static final class Pattern extends InputStream {
        private final long length;
        private long position;

        private Pattern(long offset, long length) {
            this.position = offset;
            this.length = length;
        }

        private static byte at(long position) {
            long mixed = (position >>> 3) * 0x9E3779B97F4A7C15L;
            return (byte) (mixed >>> ((position & 7) << 3));
        }

        @Override
        public int read() throws IOException {
            return position == length ? -1 : at(position++) & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) {
            if (position == length) {
                return -1;
            }
            int given = (int) Math.min(count, length - position);
            for (int i = 0; i < given; i++) {
                bytes[offset + i] = at(position + i);
            }
            position += given;
            return given;
        }
    }
}
