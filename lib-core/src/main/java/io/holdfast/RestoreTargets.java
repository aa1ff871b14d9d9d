// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.TargetException;
import io.holdfast.internal.pipeline.FolderTarget;
import io.holdfast.repository.ResourceSummary;
import io.holdfast.source.Renderer;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import java.nio.file.Path;
import java.util.List;

/** The places that a restore can go to. */
public final class RestoreTargets {
    private RestoreTargets() {}

    /**
     * A source: items go back through its connector.
     *
     * @param connector the source, which may be another than the one backed up
     * @return the destination
     */
    public static RestoreDestination source(SourceConnector connector) {
        return (settings, context) -> {
            Source source = connector.open(context);
            return new ClosingTarget(source, target(connector, source, settings));
        };
    }

    /**
     * A folder: items of any source as files for people. What an item's connector could render better is written raw, as JSON and parts.
     *
     * @param folder the folder, made if it is missing
     * @return the destination
     */
    public static RestoreDestination directory(Path folder) {
        return directory(folder, List.of());
    }

    /**
     * A folder: items of any source as files for people.
     *
     * @param folder the folder, made if it is missing
     * @param renderers how items of some kinds are written, as their connector offers
     * @return the destination
     */
    public static RestoreDestination directory(Path folder, List<Renderer> renderers) {
        return new Folder(folder, List.copyOf(renderers));
    }

    private static RestoreTarget target(SourceConnector connector, Source source, RestoreSettings settings) {
        return source.restoreTarget(settings)
                .orElseThrow(() -> new TargetException(
                        ErrorCode.TARGET_REFUSED,
                        "source '" + connector.id() + "' takes nothing back",
                        "Restore to a directory, or to a source whose connector can restore"));
    }

    /** Closes the source together with its target. */
    private record ClosingTarget(Source source, RestoreTarget target) implements RestoreTarget {
        @Override
        public String describe() {
            return target.describe();
        }

        @Override
        public Placement put(RestoreItem item) {
            return target.put(item);
        }

        @Override
        public int putsInARow() {
            return target.putsInARow();
        }

        @Override
        public List<String> remarks() {
            return target.remarks();
        }

        @Override
        public void finish() {
            target.finish();
        }

        @Override
        public void close() {
            try {
                target.close();
            } finally {
                source.close();
            }
        }
    }

    /** A folder as a destination. */
    private record Folder(Path folder, List<Renderer> renderers) implements RestoreDestination {
        @Override
        public RestoreTarget open(RestoreSettings settings, SourceContext context) {
            return open(settings, context, List.of());
        }

        @Override
        public RestoreTarget open(RestoreSettings settings, SourceContext context, List<ResourceSummary> resources) {
            return new FolderTarget(folder, settings, resources, renderers);
        }
    }
}
