// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.notes;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.SourceException;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The notes of one application as a source.
 *
 * <p>Immutable and safe for use by several threads. The application appends to a journal, one JSON object a line: {@code {"journal":"life"}}
 * first, then {@code {"book":id,"name":…}}, {@code {"note":id,"book":id,"title":…,"changed":…,"text":…}} and {@code {"gone":id}}, the last
 * one of a note holding. Now and then it writes the journal anew without what no longer holds, under another life.
 *
 * @param id the name that the host gives this source
 * @param tenant whose notes they are; what is equal is stored once per tenant
 * @param file the journal
 */
public record NotesConnector(SourceId id, TenantId tenant, Path file) implements SourceConnector {

    /** Checks for null. A connector is only a description: nothing is read or sent before {@link #open}. */
    public NotesConnector {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(file, "file");
    }

    /**
     * What prevents a session as a whole is a {@link SourceException} and thrown here; all that may pass by itself is left to the source,
     * because the engine knows when to try again.
     */
    @Override
    public Source open(SourceContext context) {
        if (!Files.isRegularFile(file)) {
            throw new SourceException(
                    ErrorCode.SOURCE_MISSING,
                    "source '" + id + "': there is no journal '" + file + "'",
                    "Correct the path of the journal, or start the application that writes it");
        }
        return new NotesSource(new Journal(file));
    }
}
