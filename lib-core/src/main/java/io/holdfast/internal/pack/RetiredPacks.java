// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.format.PackRef;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which packs prune has listed.
 *
 * @param closed whether a pack is in a closed retire list: it is gone or goes
 * @param condemned whether it is in an open one: it can be read, but nothing new may rely on it
 */
public record RetiredPacks(Predicate<PackRef> closed, Predicate<PackRef> condemned) {

    /** Checks for null. */
    public RetiredPacks {
        Objects.requireNonNull(closed, "closed");
        Objects.requireNonNull(condemned, "condemned");
    }

    /**
     * No pack is listed.
     *
     * @return nothing
     */
    public static RetiredPacks none() {
        return new RetiredPacks(pack -> false, pack -> false);
    }

    /**
     * The packs of some lists.
     *
     * @param closed the ids of packs in closed lists, 32 bytes each
     * @param condemned the ids of packs in open lists
     * @return what knows them by id
     */
    public static RetiredPacks of(Collection<byte[]> closed, Collection<byte[]> condemned) {
        Set<PackRef> gone = byId(closed);
        Set<PackRef> going = byId(condemned);
        return new RetiredPacks(pack -> gone.contains(idOnly(pack.id())), pack -> going.contains(idOnly(pack.id())));
    }

    private static Set<PackRef> byId(Collection<byte[]> ids) {
        return ids.stream().map(RetiredPacks::idOnly).collect(Collectors.toUnmodifiableSet());
    }

    private static PackRef idOnly(byte[] id) {
        return new PackRef(id, false, 0);
    }
}
