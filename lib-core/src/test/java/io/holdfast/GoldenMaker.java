// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.crypto.Encryptor;
import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.format.Descriptor;
import io.holdfast.internal.format.DescriptorCodec;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.pack.Lane;
import io.holdfast.internal.repository.OpenRepository;
import io.holdfast.internal.repository.RepositoryEngine;
import io.holdfast.internal.repository.RepositoryPlan;
import io.holdfast.internal.repository.RunDraft;
import io.holdfast.internal.repository.SeenKeys;
import io.holdfast.internal.repository.SessionWork;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.model.ItemKey;
import io.holdfast.model.TenantId;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import io.holdfast.source.Feed;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.StoreCapabilities;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Writes the golden repositories; run once for each version of the format, see the README beside them. */
final class GoldenMaker {
    private static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00Z");
    private static final StoreCapabilities ABLE = new StoreCapabilities(true, true, true, true, false, true);

    private final ObjectStore store;
    private final HoldfastRuntime runtime;

    private GoldenMaker() {
        TimeSource time = new SteppingTime();
        SplittableRandom random = new SplittableRandom(20260302);
        this.store = new InMemoryObjectStore(ABLE, time);
        this.runtime = HoldfastRuntime.builder()
                .time(time)
                .simulatedRandomness(bytes -> {
                    synchronized (random) {
                        random.nextBytes(bytes);
                    }
                })
                .build();
    }

    /**
     * Writes all cases below the folder of golden repositories.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws IOException {
        GoldenMaker maker = new GoldenMaker();
        try {
            GoldenRepository sound = maker.sound();
            sound.write();
            maker.spoilt(sound);
        } finally {
            maker.runtime.close();
        }
    }

    private GoldenRepository sound() throws IOException {
        Properties expected;
        try (Repository repository =
                Repository.create(store, GoldenRepository.rawKey()).on(runtime)) {
            backup(repository, 1);
            repository.rebuildIndex();
            repository.addKey(GoldenRepository.passphrase());
            repository.rotateDataKey();
        }
        try (Repository repository =
                Repository.open(store, GoldenRepository.rawKey()).on(runtime)) {
            backup(repository, 2);
            expected = GoldenRepository.contents(repository);
        }
        breakOff();
        TreeMap<String, byte[]> objects = GoldenRepository.objects(store);
        // They say which machine this was, and nobody needs them.
        objects.keySet().removeIf(name -> name.startsWith(ObjectNames.LEASES));
        return new GoldenRepository(GoldenRepository.SOUND, objects, expected);
    }

    private void backup(Repository repository, int state) {
        BackupSession.builder()
                .on(runtime)
                .from(new GoldenSource(state))
                .into(repository)
                .build()
                .run();
    }

    /** Leaves a progress record with a pack and a run of keys seen. */
    private void breakOff() {
        RepositoryPlan plan = new RepositoryPlan(
                store,
                GoldenRepository.rawKey(),
                Encryptor.aes256Gcm(),
                RetryPolicy.never(),
                Optional.empty(),
                false,
                runtime,
                "golden");
        try (OpenRepository repository = RepositoryEngine.open(plan);
                SessionWork work = repository.begin(GoldenSource.ID, new TenantId("example"), runtime.memory())) {
            byte[] bytes = "stored by a session that was broken off".getBytes(StandardCharsets.UTF_8);
            work.store(Lane.content(GoldenSource.MAILBOX), bytes, 0, bytes.length);
            SeenKeys seen = work.seen(List.of());
            seen.add(new ItemKey("inbox"));
            RunDraft draft = seen.freeze(work.number()).orElseThrow();
            work.flush(List.of(draft));
            ResourceState before = work.table().find(GoldenSource.MAILBOX).orElseThrow();
            ResourceState.FeedState feed = before.feeds().get(0);
            work.table()
                    .put(new ResourceState(
                            before.resource(),
                            before.manifest(),
                            before.digest(),
                            before.counts(),
                            List.of(new ResourceState.FeedState(
                                    feed.id(),
                                    Feed.Kind.ENUMERATION,
                                    Optional.empty(),
                                    BEGIN,
                                    false,
                                    feed.passes(),
                                    seen.runs(),
                                    true)),
                            before.ledger(),
                            before.openCounts(),
                            Optional.of(BEGIN),
                            Optional.empty()));
            work.checkpoint();
        }
    }

