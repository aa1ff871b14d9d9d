// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A place that keeps immutable objects under names: a folder, a bucket, a container.
 *
 * <p>Safe for use by several threads. Any call may be repeated by the engine after a failure; no implementation retries by itself. A
 * call that returns has taken effect durably; after an error nothing half-written is ever visible under the object's name.
 * Errors are {@link io.holdfast.error.StoreException} and {@link io.holdfast.error.ObjectMissingException}; their code says whether
 * trying again can help, and {@code STORE_OUTCOME_UNKNOWN} says that the call may have taken effect. Who opens a store closes it.
 */
public interface ObjectStore extends AutoCloseable {

    /**
     * What this store is, for messages: kind and place, without secrets.
     *
     * @return such as {@code posix:/srv/backup}
     */
    String describe();

    /**
     * What this store can do, as far as it knows without asking; proofs are made by the engine.
     *
     * @return the capabilities
     */
    StoreCapabilities capabilities();

    /**
     * Writes one object, whole or not at all.
     *
     * <p>With {@link PutMode#createOnly()}, an object that stands there already is left alone and the result says so, whatever its bytes.
     * A condition or a protection that the store is not capable of is {@code STORE_UNSUPPORTED}, and overwriting an object that is still
     * protected is {@code STORE_RETAINED}. Whatever the body's stream throws reaches the caller; an {@link java.io.IOException} of it as
     * {@link java.io.UncheckedIOException}.
     *
     * @param name where
     * @param body the bytes; may be read more than once
     * @param options when to write, and how long to protect
     * @return what happened
     * @throws IllegalArgumentException if the body gives more or fewer bytes than it announces
     */
    PutResult put(ObjectName name, ObjectBody body, PutOptions options);

    /**
     * Reads one object or a range of it.
     *
     * <p>The stream gives exactly the bytes of the range, or a read of it fails with {@link io.holdfast.error.StoreException}; it never
     * ends early in silence: a transmission that
     * breaks off is {@code STORE_UNAVAILABLE}. It need not be safe for use by several threads; several streams may be open at once.
     *
     * @param name which
     * @param range which bytes; a range that ends behind the object's end is cut, so an offset of 0 and a range from the end always fit
     * @return the bytes, which the caller closes
     * @throws io.holdfast.error.ObjectMissingException if there is no such object
     * @throws io.holdfast.error.StoreException with {@code STORE_SHORT_READ} if the offset is over 0 and not below the object's length
     */
    InputStream get(ObjectName name, ByteRange range);

    /**
     * Asks about one object.
     *
     * @param name which
     * @return what is known of it, or empty if there is no such object
     */
    Optional<ObjectStat> stat(ObjectName name);

    /**
     * Lists the objects whose names begin with a prefix, in no particular order, without holding them all in memory.
     *
     * @param prefix a prefix of names, which may end within a segment; empty for all. One that no name can have lists nothing
     * @return the objects, which the caller closes
     */
    ObjectListing list(String prefix);

    /**
     * Deletes one object.
     *
     * @param name which
     * @return what happened; an object that is protected is {@code RETAINED}, not an error
     */
    DeleteResult delete(ObjectName name);

    /**
     * Deletes several objects, each for itself: an error with one keeps no other from being deleted. One after another unless the store has a request for
     * many.
     *
     * @param names which, in no particular order, each once
     * @return what became of each, in the order of the names; an object that was not there may count as deleted, since services do not tell
     */
    default List<Deletion> deleteAll(List<ObjectName> names) {
        return names.stream().map(name -> Deletion.by(name, () -> delete(name))).toList();
    }

    /**
     * Extends the protection of one object; a protection never becomes shorter by this, and a hold that stands stays.
     *
     * @param name which
     * @param protection until when, and whether held
     * @throws io.holdfast.error.ObjectMissingException if there is no such object
     * @throws io.holdfast.error.StoreException with {@code STORE_UNSUPPORTED} if the store lacks the capability
     */
    void protect(ObjectName name, Protection protection);

    /**
     * Finds what others have laid over objects of a store that keeps versions. The same bytes as those of the object are none: a put that was repeated leaves
     * them.
     *
     * @param prefix a prefix of the objects' names, as for {@link #list}
     * @return all of it; empty where the store keeps no versions
     */
    default List<Overlay> overlays(String prefix) {
        return List.of();
    }

    /**
     * Takes away what was laid over an object; never the object, also if it has become that meanwhile.
     *
     * @param overlay what {@link #overlays} found
     * @return what happened; what is protected itself is {@code RETAINED}
     */
    default DeleteResult remove(Overlay overlay) {
        return DeleteResult.ABSENT;
    }

    /**
     * This store when it writes every object in the way that it takes for the largest ones: in parts that become visible together. A service may
     * honour a condition in one way of writing and ignore it in the other, and nobody wants to write gigabytes to find out.
     *
     * @return a view of the same objects, which is closed with this store and not for itself; empty if all objects are written in one way
     */
    default Optional<ObjectStore> inParts() {
        return Optional.empty();
    }

    /** Lets go of connections and handles; objects stay. Later calls of this do nothing; no other call may follow. */
    @Override
    void close();
}
