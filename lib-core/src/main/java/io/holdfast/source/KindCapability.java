// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import io.holdfast.model.ItemKind;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a connector can do with one kind of item; reports and the documentation's tables are made from it. Immutable.
 *
 * @param kind the kind
 * @param backsUp whether it is backed up
 * @param restores whether it can be put back into a source
 * @param mechanism how changes are noticed, in a few words
 * @param lost what cannot be kept, in a sentence; empty if nothing is lost
 * @param exports what a restore to a directory writes of it, in a few words
 * @param fields what becomes of its fields when it is put back; none if nothing is said of them
 */
public record KindCapability(
        ItemKind kind,
        boolean backsUp,
        boolean restores,
        String mechanism,
        String lost,
        String exports,
        List<FieldPromise> fields) {

    /** Copies the list and checks for null, and for fields of one name. */
    public KindCapability {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(mechanism, "mechanism");
        Objects.requireNonNull(lost, "lost");
        Objects.requireNonNull(exports, "exports");
        fields = List.copyOf(fields);
        if (fields.stream().map(FieldPromise::field).distinct().count() < fields.size()) {
            throw new IllegalArgumentException("kind " + kind + " has two fields of one name among " + fields);
        }
    }

    /**
     * A kind of which a directory gets metadata and parts as they are stored, and of whose fields nothing is said.
     *
     * @param kind the kind
     * @param backsUp whether it is backed up
     * @param restores whether it can be put back into a source
     * @param mechanism how changes are noticed, in a few words
     * @param lost what cannot be kept, in a sentence; empty if nothing is lost
     */
    public KindCapability(ItemKind kind, boolean backsUp, boolean restores, String mechanism, String lost) {
        this(kind, backsUp, restores, mechanism, lost, "its metadata and parts as they are stored", List.of());
    }

    /**
     * The same, written to directories in another form.
     *
     * @param form what is written, in a few words
     * @return another capability
     */
    public KindCapability exporting(String form) {
        return new KindCapability(kind, backsUp, restores, mechanism, lost, form, fields);
    }

    /**
     * The same, with promises.
     *
     * @param promises what becomes of its fields
     * @return another capability
     */
    public KindCapability promising(FieldPromise... promises) {
        return new KindCapability(kind, backsUp, restores, mechanism, lost, exports, Arrays.asList(promises));
    }
}
