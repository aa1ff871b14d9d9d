// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.error.HoldfastException;
import io.holdfast.storage.posix.simdisk.SimDisk;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SimTime;
import io.holdfast.testkit.SimulatedCrash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What was acknowledged survives a power loss at any moment, and nothing half-written is ever seen. */
final class PowerLossTest {
    private static final int STEPS = 25;
    private static final int SEEDS = 400;

    /** What a writer was told before the power went. */
    private static final class Told {
        final Map<ObjectName, Integer> written = new HashMap<>();
        Optional<ObjectName> inFlight = Optional.empty();
    }

    private final SimTime time = SimTime.create();

    private ObjectStore open(SimDisk disk, long seed) {
        return PosixObjectStore.builder(disk.top().resolve("backup/store"))
                .createFolder()
                .time(time)
                .randomness(new SeededRandomness(seed))
                .open();
    }

    @Test
    void atAnyCallOfOneSession() {
        SimDisk whole = new SimDisk(time);
        work(whole, 1, new Told());
        long calls = whole.calls();
        assertThat(calls).isGreaterThan(100);

        for (long call = 1; call <= calls; call++) {
            String problem = crash(1, call, false);
            assertThat(problem).as("power lost at call %d", call).isEmpty();
        }
    }

    @Test
    void atRandomCallsOfRandomSessions() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertThat(crash(seed, 1 + new SeededRandomness(seed).nextInt(250), false))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void findsObjectsThatAreLostWhenTheDiskLiesAboutItsSyncs() {
        long lost = 0;
        for (long seed = 1; seed <= 20; seed++) {
            lost += crash(seed, 200, true).isEmpty() ? 0 : 1;
        }
        assertThat(lost)
                .as("sessions out of 20 in which this test notices a loss")
                .isGreaterThan(15);
    }

    /** Runs a session until the power goes and looks at what is left; says what is wrong, or nothing. */
    private String crash(long seed, long call, boolean lying) {
        SimDisk disk = new SimDisk(time);
        if (lying) {
            disk.letSyncsLie();
        }
        disk.losePowerAt(call);
        Told told = new Told();
        try {
            work(disk, seed, told);
        } catch (SimulatedCrash e) {
            // The machine is dead; the next one looks at its disk.
        }
        SimDisk after = disk.afterPowerLoss(new SeededRandomness(seed * 31 + call));
        try (ObjectStore store = open(after, seed + 1)) {
            return check(store, told);
        } catch (HoldfastException e) {
            return e.toString();
        }
    }

    /** Creates records and packs, overwrites leases, deletes a few. */
    private void work(SimDisk disk, long seed, Told told) {
        SeededRandomness chance = new SeededRandomness(seed).branch("work");
        try (ObjectStore store = open(disk, seed)) {
            for (int step = 0; step < STEPS; step++) {
                int kind = chance.nextInt(10);
                if (kind < 7) {
                    ObjectName name = new ObjectName("data/%02x/%d".formatted(chance.nextInt(4), step));
                    put(store, name, step, chance, PutOptions.createOnly(), told);
                } else if (kind < 9) {
                    put(store, new ObjectName("leases/x"), step, chance, PutOptions.overwrite(), told);
                } else if (!told.written.isEmpty()) {
                    delete(store, told.written.keySet().iterator().next(), told);
                }
            }
        }
    }

    private static void put(
            ObjectStore store, ObjectName name, int step, SeededRandomness chance, PutOptions options, Told told) {
        told.inFlight = Optional.of(name);
        PutResult result = store.put(name, ObjectBody.of(content(step, chance)), options);
        assertThat(result).isEqualTo(PutResult.WRITTEN);
        told.written.put(name, step);
        told.inFlight = Optional.empty();
    }

    private static void delete(ObjectStore store, ObjectName name, Told told) {
        told.written.remove(name);
        told.inFlight = Optional.of(name);
        store.delete(name);
        told.inFlight = Optional.empty();
    }

    /** Bytes that tell their step and whether they are whole. */
    private static byte[] content(int step, SeededRandomness chance) {
        byte[] bytes = new byte[12 + chance.nextInt(5_000)];
        chance.fill(bytes);
        ByteBuffer.wrap(bytes).putInt(8, step);
        CRC32C sum = new CRC32C();
        sum.update(bytes, 8, bytes.length - 8);
        ByteBuffer.wrap(bytes).putLong(0, sum.getValue());
        return bytes;
    }

    private static String check(ObjectStore store, Told told) {
        Map<ObjectName, Integer> seen = new HashMap<>();
        try (ObjectListing listing = store.list("")) {
            while (listing.hasNext()) {
                ObjectName name = listing.next().name();
                byte[] bytes = read(store, name);
                CRC32C sum = new CRC32C();
                sum.update(bytes, Math.min(8, bytes.length), Math.max(0, bytes.length - 8));
                if (bytes.length < 12 || ByteBuffer.wrap(bytes).getLong(0) != sum.getValue()) {
                    return name + " is torn: " + bytes.length + " bytes";
                }
                seen.put(name, ByteBuffer.wrap(bytes).getInt(8));
            }
        }
        for (Map.Entry<ObjectName, Integer> each : told.written.entrySet()) {
            Integer step = seen.get(each.getKey());
            if (step == null || step < each.getValue()) {
                return each.getKey() + " of step " + each.getValue() + " is lost; seen is " + step;
            }
        }
        seen.keySet().removeAll(told.written.keySet());
        told.inFlight.ifPresent(seen::remove);
        return seen.isEmpty() ? "" : "nobody put, or somebody deleted, " + seen.keySet();
    }

    private static byte[] read(ObjectStore store, ObjectName name) {
        try (InputStream in = store.get(name, ByteRange.all())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
