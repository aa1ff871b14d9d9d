// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.TargetException;
import io.holdfast.m365.internal.workload.TenantWorkload;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A tenant that takes items back: hands each to the workload that it came from. */
final class M365Target implements RestoreTarget {
    private final Map<String, TenantWorkload> workloads;
    private final RestoreSettings settings;
    private final Map<String, RestoreTarget> targets = new ConcurrentHashMap<>();

    M365Target(Map<String, TenantWorkload> workloads, RestoreSettings settings) {
        this.workloads = workloads;
        this.settings = settings;
    }

    @Override
    public String describe() {
        return "Microsoft 365"
                + settings.toOwner().map(owner -> ", user " + owner).orElse("")
                + settings.intoFolder().map(folder -> ", folder " + folder).orElse("");
    }

    @Override
    public Placement put(RestoreItem item) {
        String name = M365Source.nameOf(item.resource());
        return targets.computeIfAbsent(name, this::target).put(item);
    }

    private RestoreTarget target(String name) {
        return Optional.ofNullable(workloads.get(name))
                .flatMap(workload -> workload.restoreTarget(settings))
                .orElseThrow(() -> new TargetException(
                        ErrorCode.TARGET_REFUSED,
                        "items of " + (name.isEmpty() ? "this resource" : name) + " cannot be put into this tenant",
                        "restore them to a directory, or name the workload among those of the source"));
    }

    @Override
    public List<String> remarks() {
        return targets.values().stream()
                .flatMap(each -> each.remarks().stream())
                .toList();
    }

    @Override
    public void finish() {
        targets.values().forEach(RestoreTarget::finish);
    }

    @Override
    public void close() {
        targets.values().forEach(RestoreTarget::close);
    }
}
