// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.store.ByteRange;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.Deletion;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.Overlay;
import io.holdfast.store.Protection;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a repository whose leases stand elsewhere: they alone are written over and over, which in a bucket with versions takes twice the requests,
 * and needs a permission to delete.
 */
final class LeasesApart implements StoredObjects {
    private static final String LEASES = "leases/";

    private final StoredObjects objects;
    private final StoredObjects leases;

    LeasesApart(StoredObjects objects, StoredObjects leases) {
        this.objects = objects;
        this.leases = leases;
    }

    private static boolean isLease(ObjectName name) {
        return name.value().startsWith(LEASES);
    }

    private StoredObjects of(ObjectName name) {
        return isLease(name) ? leases : objects;
    }

    @Override
    public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
        return of(name).put(name, body, options);
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        return of(name).get(name, range);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        return of(name).stat(name);
    }

    @Override
    public ObjectListing list(String prefix) {
        if (prefix.startsWith(LEASES)) {
            return leases.list(prefix);
        }
        return LEASES.startsWith(prefix) ? new Both(objects.list(prefix), leases.list(LEASES)) : objects.list(prefix);
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        return of(name).delete(name);
    }

    @Override
    public List<Deletion> deleteAll(List<ObjectName> names) {
        List<Deletion> done = new ArrayList<>(objects.deleteAll(
                names.stream().filter(Predicate.not(LeasesApart::isLease)).toList()));
        List<ObjectName> apart = names.stream().filter(LeasesApart::isLease).toList();
        leases.deleteAll(apart).forEach(each -> done.add(names.indexOf(each.name()), each));
        return done;
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        of(name).protect(name, protection);
    }

    /** Leases are written over by their holders, and what is laid over one is gone with the next beat. */
    @Override
    public List<Overlay> overlays(String prefix) {
        return objects.overlays(prefix);
    }

    @Override
    public DeleteResult remove(Overlay overlay) {
        return objects.remove(overlay);
    }

    /** A lease is advice; what is committed rests on the other objects. */
    @Override
    public boolean ignoresConditions() {
        return objects.ignoresConditions();
    }

    /** All but the leases that were left where they stood before, then those that count. */
    private static final class Both implements ObjectListing {
        private final ObjectListing objects;
        private final ObjectListing leases;
        private @Nullable ObjectStat next;

        Both(ObjectListing objects, ObjectListing leases) {
            this.objects = objects;
            this.leases = leases;
        }

        @Override
        public boolean hasNext() {
            while (next == null && objects.hasNext()) {
                ObjectStat object = objects.next();
                next = isLease(object.name()) ? null : object;
            }
            return next != null || leases.hasNext();
        }

        @Override
        public ObjectStat next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more objects");
            }
            ObjectStat object = next == null ? leases.next() : next;
            next = null;
            return object;
        }

        @Override
        public void close() {
            try {
                objects.close();
            } finally {
                leases.close();
            }
        }
    }
}
