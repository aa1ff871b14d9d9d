// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import io.holdfast.runtime.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The blobs of one container with version-level immutability, as Azure documents them: whoever writes over a blob makes a version of what stood
 * there, a policy protects its own version and no other, and what stands under the name is not deleted as a version. Safe for use by several threads.
 */
final class FakeBlobs {
    private final TimeSource time;
    private final boolean keepsProtection;
    private final TreeMap<String, List<Version>> blobs = new TreeMap<>();
    private final Map<String, byte[]> blocks = new TreeMap<>();
    private long written;

    /**
     * An empty container.
     *
     * @param time the clock that policies go by
     * @param keepsProtection false for a service that takes protections and forgets them
     */
    FakeBlobs(TimeSource time, boolean keepsProtection) {
        this.time = time;
        this.keepsProtection = keepsProtection;
    }

    /** A policy; without a date there is none. */
    record Policy(Optional<Instant> until, boolean locked, boolean hold) {
        static final Policy NONE = new Policy(Optional.empty(), false, false);

        boolean isActiveAt(Instant now) {
            return hold || until.filter(now::isBefore).isPresent();
        }
    }

    /** One version. */
    record Version(String id, boolean current, byte[] bytes, String md5, Instant modified, Policy policy) {
        String etag() {
            return "0x" + Integer.toHexString(id.hashCode()).toUpperCase(java.util.Locale.ROOT);
        }

        private Version standing(boolean now) {
            return new Version(id, now, bytes, md5, modified, policy);
        }

        private Version under(Policy other) {
            return new Version(id, current, bytes, md5, modified, other);
        }
    }

    /** What the service refuses. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int status;

        Refusal(int status, String code) {
            super(code);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** Conditions on what stands under the name; empty for none. */
    record Conditions(Optional<String> ifMatch, Optional<String> ifNoneMatch) {
        void require(Optional<Version> standing) {
            if (ifNoneMatch.isPresent() && standing.isPresent()) {
                throw new Refusal(409, "BlobAlreadyExists");
            }
            if (ifMatch.isPresent()
                    && standing.filter(found -> ifMatch.get().equals("\"" + found.etag() + "\""))
                            .isEmpty()) {
                throw new Refusal(412, "ConditionNotMet");
            }
        }
    }

    synchronized Version put(String name, byte[] bytes, String md5, Conditions conditions, Policy policy) {
        List<Version> versions = blobs.computeIfAbsent(name, key -> new ArrayList<>());
        conditions.require(standing(versions));
        versions.replaceAll(each -> each.standing(false));
        // As the service numbers them: by the time, and here by a counter in it.
        String id = "2030-01-01T00:00:00." + "%07dZ".formatted(++written);
        Version version = new Version(id, true, bytes, md5, time.now(), keepsProtection ? policy : Policy.NONE);
        versions.add(version);
        return version;
    }

    private static Optional<Version> standing(List<Version> versions) {
        return versions.stream().filter(Version::current).findFirst();
    }

    synchronized void stage(String name, String block, byte[] bytes) {
        blocks.put(name + "/" + block, bytes);
    }

    /** The bytes of blocks that were staged for a name. */
    synchronized byte[] staged(String name, List<String> ids) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (String id : ids) {
            byte[] block = blocks.remove(name + "/" + id);
            if (block == null) {
                throw new Refusal(400, "InvalidBlockList");
            }
            all.writeBytes(block);
        }
        return all.toByteArray();
    }

    /** The version of an id, or what stands under the name. */
    synchronized Version find(String name, Optional<String> id) {
        List<Version> versions = blobs.getOrDefault(name, List.of());
        Optional<Version> found = id.isEmpty()
                ? standing(versions)
                : versions.stream().filter(each -> each.id().equals(id.get())).findFirst();
        return found.orElseThrow(() -> new Refusal(404, "BlobNotFound"));
    }

    synchronized void delete(String name, Optional<String> id, Conditions conditions) {
        Version version = find(name, id);
        if (id.isPresent() && version.current()) {
            throw new Refusal(403, "OperationNotAllowedOnRootBlob");
        }
        conditions.require(Optional.of(version));
        if (version.policy().isActiveAt(time.now())) {
            throw new Refusal(
                    409, version.policy().hold() ? "BlobImmutableDueToLegalHold" : "BlobImmutableDueToPolicy");
        }
        if (id.isEmpty()) {
            takeDown(name);
        } else {
            blobs.get(name).remove(version);
        }
    }

    /** Lets nothing stand under a name; what stood there is a version like the others. */
    synchronized void takeDown(String name) {
        blobs.get(name).replaceAll(each -> each.standing(false));
    }

    synchronized void retain(String name, Optional<String> id, Instant until, boolean locked) {
        Version version = find(name, id);
        Policy now = version.policy();
        boolean weaker =
                now.locked() && (!locked || now.until().filter(until::isBefore).isPresent());
        if (weaker) {
            throw new Refusal(409, "BlobImmutableDueToPolicy");
        }
        replace(name, version, new Policy(Optional.of(until), locked, now.hold()));
    }

    synchronized void dropPolicy(String name, Optional<String> id) {
        Version version = find(name, id);
        if (version.policy().locked()) {
            throw new Refusal(409, "BlobImmutableDueToPolicy");
        }
        replace(
                name,
                version,
                new Policy(Optional.empty(), false, version.policy().hold()));
    }

    synchronized void hold(String name, Optional<String> id, boolean hold) {
        Version version = find(name, id);
        replace(
                name,
                version,
                new Policy(version.policy().until(), version.policy().locked(), hold));
    }

    private void replace(String name, Version version, Policy policy) {
        if (keepsProtection) {
            blobs.get(name).replaceAll(each -> each.equals(version) ? version.under(policy) : each);
        }
    }

    /** All versions of the blobs whose names begin with a prefix, by name, and of each the oldest first. */
    synchronized List<Map.Entry<String, Version>> list(String prefix) {
        List<Map.Entry<String, Version>> found = new ArrayList<>();
        blobs.tailMap(prefix, true).forEach((name, versions) -> {
            if (name.startsWith(prefix)) {
                versions.forEach(version -> found.add(Map.entry(name, version)));
            }
        });
        return found;
    }
}
