// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.manifest.EntryChange;
import io.holdfast.manifest.InMemoryManifest;
import io.holdfast.manifest.Manifest;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the kit on manifests that break a promise each, and sees which rule finds it. */
final class ManifestContractBitesTest {
    /** The kit on the manifest that the run names. */
    @ExtendWith(ObjectStoreContractBitesTest.Subject.class)
    static final class Kit extends ManifestContract {
        private final UnaryOperator<Manifest> breakage;

        Kit(String subject) {
            this.breakage = subject.equals(KitRun.SOUND)
                    ? UnaryOperator.identity()
                    : BrokenManifests.all().get(subject);
        }

        @Override
        protected Manifest createManifest(List<List<EntryChange>> history) {
            Manifest manifest = breakage.apply(InMemoryManifest.empty());
            for (List<EntryChange> batch : history) {
                manifest = manifest.apply(batch);
            }
            return manifest;
        }
    }

    @Test
    void findsEveryBreakageAndEveryRuleFindsOne() {
        KitRun.assertBites(Kit.class, BrokenManifests.all().keySet());
    }
}
