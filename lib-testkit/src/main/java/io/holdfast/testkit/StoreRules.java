// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.runtime.TimeSource;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the groups of rules about stores share: the store under test, and short ways to use it. */
abstract class StoreRules {
    /** Where the rules get their store from. */
    interface Fixture {
        ObjectStore store();

        ObjectStore openAgain() throws Exception;

        TimeSource time();
    }

    private final Fixture fixture;

    StoreRules(Fixture fixture) {
        this.fixture = fixture;
    }

    final ObjectStore store() {
        return fixture.store();
    }

    final ObjectStore openAgain() throws Exception {
        return fixture.openAgain();
    }

    final TimeSource time() {
        return fixture.time();
    }

    static ObjectName name(String value) {
        return new ObjectName(value);
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes that no compression or zero-filling could get right by chance. */
    static byte[] noise(int length, long seed) {
        return new SeededRandomness(seed).bytes(length);
    }

    final PutResult put(String name, byte[] bytes) {
        return store().put(name(name), ObjectBody.of(bytes), PutOptions.overwrite());
    }

    final PutResult create(String name, byte[] bytes) {
        return store().put(name(name), ObjectBody.of(bytes), PutOptions.createOnly());
    }

    final byte[] read(String name) {
        return read(store(), name, ByteRange.all());
    }

    final byte[] read(String name, ByteRange range) {
        return read(store(), name, range);
    }

    static byte[] read(ObjectStore store, String name, ByteRange range) {
        try (InputStream in = store.get(name(name), range)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError("a store's stream reports with StoreException", e);
        }
    }

    final List<String> list(String prefix) {
        return stats(prefix).stream().map(stat -> stat.name().value()).toList();
    }

    final List<ObjectStat> stats(String prefix) {
        List<ObjectStat> found = new ArrayList<>();
        try (ObjectListing listing = store().list(prefix)) {
            listing.forEachRemaining(found::add);
        }
        return found;
    }

    final void assertHasNothingUnder(String name) {
        assertThat(store().stat(name(name))).as("stat of %s", name).isEmpty();
        assertThat(list("")).as("listing").doesNotContain(name);
        assertFails(ErrorCode.STORE_OBJECT_MISSING, () -> read(name));
    }

    static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    final void assertUnsupported(ThrowingCallable call) {
        assertFails(ErrorCode.STORE_UNSUPPORTED, call);
    }

    /**
     * Runs a task on as many threads, all let go at once, and gives back what they returned.
     *
     * <p>They are not those of a runtime: virtual threads are not time-sliced, and readers that never wait would keep a writer from ever
     * getting its turn.
     */
    static <T> List<T> together(int threads, IntFunction<Callable<T>> task) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        List<FutureTask<T>> running = IntStream.range(0, threads)
                .mapToObj(i -> new FutureTask<>(() -> {
                    Callable<T> mine = task.apply(i);
                    start.await();
                    return mine.call();
                }))
                .toList();
        running.forEach(each -> new Thread(each, "together").start());
        List<T> results = new ArrayList<>();
        for (FutureTask<T> each : running) {
            results.add(each.get());
        }
        return results;
    }
}
