// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;

/**
 * A configured way to one source; a factory that sends nothing before it is opened.
 *
 * <p>Safe for use by several threads. A connector translates a service's API and nothing else: it neither retries, nor
 * pages ahead, nor keeps cursors.
 */
public interface SourceConnector {

    /**
     * The name that the host gave this source; it decides which snapshots follow one another.
     *
     * @return the same value for the life of the source
     */
    SourceId id();

    /**
     * The organisation that the source belongs to; content is deduplicated within it and never across.
     *
     * @return the tenant, {@code local} for sources that belong to none
     */
    TenantId tenant();

    /**
     * Opens the source for one session. Several may be open at once; they do not know one another.
     *
     * @param context what the session lends
     * @return the open source, which the session closes
     * @throws io.holdfast.error.SourceException if the source does not exist or refuses the credential
     */
    Source open(SourceContext context);
}
