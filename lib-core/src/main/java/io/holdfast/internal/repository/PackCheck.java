// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.error.HoldfastException;
import io.holdfast.error.KeyException;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.pack.FrameEntry;
import io.holdfast.internal.pack.PackDirectory;
import io.holdfast.internal.pack.PackFinding;
import io.holdfast.internal.pack.PackInspector;
import io.holdfast.manifest.BlobRef;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Reads packs from front to back, as many at once as the runtime allows: all against their names, the chosen ones frame by frame; for one thread.
 *
 * <p>What was opened already to prove a part is not opened again, and blobs that are parts for themselves are proven on the way. Of a pack that is damaged the frames are opened at every level, to learn what of it can still be read.
 */
final class PackCheck {
    private final RepositoryParts parts;
    private final PackStates packs;
    private final PartProofs proofs;
    private final Findings findings;

    PackCheck(RepositoryParts parts, PackStates packs, PartProofs proofs, Findings findings) {
        this.parts = parts;
        this.packs = packs;
        this.proofs = proofs;
        this.findings = findings;
    }

    void run(List<PackRef> standing, Predicate<PackRef> whole) {
        try (PackInspector inspector = new PackInspector(
                parts.store(), parts.keys(), parts.repository().ring())) {
            new SharedWork(parts.runtime()).forEach(standing.iterator(), pack -> {
                PackFinding finding =
                        whole.test(pack) ? inspect(inspector, pack) : PackInspector.inspectKeyless(parts.store(), pack);
                findings.read(pack.length());
                if (!finding.isSound()) {
                    findings.damage(finding);
                    packs.damaged(pack, readable(inspector, pack));
                }
            });
        }
    }

    private PackFinding inspect(PackInspector inspector, PackRef pack) {
        try {
            return inspector.inspect(pack, proofs);
        } catch (KeyException noDataKey) {
            return new PackFinding(pack, 0, 0, List.of(new PackFinding.Damage(-1, noDataKey.getMessage(), List.of())));
        }
    }

    /** What can still be read of a damaged pack: what its directory names and its frames give. */
    private static Set<BlobRef> readable(PackInspector inspector, PackRef pack) {
        Set<BlobRef> readable = new HashSet<>();
        Set<byte[]> lost = new TreeSet<>(Arrays::compareUnsigned);
        try {
            PackDirectory directory = inspector.directory(pack);
            for (FrameEntry frame : directory.frames()) {
                for (int i = 0; i < frame.blobs(); i++) {
                    readable.add(new BlobRef(frame.id(i), frame.lengths()[i]));
                }
            }
            inspector.inspect(pack).damages().forEach(damage -> lost.addAll(damage.lostBlobs()));
        } catch (HoldfastException trouble) {
            if (!Findings.isDamage(trouble) && !(trouble instanceof KeyException)) {
                throw trouble;
            }
            return Set.of();
        }
        readable.removeIf(blob -> lost.contains(blob.id()));
        return readable;
    }
}
