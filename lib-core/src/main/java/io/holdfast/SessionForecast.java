// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.model.ResourceId;
import io.holdfast.pacing.Forecast;
import java.util.List;
import java.util.Objects;

/**
 * What a session would cost, as {@link BackupSession#forecast} predicts it.
 *
 * @param planned the resources that the session would read and the source could plan for
 * @param unknown those that it would read, and whose cost the source cannot tell
 * @param cost what the planned ones cost together
 */
public record SessionForecast(List<ResourceId> planned, List<ResourceId> unknown, Forecast cost) {

    /** Copies the lists. */
    public SessionForecast {
        planned = List.copyOf(planned);
        unknown = List.copyOf(unknown);
        Objects.requireNonNull(cost, "cost");
    }
}
