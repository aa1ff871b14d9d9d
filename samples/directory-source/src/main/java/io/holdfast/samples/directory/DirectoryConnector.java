// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.directory;

import io.holdfast.RestoreDestination;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.SourceException;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A folder of the local file system as a source: its files, folders and symbolic links with modes, owners and times.
 *
 * <p>Immutable and safe for use by several threads. Links are kept as links and never followed. Pipes, sockets and devices are skipped,
 * and said so. Extended attributes, access control lists and the fact that two names are one file (hard links) are not kept. Needs a
 * file system with Unix attributes. Times come back to the nanosecond; those of links to the microsecond on JDK 17, which can set no more.
 *
 * @param id the name of the source
 * @param root the folder
 */
public record DirectoryConnector(SourceId id, Path root) implements SourceConnector {

    private static final TenantId LOCAL = new TenantId("local");

    /** Makes the path absolute, so that a later change of the working directory changes nothing. */
    public DirectoryConnector {
        Objects.requireNonNull(id, "id");
        root = root.toAbsolutePath();
    }

    /**
     * A folder under a name.
     *
     * @param name the name of the source, which decides which snapshots follow one another
     * @param root the folder
     * @return the connector
     */
    public static DirectoryConnector of(String name, Path root) {
        return new DirectoryConnector(new SourceId(name), root);
    }

    /**
     * Restores items of a directory source below a folder, which is made if it is missing.
     *
     * @param folder what becomes the root of the tree
     * @return the destination of a restore
     */
    public static RestoreDestination restoreUnder(Path folder) {
        return (settings, context) -> DirectoryTarget.open(folder, settings);
    }

    @Override
    public TenantId tenant() {
        return LOCAL;
    }

    @Override
    public Source open(SourceContext context) {
        try {
            Items.requireReadable(root);
            return new DirectorySource(this, context.runtime().time());
        } catch (NoSuchFileException e) {
            throw new SourceException(
                    ErrorCode.SOURCE_MISSING,
                    "source '" + id + "': folder '" + root + "' does not exist",
                    "Correct the path of the source, or mount what belongs there",
                    e);
        } catch (AccessDeniedException e) {
            throw new SourceException(
                    ErrorCode.SOURCE_REFUSED,
                    "source '" + id + "': folder '" + root + "' may not be read by this user",
                    "Grant the right to read and search the folder, or run as a user that has it",
                    e);
        } catch (IOException e) {
            throw new SourceException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "source '" + id + "': folder '" + root + "' cannot be read: " + e.getMessage(),
                    "Check that the path is a folder and its file system is healthy",
                    e);
        }
    }
}
