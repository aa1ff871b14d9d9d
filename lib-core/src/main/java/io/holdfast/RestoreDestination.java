// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.repository.ResourceSummary;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.SourceContext;
import java.util.List;

/** A place that a restore can go to: a source, or a folder; see {@link RestoreTargets}. Without state, for several threads. */
@FunctionalInterface
public interface RestoreDestination {

    /**
     * Opens the place for one restore.
     *
     * @param settings which restore it is, and how it behaves
     * @param context what the session lends
     * @return the target, which the session closes
     */
    RestoreTarget open(RestoreSettings settings, SourceContext context);

    /**
     * Opens the place for one restore, knowing the resources that it is about.
     *
     * @param settings which restore it is, and how it behaves
     * @param context what the session lends
     * @param resources the resources of the snapshot, for names of folders
     * @return the target, which the session closes
     */
    default RestoreTarget open(RestoreSettings settings, SourceContext context, List<ResourceSummary> resources) {
        return open(settings, context);
    }
}
