// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.exchange.Download;
import io.holdfast.exchange.Exchanger;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.ServiceRequest;
import io.holdfast.pacing.Cost;
import io.holdfast.pacing.PacedRequest;
import io.holdfast.pacing.Priority;
import io.holdfast.pacing.Scope;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.simulators.http.Flaw;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.RangePeer;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.http.SimulatedTransport;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SimTime;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class DownloadTest {
    private static final int MIB = 1 << 20;

    private final SimTime time = SimTime.create();
    private final SeededRandomness randomness = new SeededRandomness(3);
    private final byte[] content = new byte[10 * MIB];
    private final List<PeerRequest> sent = new ArrayList<>();
    private final AtomicInteger addresses = new AtomicInteger();
    private RangePeer peer = new RangePeer(content, "\"v1\"");
    private UnaryOperator<Reply> spoil = reply -> reply;

    private Exchanger exchanger() {
        return Exchanger.builder(
                        new SimulatedTransport(time, Duration.ofMillis(5), (request, received) -> {
                            sent.add(received);
                            return spoil.apply(peer.apply(received));
                        }),
                        time,
                        randomness)
                .build();
    }

    private ServiceRequest request() {
        return ServiceRequest.of(
                new PacedRequest(Scope.provider("m365"), "drive.content", Cost.request(1), Priority.BACKUP),
                HttpRequest.get(URI.create("https://files.example/" + addresses.incrementAndGet())));
    }

    private Download download(long offset, Optional<String> validator) {
        return exchanger().download(this::request, offset, validator);
    }

    private static FailureException failure(Download download) {
        FailureException failed = catchThrowableOfType(FailureException.class, download::readAllBytes);
        assertThat(failed).isNotNull();
        return failed;
    }

    DownloadTest() {
        new Random(1).nextBytes(content);
    }

    @Test
    void readsOverOneConnectionIfItHolds() throws IOException {
        try (Download download = download(0, Optional.empty())) {
            assertThat(download.total()).hasValue(10 * MIB);
            assertThat(download.validator()).contains("\"v1\"");
            assertThat(download.readAllBytes()).isEqualTo(content);
            assertThat(download.position()).isEqualTo(10 * MIB);
        }
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).fields().first("accept-encoding")).contains("identity");
    }

    @Test
    void goesOnWhereAConnectionBrokeWithAnAddressOfItsOwnEachTime() throws IOException {
        spoil = reply -> reply.spoilt(new Flaw.Cut(3 * MIB, true));
        try (Download download = download(0, Optional.empty())) {
            assertThat(download.readAllBytes()).isEqualTo(content);
        }
        assertThat(sent).hasSize(4);
        assertThat(sent)
                .extracting(request -> request.fields().first("range").orElse("-"))
                .containsExactly("-", "bytes=" + 3 * MIB + "-", "bytes=" + 6 * MIB + "-", "bytes=" + 9 * MIB + "-");
        assertThat(sent.get(1).fields().first("if-range")).contains("\"v1\"");
        assertThat(sent).extracting(PeerRequest::target).containsExactly("/1", "/2", "/3", "/4");
    }

    @Test
    void goesOnAfterAStall() throws IOException {
        spoil = reply -> sent.size() == 1 ? reply.spoilt(new Flaw.Stall(2 * MIB)) : reply;
        try (Download download = download(0, Optional.empty())) {
            assertThat(download.readAllBytes()).isEqualTo(content);
        }
        assertThat(sent).hasSize(2);
    }

    @Test
    void leavesItToTheRetrierWhenAConnectionBringsLittle() throws IOException {
        spoil = reply -> reply.spoilt(new Flaw.Cut(MIB - 1, true));
        try (Download download = download(0, Optional.empty())) {
            assertThat(failure(download).failure().category()).isEqualTo(FailureCategory.PATH_LOSS);
            assertThat(download.position()).isEqualTo(MIB - 1);
        }
        assertThat(sent).hasSize(1);
    }

    @Test
    void beginsAnywhere() throws IOException {
        try (Download download = download(4 * MIB, Optional.of("\"v1\""))) {
            assertThat(download.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 4 * MIB, 10 * MIB));
            assertThat(download.total()).hasValue(10 * MIB);
        }
    }

    @Test
    void doesNotSpliceTwoContents() {
        spoil = reply -> reply.spoilt(new Flaw.Cut(2 * MIB, true));
        Download download = download(0, Optional.empty());
        peer = new RangePeer(new byte[10 * MIB], "\"v2\"");
        assertThat(failure(download).failure().category()).isEqualTo(FailureCategory.CONTENT_MISMATCH);
        assertThat(download.position()).isEqualTo(2 * MIB);
    }

    @Test
    void noticesWhenTheServiceIgnoresRanges() {
        spoil = reply -> Reply.of(200).with("ETag", "\"v1\"").with(content);
        FailureException failed =
                catchThrowableOfType(FailureException.class, () -> download(MIB, Optional.of("\"v1\"")));
        assertThat(failed.failure().category()).isEqualTo(FailureCategory.CONTENT_MISMATCH);
        assertThat(failed.getMessage()).contains("without the range");
    }

    @Test
    void noticesWhenTheServiceGivesAnotherRange() {
        spoil = reply -> reply.with("Content-Range", "bytes 0-99/" + 10 * MIB);
        FailureException failed =
                catchThrowableOfType(FailureException.class, () -> download(MIB, Optional.of("\"v1\"")));
        assertThat(failed.getMessage()).contains("instead of " + MIB);
    }

    @Test
    void doesNotGoOnWithoutAStrongValidator() throws IOException {
        peer = new RangePeer(content, "W/\"v1\"");
        spoil = reply -> reply.spoilt(new Flaw.Cut(3 * MIB, true));
        try (Download download = download(0, Optional.empty())) {
            assertThat(download.validator()).isEmpty();
            assertThat(failure(download).failure().category()).isEqualTo(FailureCategory.PATH_LOSS);
        }
        assertThat(sent).hasSize(1);
    }

    @Test
    void isWholeWhenItBreaksBehindItsLastByte() throws IOException {
        spoil = reply -> reply.spoilt(new Flaw.Cut(10 * MIB, true));
        try (Download download = download(0, Optional.empty())) {
            assertThat(download.readAllBytes()).isEqualTo(content);
        }
        assertThat(sent).hasSize(1);
    }
}
