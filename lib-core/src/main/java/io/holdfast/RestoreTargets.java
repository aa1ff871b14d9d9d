// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.TargetException;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;

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
}
