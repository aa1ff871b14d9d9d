// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.StoreException;
import io.holdfast.runtime.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps its objects on the heap, for tests, simulations and trials; it ends with the process.
 *
 * <p>Safe for use by several threads. It has the capabilities that it is given and refuses what they lack, so that the behaviour of
 * poorer stores can be tried. Retention is honoured by the given clock. Closing it does nothing: there are no handles, and
 * a test may go on with it as with a store that was opened again.
 */
public final class InMemoryObjectStore implements ObjectStore {
    private final StoreCapabilities capabilities;
    private final TimeSource time;
    private final ConcurrentSkipListMap<String, Held> objects = new ConcurrentSkipListMap<>();
    private final AtomicLong versions = new AtomicLong();

    /** An empty store that can do everything except list older versions, on the machine's clock. */
    public InMemoryObjectStore() {
        this(new StoreCapabilities(true, true, true, true, false, true), TimeSource.system());
    }

    /**
     * An empty store.
     *
     * @param capabilities what it can do; it keeps no older versions
     * @param time the clock that retention goes by
     */
    public InMemoryObjectStore(StoreCapabilities capabilities, TimeSource time) {
        this.capabilities = Objects.requireNonNull(capabilities, "capabilities");
        this.time = Objects.requireNonNull(time, "time");
        if (capabilities.versions() || !capabilities.listsAfterWrite()) {
            throw new IllegalArgumentException(
                    capabilities + ": a store in memory has no older versions and lists whatever was written");
        }
    }

    @Override
    public String describe() {
        return "memory";
    }

    @Override
    public StoreCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
        StoreRequests.requireAble(this, name, options);
        byte[] bytes = StoreRequests.readWhole(name, body);
        Held written = new Held(bytes, time.now(), Long.toString(versions.incrementAndGet()), options.protection());
        Held now = objects.compute(name.value(), (key, before) -> {
            if (!mayWrite(options.mode(), before)) {
                return before;
            }
            if (before != null) {
                requireUnprotected(name, before);
            }
            return written;
        });
        return written.equals(now) ? PutResult.WRITTEN : PutResult.REFUSED;
    }

    private static boolean mayWrite(PutMode mode, @Nullable Held before) {
        if (mode instanceof PutMode.CreateOnly) {
            return before == null;
        }
        if (mode instanceof PutMode.ReplaceVersion replace) {
            return before != null && before.version().equals(replace.version());
        }
        return true;
    }

    private void requireUnprotected(ObjectName name, Held before) {
        if (before.protection().isActiveAt(time.now())) {
            throw new StoreException(
                    ErrorCode.STORE_RETAINED,
                    "object '" + name + "' is protected: " + before.protection(),
                    "Write under another name, or wait until the protection has ended");
        }
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        byte[] bytes = require(name).bytes();
        ByteRange.Extent within = range.within(name, bytes.length);
        return new ByteArrayInputStream(bytes, (int) within.offset(), (int) within.length());
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        return Optional.ofNullable(objects.get(name.value())).map(held -> statOf(name, held));
    }

    private ObjectStat statOf(ObjectName name, Held held) {
        Optional<String> version = capabilities.conditionalReplace() ? Optional.of(held.version()) : Optional.empty();
        return new ObjectStat(name, held.bytes().length, held.modified(), version, held.protection());
    }

    @Override
    public ObjectListing list(String prefix) {
        Iterator<Map.Entry<String, Held>> entries =
                objects.tailMap(prefix, true).entrySet().iterator();
        return new PrefixListing(prefix, entries);
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        DeleteResult[] result = {DeleteResult.ABSENT};
        objects.computeIfPresent(name.value(), (key, held) -> {
            boolean stays = held.protection().isActiveAt(time.now());
            result[0] = stays ? DeleteResult.RETAINED : DeleteResult.DELETED;
            return stays ? held : null;
        });
        return result[0];
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        StoreRequests.requireAble(this, name, protection);
        Held held = objects.computeIfPresent(name.value(), (key, before) -> before.protectedBy(protection));
        if (held == null) {
            throw new ObjectMissingException(name.value(), null);
        }
    }

    @Override
    public void close() {}

    private Held require(ObjectName name) {
        Held held = objects.get(name.value());
        if (held == null) {
            throw new ObjectMissingException(name.value(), null);
        }
        return held;
    }

    private record Held(byte[] bytes, Instant modified, String version, Protection protection) {
        Held protectedBy(Protection more) {
            return new Held(bytes, modified, version, protection.extendedBy(more));
        }
    }

    private final class PrefixListing implements ObjectListing {
        private final String prefix;
        private final Iterator<Map.Entry<String, Held>> entries;
        private @Nullable ObjectStat next;

        PrefixListing(String prefix, Iterator<Map.Entry<String, Held>> entries) {
            this.prefix = prefix;
            this.entries = entries;
            this.next = advance();
        }

        private @Nullable ObjectStat advance() {
            if (!entries.hasNext()) {
                return null;
            }
            Map.Entry<String, Held> entry = entries.next();
            return entry.getKey().startsWith(prefix) ? statOf(new ObjectName(entry.getKey()), entry.getValue()) : null;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public ObjectStat next() {
            ObjectStat current = next;
            if (current == null) {
                throw new NoSuchElementException("the listing of '" + prefix + "' has ended");
            }
            next = advance();
            return current;
        }

        @Override
        public void close() {}
    }
}
