// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.RepositoryException;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.model.FeedId;
import io.holdfast.model.ResourceId;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Resource;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RecordCodecsTest {
    private static final Instant TIME = Instant.parse("2030-01-02T03:04:05.678901234Z");
    private static final RunRef RUN =
            new RunRef("manifest", "runs/ab/cd", 5, 1L << 33, filled(1), 9, 4, new byte[] {1}, new byte[] {2, 3});
    /** Long enough to need a length of two bytes, short enough to flip every bit. */
    private static final String CURSOR = "c".repeat(300);

    private static final PackRef PACK = new PackRef(filled(2), true, 77);

    static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static SnapshotRecord snapshot() {
        return new SnapshotRecord(
                SnapshotRecord.Type.FENCE,
                6,
                "lineage",
                "acme \u00fc",
                "local",
                3,
                List.of(new RecordId(5, filled(5)), new RecordId(5, filled(6))),
                Map.of("b", new RecordId(2, filled(7)), "a", new RecordId(1, filled(8))),
                List.of(filled(9), filled(10)),
                4,
                new RecordId(1, filled(11)),
                new SnapshotRecord.State(
                        List.of(RUN),
                        new byte[] {1, 2},
                        ManifestDigest.empty().plus(filled(1)),
                        false,
                        Map.of("x", -1L, "items", 5L)),
                List.of(PACK),
                "progress/x/y",
                new SnapshotRecord.Times(TIME, TIME.plusSeconds(1)),
                new byte[] {3},
                "0.1",
                new byte[0]);
    }

    private static ProgressRecord progress() {
        return new ProgressRecord(
                new ProgressRecord.Base(0, new byte[0]),
                1,
                2,
                "lineage",
                3,
                List.of(RUN),
                new byte[] {4},
                List.of(PACK),
                TIME,
                TIME);
    }

    private static ResourceState resource() {
        return resource(CURSOR);
    }

    private static ResourceState resource(String cursor) {
        Resource.NotCovered why = new Resource.NotCovered(Resource.Reason.LOCKED, "Mail.Read");
        return new ResourceState(
                new Resource(new ResourceId("mail:1"), "mail", "Ana", "ana@example.com", Optional.of(why)),
                List.of(RUN, RUN),
                ManifestDigest.empty().plus(filled(3)),
                new Manifest.Counts(1, 2, 3),
                List.of(new ResourceState.FeedState(
                        new FeedId("inbox"),
                        Feed.Kind.ENUMERATION,
                        Optional.of(new Cursor(cursor, "v1")),
                        TIME,
                        true,
                        7,
                        List.of(RUN),
                        true)),
                List.of(RUN),
                new ResourceState.OpenCounts(1, 2, 3, 4),
                Optional.of(TIME),
                Optional.empty());
    }

    private static LeaseRecord lease() {
        return new LeaseRecord(
                new LeaseRecord.Owner("host", 42, "777", "m", "b", "pid:[1]"),
                new byte[16],
                3,
                2,
                true,
                Optional.of(new RecordId(4, filled(4))),
                TIME,
                TIME);
    }

    private static RetireList retireList() {
        return new RetireList(
                3, List.of(PACK), Map.of("l", List.of(new RecordId(1, filled(1)))), Map.of("l", 4L, "k", 0L));
    }

    private static <T> void roundTrips(T value, Function<T, byte[]> encode, BiFunction<String, byte[], T> decode) {
        byte[] bytes = encode.apply(value);
        T decoded = decode.apply("object", bytes);

        assertThat(decoded).usingRecursiveComparison().isEqualTo(value);
        assertThat(encode.apply(decoded)).isEqualTo(bytes);
        for (int length = 0; length < Math.min(bytes.length, 3000); length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThat(catchThrowable(() -> decode.apply("object", cut)))
                    .as("cut to " + length)
                    .isInstanceOf(RepositoryException.class);
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThat(catchThrowable(() -> decode.apply("object", longer))).isInstanceOf(RepositoryException.class);
        for (int bit = 0; bit < Math.min(bytes.length, 1000) * 8; bit++) {
            byte[] altered = bytes.clone();
            altered[bit / 8] ^= (byte) (1 << (bit % 8));
            Throwable thrown = catchThrowable(() -> decode.apply("object", altered));
            assertThat(thrown == null || thrown instanceof RepositoryException)
                    .as("bit " + bit + ": " + thrown)
                    .isTrue();
        }
    }

    @Test
    void everyRecordComesBackAsItWasAndACutOneIsRefused() {
        roundTrips(snapshot(), SnapshotRecordCodec::encode, SnapshotRecordCodec::decode);
        roundTrips(progress(), ProgressRecordCodec::encode, ProgressRecordCodec::decode);
        roundTrips(resource(), ResourceStateCodec::encode, ResourceStateCodec::decode);
        roundTrips(lease(), LeaseRecordCodec::encode, LeaseRecordCodec::decode);
        roundTrips(retireList(), RetireListCodec::encode, RetireListCodec::decode);
    }

    @Test
    void theLongestCursorComesBack() {
        ResourceState longest = resource("\u00fc".repeat(Cursor.MAX_LENGTH));

        assertThat(ResourceStateCodec.decode("o", ResourceStateCodec.encode(longest)))
                .isEqualTo(longest);
    }

    @Test
    void theBytesOfARecordDoNotDependOnTheOrderOfMaps() {
        SnapshotRecord record = snapshot();
        byte[] first = SnapshotRecordCodec.encode(record);

        for (int i = 0; i < 5; i++) {
            assertThat(SnapshotRecordCodec.encode(SnapshotRecordCodec.decode("o", first)))
                    .isEqualTo(first);
        }
    }

    @Test
    void theBytesOfALeaseAreThoseThatFormatMdShows() {
        LeaseRecord tiny = new LeaseRecord(
                new LeaseRecord.Owner("h", 1, "", "", "", ""),
                new byte[16],
                1,
                0,
                false,
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH);

        assertThat(HexFormat.of().formatHex(LeaseRecordCodec.encode(tiny)))
                .isEqualTo("a801a60161680201036004600560066002500000000000000000000000000000000003010400"
                        + "05f406f60782000008820000");
    }

    @Test
    void whatAWriterMayNotWriteIsRefusedBeforeItIsStored() {
        SnapshotRecord record = snapshot();
        SnapshotRecord tooMuch = new SnapshotRecord(
                record.type(),
                record.number(),
                record.lineage(),
                record.source(),
                record.tenant(),
                record.epoch(),
                record.parents(),
                record.siblings(),
                record.history(),
                record.seen(),
                record.descriptor(),
                record.state(),
                record.packs(),
                record.usedProgress(),
                record.times(),
                new byte[SnapshotRecordCodec.MAX_OBSERVATIONS + 1],
                record.engine(),
                record.signature());

        assertThatThrownBy(() -> SnapshotRecordCodec.encode(tooMuch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65537 bytes of observations");
    }

    @Test
    void frontsKeepTheNamesOfObjectsInFewBytes() {
        String hex = "0123456789abcdef".repeat(4);
        RecordFront front = new RecordFront(
                List.of(new RecordId(1, filled(1))),
                List.of(
                        "data/01/" + hex,
                        "data/ff/" + "f".repeat(64),
                        "index/aaaa/" + hex,
                        "index/heads/" + "0".repeat(20),
                        "meta/99/" + hex));

        byte[] bytes = front.encode();

        assertThat(RecordFront.decode("o", bytes)).isEqualTo(front);
        assertThat(bytes.length).isLessThan(5 * 32 + 150);
    }

    @Test
    void unknownFieldsFrom64OnAreSkippedAndLowerOnesAreRefused() {
        Function<CborReader, Long> reader = r -> r.field(1).count();
        byte[] optional = CborWriter.write(3, w -> {
            w.field(1).number(5);
            w.field(64).list(List.of(1, 2), (o, v) -> o.map(1, m -> m.field(1).text("nested")));
            w.field(70).absent();
        });
        byte[] critical = CborWriter.write(2, w -> {
            w.field(1).number(5);
            w.field(2).number(6);
        });

        assertThat(CborReader.read("o", optional, reader)).isEqualTo(5);
        assertThatThrownBy(() -> CborReader.read("o", critical, reader))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("field 2");
    }

    @Test
    void lengthsThatTheBytesOnlyClaimAreNotAllocated() {
        for (String head : List.of("a1015b7fffffffffffffff", "a1015a7fffffff", "a1017a7fffffff", "a1019a7fffffff")) {
            byte[] bomb = HexFormat.of().parseHex(head);

            assertThatThrownBy(() -> CborReader.read("bomb", bomb, r -> readAny(r.field(1), head)))
                    .isInstanceOf(RepositoryException.class)
                    .hasMessageContaining("bomb");
        }
    }

    private static Object readAny(CborReader in, String head) {
        return switch (head.charAt(4)) {
            case '5' -> in.bytes(0, 100);
            case '7' -> in.text(100);
            default -> in.list(100, CborReader::count);
        };
    }

    @Test
    void aListOfTooManyValuesIsALimitAndNotDamage() {
        byte[] bytes = CborWriter.write(1, w -> w.field(1).list(List.of(1, 2, 3), (o, v) -> o.number(v)));

        assertThatThrownBy(() -> CborReader.read("o", bytes, r -> r.field(1).list(2, CborReader::count)))
                .isInstanceOf(RepositoryException.class)
                .extracting(e -> ((HoldfastException) e).code())
                .isEqualTo(ErrorCode.FORMAT_LIMIT);
    }
}
