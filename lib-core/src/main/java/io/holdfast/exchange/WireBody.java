// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import java.io.FilterInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The bytes of a body as they come over the wire: counted, compared with the length and the hash that were
 * announced, and refused if they only drip. */
final class WireBody extends FilterInputStream {
    private final Attempt attempt;
    private final Optional<Long> announced;
    private final Optional<BodyDigest> digest;
    private final long stallNanos;
    private long count;
    private long reading;
    private long countAtMark;

    WireBody(HttpResponse response, Attempt attempt, Deadlines deadlines) {
        super(response.body());
        this.attempt = attempt;
        this.announced = ContentLength.of(response.fields());
        this.digest = BodyDigest.of(response.fields());
        this.stallNanos = deadlines.stall().toNanos();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        long begun = attempt.time().nanos();
        int got = super.read(bytes, offset, length);
        // The reader's own pauses are not the sender's.
        reading += attempt.time().nanos() - begun;
        if (got < 0) {
            requireWhole();
        } else {
            count += got;
            digest.ifPresent(each -> each.add(bytes, offset, got));
            attempt.received(got);
            requireProgress();
        }
        return got;
    }

    @Override
    public long skip(long bytes) throws IOException {
        byte[] dropped = new byte[(int) Math.max(0, Math.min(bytes, 8192))];
        return Math.max(0, read(dropped, 0, dropped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void requireWhole() throws TransportException {
        if (announced.isPresent() && announced.get() != count) {
            throw new TransportException(
                    TransportException.Phase.BODY,
                    "the body has " + count + " bytes; " + announced.get() + " were announced",
                    null);
        }
        if (digest.isPresent() && !digest.get().isRight()) {
            throw new TransportException(
                    TransportException.Phase.BODY, "the body has another hash than was announced", null);
        }
    }

    private void requireProgress() throws TransportException {
        if (reading < stallNanos) {
            return;
        }
        if (count - countAtMark < Deadlines.LEAST_BYTES) {
            throw new TransportException(
                    TransportException.Phase.BODY,
                    "the body drips: " + (count - countAtMark) + " bytes in " + Duration.ofNanos(reading),
                    null);
        }
        reading = 0;
        countAtMark = count;
    }
}