    private void spoilt(GoldenRepository sound) throws IOException {
        String lineage = only(sound, ObjectNames.SNAPSHOTS, 0).substring(0, ObjectNames.SNAPSHOTS.length() + 32);
        String first = lineage + "/" + ObjectNames.digits(1);
        String second = lineage + "/" + ObjectNames.digits(2);
        byte[] newest = bytes(sound, second);
        String pack = largest(sound);
        spoil("bit-flipped-in-a-pack", Map.of(pack, flipped(bytes(sound, pack))), "damage", pack);
        spoil("record-cut", Map.of(second, Arrays.copyOf(newest, newest.length - 1)), "damage", second);
        spoil("record-replayed", Map.of(second, bytes(sound, first)), "damage", second);
        spoil("pack-missing", Map.of(), "damage", pack, "deleted", pack);
        spoil("newest-record-missing", Map.of(), "damage", "snapshots/", "deleted", second, "witness", witness(newest));
        spoil("later-format", Map.of("config/" + ObjectNames.digits(1), later(sound)), "open", "REPO-003");
        spoil("unknown-feature", Map.of("config/" + ObjectNames.digits(2), feature(sound)), "open", "REPO-003");
        String slot = slotOf(sound, "passphrase");
        spoil("absurd-cost", Map.of(slot, dearer(bytes(sound, slot))), "open", "KEY-002", "key", "passphrase");
        spoil("config-altered", Map.of("config/" + ObjectNames.digits(1), altered(sound)), "open", "REPO-004");
    }

    private static void spoil(String name, Map<String, byte[]> changed, String... expected) throws IOException {
        Properties properties = new Properties();
        for (int i = 0; i < expected.length; i += 2) {
            properties.setProperty(expected[i], expected[i + 1]);
        }
        new GoldenRepository(name, new TreeMap<>(changed), properties).write();
    }

    private static byte[] bytes(GoldenRepository sound, String object) {
        return sound.objects().get(object).clone();
    }

    private static String only(GoldenRepository sound, String prefix, int index) {
        return sound.objects().keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .toList()
                .get(index);
    }

    private static String largest(GoldenRepository sound) {
        return sound.objects().entrySet().stream()
                .filter(each -> each.getKey().startsWith(ObjectNames.META)
                        || each.getKey().startsWith(ObjectNames.DATA))
                .max((a, b) -> Integer.compare(a.getValue().length, b.getValue().length))
                .orElseThrow()
                .getKey();
    }

    private static String slotOf(GoldenRepository sound, String provider) {
        return sound.objects().entrySet().stream()
                .filter(each -> each.getKey().startsWith(ObjectNames.KEYS)
                        && !each.getKey().startsWith(ObjectNames.RING))
                .filter(each -> new String(each.getValue(), StandardCharsets.ISO_8859_1).contains(provider))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static byte[] flipped(byte[] bytes) {
        bytes[bytes.length / 3] ^= 0x10;
        return bytes;
    }

    private static byte[] later(GoldenRepository sound) {
        byte[] bytes = bytes(sound, "config/" + ObjectNames.digits(1));
        bytes[11] = 2;
        return bytes;
    }

    private static byte[] altered(GoldenRepository sound) {
        byte[] bytes = bytes(sound, "config/" + ObjectNames.digits(1));
        bytes[bytes.length - 1] ^= 1;
        return bytes;
    }

    private static byte[] feature(GoldenRepository sound) {
        byte[] before = bytes(sound, "config/" + ObjectNames.digits(1));
        Descriptor one = DescriptorCodec.decode("config/1", before);
        Descriptor two = new Descriptor(
                2,
                one.formatVersion(),
                List.of("a-feature-of-tomorrow"),
                one.repositoryId(),
                one.keyFingerprint(),
                one.suite(),
                one.commitMode(),
                one.parameters(),
                sha256(before),
                BEGIN);
        byte[] signed = DescriptorCodec.encode(two);
        byte[] key = GoldenRepository.rawKey().dictatedKey().orElseThrow();
        try (RepositoryKeys keys =
                new RepositoryKeys(key, one.repositoryId(), Encryptor.aes256Gcm(), Randomness.secure())) {
            return DescriptorCodec.withCode(signed, keys.descriptors().of(signed));
        }
    }

    /** Asks for two tebibytes; the plain sum is right again, as an attacker would see to. */
    private static byte[] dearer(byte[] slot) {
        String text = new String(slot, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("memory-kib") + "memory-kib".length();
        ByteBuffer.wrap(slot).putLong(at, 1L << 31);
        byte[] sum = sha256(Arrays.copyOf(slot, slot.length - 32));
        System.arraycopy(sum, 0, slot, slot.length - 32, 32);
        return slot;
    }

    private static String witness(byte[] record) {
        return "2:" + HexFormat.of().formatHex(sha256(record));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A second for each look at the clock. */
    private static final class SteppingTime implements TimeSource {
        private final AtomicLong seconds = new AtomicLong();

        @Override
        public Instant now() {
            return BEGIN.plusSeconds(seconds.incrementAndGet());
        }

        @Override
        public long nanos() {
            return seconds.get() * 1_000_000L;
        }

        @Override
        public void sleep(Duration time) {
            seconds.addAndGet(time.toSeconds());
        }
    }
}
