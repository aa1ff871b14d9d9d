// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.run.RunSink;
import io.holdfast.internal.run.RunSummary;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;

/** Holds the bytes of an index run until it is complete and can be named. Not thread-safe. */
final class IndexRunSink implements RunSink {
    private final PackBuffer buffer = new PackBuffer(new PackBuffer.Segments(0));

    @Override
    public void write(byte[] bytes, int offset, int length) {
        buffer.write(bytes, offset, length);
    }

    /** Puts the run under its hash; an object that stands there already is this run. */
    IndexRunName put(BlobScope scope, RunSummary summary) {
        IndexRunName name = new IndexRunName(scope.name(), summary.sha256());
        ObjectStore store = scope.store();
        PutOptions options =
                store.capabilities().conditionalCreate() ? PutOptions.createOnly() : PutOptions.overwrite();
        store.put(new ObjectName(name.objectName()), buffer.body(), options);
        return name;
    }
}
