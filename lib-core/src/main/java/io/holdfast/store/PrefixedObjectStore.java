// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One folder of a store as a store of its own: all names begin with a prefix that callers do not see.
 *
 * <p>Safe for use by several threads if the store below is. A name that becomes longer than 255 characters is refused.
 */
public final class PrefixedObjectStore implements ObjectStore {
    private final ObjectStore store;
    private final String prefix;

    /**
     * A folder of a store.
     *
     * @param store the store; closed with this one
     * @param folder the folder's name, without a slash at its end
     */
    public PrefixedObjectStore(ObjectStore store, ObjectName folder) {
        this(Objects.requireNonNull(store, "store"), folder.value() + "/");
    }

    private PrefixedObjectStore(ObjectStore store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    private ObjectName inside(ObjectName name) {
        return new ObjectName(prefix + name.value());
    }

    private ObjectStat outside(ObjectStat stat) {
        ObjectName name = new ObjectName(stat.name().value().substring(prefix.length()));
        return new ObjectStat(name, stat.length(), stat.modified(), stat.version(), stat.protection());
    }

    @Override
    public String describe() {
        return store.describe() + "/" + prefix.substring(0, prefix.length() - 1);
    }

    @Override
    public StoreCapabilities capabilities() {
        return store.capabilities();
    }

    @Override
    public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
        return store.put(inside(name), body, options);
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        return store.get(inside(name), range);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        return store.stat(inside(name)).map(this::outside);
    }

    @Override
    public ObjectListing list(String namePrefix) {
        ObjectListing listing = store.list(prefix + namePrefix);
        return new ObjectListing() {
            @Override
            public boolean hasNext() {
                return listing.hasNext();
            }

            @Override
            public ObjectStat next() {
                return outside(listing.next());
            }

            @Override
            public void close() {
                listing.close();
            }
        };
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        return store.delete(inside(name));
    }

    @Override
    public List<Deletion> deleteAll(List<ObjectName> names) {
        List<Deletion> done = store.deleteAll(names.stream().map(this::inside).toList());
        return IntStream.range(0, names.size())
                .mapToObj(i -> new Deletion(
                        names.get(i), done.get(i).result(), done.get(i).error()))
                .toList();
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        store.protect(inside(name), protection);
    }

    @Override
    public List<Overlay> overlays(String namePrefix) {
        return store.overlays(prefix + namePrefix).stream()
                .map(each -> over(each, new ObjectName(each.object().value().substring(prefix.length()))))
                .toList();
    }

    @Override
    public DeleteResult remove(Overlay overlay) {
        return store.remove(over(overlay, inside(overlay.object())));
    }

    private static Overlay over(Overlay overlay, ObjectName object) {
        return new Overlay(object, overlay.version(), overlay.marker(), overlay.written());
    }

    @Override
    public Optional<ObjectStore> inParts() {
        return store.inParts().map(view -> new PrefixedObjectStore(view, prefix));
    }

    @Override
    public void close() {
        store.close();
    }
}
