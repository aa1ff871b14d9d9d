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
import java.util.List;
import java.util.Optional;

/** What an object is in a bucket: with and without versions the answers differ in every operation. Safe for use by several threads. */
sealed interface StoredObjects permits PlainObjects, VersionedObjects, LeasesApart {
    PutResult put(ObjectName name, ObjectBody body, PutOptions options);

    InputStream get(ObjectName name, ByteRange range);

    Optional<ObjectStat> stat(ObjectName name);

    ObjectListing list(String prefix);

    DeleteResult delete(ObjectName name);

    List<Deletion> deleteAll(List<ObjectName> names);

    void protect(ObjectName name, Protection protection);

    /** What lies over objects whose names begin with a prefix. */
    List<Overlay> overlays(String prefix);

    /** Takes that away, unless it has become the object. */
    DeleteResult remove(Overlay overlay);

    /** Whether the service was seen to take a write whose condition did not hold. */
    boolean ignoresConditions();
}
