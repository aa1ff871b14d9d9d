// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

/**
 * What the frames of one pack are bound to beside their repository. Not the pack: maintenance copies frames between packs as they are.
 *
 * @param kind what the frames hold, such as {@code content} or {@code meta}
 * @param scope the name of the dedup scope on the store, as {@link RepositoryKeys#scopeName} gives it
 * @param epoch the epoch of the data key, from 1
 */
public record FramePlace(String kind, String scope, int epoch) {

    /** Checks the parts. */
    public FramePlace {
        if (kind.isEmpty() || epoch < 1) {
            throw new IllegalArgumentException("frame of kind \"" + kind + "\" and epoch " + epoch);
        }
        RepositoryKeys.requireName(scope);
    }
}
