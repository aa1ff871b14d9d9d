// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.pack.PackFinding;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyReport.Damage;
import io.holdfast.repository.VerifyReport.DamagedItem;
import io.holdfast.repository.VerifyReport.Tampering;
import io.holdfast.store.Overlay;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a verification has found so far, by object; safe for use by several threads. */
final class Findings {
    /** Of one object no more than this is told; the rest is counted. */
    private static final int MOST_REASONS = 8;

    private static final Set<ErrorCode> DAMAGE = EnumSet.of(
            ErrorCode.REPOSITORY_DAMAGED,
            ErrorCode.FORMAT_LIMIT,
            ErrorCode.BLOB_MISSING,
            ErrorCode.REPOSITORY_FEATURE_UNKNOWN,
            ErrorCode.STORE_OBJECT_MISSING,
            ErrorCode.STORE_SHORT_READ);

    private final Map<String, Found> damages = new LinkedHashMap<>();
    private final List<Tampering> tampered = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private long objects;
    private long bytes;

    /** Whether an error says that something is damaged; others, such as a store that cannot be reached, say nothing about it. */
    static boolean isDamage(HoldfastException trouble) {
        return DAMAGE.contains(trouble.code());
    }

    /** Runs a check; damage that it meets becomes a finding, other errors are thrown. Gives whether there was none. */
    boolean sound(String object, Runnable check) {
        try {
            check.run();
            return true;
        } catch (HoldfastException trouble) {
            if (!isDamage(trouble)) {
                throw trouble;
            }
            damage(object, trouble.getMessage());
            return false;
        }
    }

    synchronized void damage(String object, String what) {
        damages.computeIfAbsent(object, name -> new Found()).add(what);
    }

    /** Takes down what is damaged of a pack. */
    void damage(PackFinding pack) {
        for (PackFinding.Damage damage : pack.damages()) {
            damage(
                    pack.pack().objectName(),
                    damage.start() < 0 ? damage.what() : damage.what() + " (at " + damage.start() + ")");
        }
    }

    /** Names an item that depends on a damaged object; nothing happens if the object was not found damaged. */
    synchronized void item(String object, DamagedItem item) {
        Found found = damages.get(object);
        if (found != null) {
            found.items.add(item);
        }
    }

    /** Takes down what was laid over objects; leases do not count, since their holders write over them. */
    synchronized void tampered(List<Overlay> overlays) {
        for (Overlay each : overlays) {
            String object = each.object().value();
            if (!object.startsWith(ObjectNames.LEASES) && !object.startsWith(ObjectNames.PROBES)) {
                tampered.add(new Tampering(object, each.version(), each.marker(), each.written()));
            }
        }
    }

    synchronized void note(String what) {
        notes.add(what);
    }

    synchronized void read(long objectBytes) {
        objects++;
        bytes += objectBytes;
    }

    synchronized boolean any() {
        return !damages.isEmpty();
    }

    synchronized boolean isDamaged(String object) {
        return damages.containsKey(object);
    }

    /** The damaged objects so far. */
    synchronized List<String> objects() {
        return List.copyOf(damages.keySet());
    }

    synchronized VerifyReport report(VerifyLevel level) {
        List<Damage> all = new ArrayList<>();
        damages.forEach((object, found) -> all.add(new Damage(object, found.what(), List.copyOf(found.items))));
        return new VerifyReport(level, objects, bytes, all, tampered, List.copyOf(notes));
    }

    private static final class Found {
        private final Set<String> reasons = new LinkedHashSet<>();
        private final Set<DamagedItem> items = new LinkedHashSet<>();
        private long more;

        void add(String what) {
            if (reasons.size() < MOST_REASONS || reasons.contains(what)) {
                reasons.add(what);
            } else {
                more++;
            }
        }

        String what() {
            return String.join("; ", reasons) + (more == 0 ? "" : "; and " + more + " more");
        }
    }
}
