// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What feeds told lately: the files of a page are fetched right behind it, and asking for each again would double what they cost.
 *
 * <p>In memory only, since the addresses of contents are keys to them; the oldest go first, at about 4 kB each. Safe for use by several threads.
 */
final class DriveListings {
    private static final int MOST = 1_024;

    private final Map<Key, DriveEntry> listed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, DriveEntry> eldest) {
            return size() > MOST;
        }
    };

    private record Key(String drive, String id) {}

    synchronized void put(String drive, DriveEntry entry) {
        Key key = new Key(drive, entry.id());
        listed.remove(key);
        listed.put(key, entry);
    }

    /** Takes it out: what is asked for a second time has to be seen anew. */
    synchronized Optional<DriveEntry> take(String drive, String id) {
        return Optional.ofNullable(listed.remove(new Key(drive, id)));
    }
}
