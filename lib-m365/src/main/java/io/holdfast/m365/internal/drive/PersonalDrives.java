// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import io.holdfast.m365.internal.workload.Owner;
import io.holdfast.model.ResourceId;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Resource;
import io.holdfast.source.Resource.NotCovered;
import io.holdfast.source.Resource.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The OneDrive of each user. Safe for use by several threads. */
final class PersonalDrives implements DriveDirectory {
    static final String NAME = "onedrive";

    private final Sites sites;
    private @Nullable Found found;

    PersonalDrives(Sites sites) {
        this.sites = sites;
    }

    /**
     * What the listing of all sites gave.
     *
     * @param byOwner drives by whatever names their owner, in lower case
     * @param closed sites whose drive was refused
     * @param listed whether sites could be listed at all
     */
    private record Found(Map<String, Sites.Drive> byOwner, Map<String, FailureException> closed, boolean listed) {}

    @Override
    public String name() {
        return NAME;
    }

    /** Where sites may not be listed, users are asked for one by one. */
    @Override
    public List<String> permissions() {
        return List.of(
                "Sites.Read.All",
                "Sites.ReadWrite.All",
                "Sites.FullControl.All",
                "Files.Read.All",
                "Files.ReadWrite.All");
    }

    private synchronized Found found() {
        Found known = found;
        if (known == null) {
            known = find();
            found = known;
        }
        return known;
    }

    private Found find() {
        List<Sites.Site> all;
        try {
            all = sites.all();
        } catch (FailureException e) {
            if (Sites.isAnswer(e.failure().category())) {
                return new Found(Map.of(), Map.of(), false);
            }
            throw e;
        }
        Map<String, Sites.Drive> byOwner = new HashMap<>();
        Map<String, FailureException> closed = new HashMap<>();
        for (Sites.Site site : all) {
            if (!site.personal()) {
                continue;
            }
            String last = site.url().substring(site.url().lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
            Sites.Answer answer = sites.drives(site);
            answer.refusal().ifPresent(refusal -> closed.put(last, refusal));
            for (Sites.Drive drive : answer.drives()) {
                byOwner.putIfAbsent(last, drive);
                drive.ownerMail().ifPresent(mail -> byOwner.put(mail.toLowerCase(Locale.ROOT), drive));
                drive.ownerId().ifPresent(id -> byOwner.put(id.toLowerCase(Locale.ROOT), drive));
            }
        }
        return new Found(byOwner, closed, true);
    }

    @Override
    public Optional<Resource> ofOwner(Owner owner, boolean readable) {
        if (owner.state() != Owner.State.MEMBER) {
            return Optional.empty();
        }
        if (!readable) {
            return Optional.of(resource(owner.id(), owner, Optional.empty()))
                    .filter(resource -> owner.services().contains("sharepoint"));
        }
        Found known = found();
        // Personal sites are named by the principal name, with underscores for all that is no letter or digit.
        String site = owner.principalName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
        Optional<Sites.Drive> drive = known.listed
                ? first(known.byOwner, owner.id().toLowerCase(Locale.ROOT), owner.principalName(), site)
                : owner.services().contains("sharepoint") ? sites.ofUser(owner.id()) : Optional.empty();
        if (drive.isPresent()) {
            return Optional.of(resource(drive.get().id(), owner, Optional.empty()));
        }
        Optional<FailureException> closed = Optional.ofNullable(known.closed.get(site));
        NotCovered why = closed.map(DriveDirectory::notCovered)
                .orElseGet(() -> owner.services().contains("sharepoint")
                        ? new NotCovered(Reason.NOT_PROVISIONED, "the OneDrive was never set up")
                        : new NotCovered(Reason.NOT_LICENSED, "no plan with OneDrive, and none is left from before"));
        return Optional.of(resource(owner.id(), owner, Optional.of(why)));
    }

    private static Optional<Sites.Drive> first(Map<String, Sites.Drive> map, String... keys) {
        for (String key : keys) {
            Sites.Drive drive = map.get(key.toLowerCase(Locale.ROOT));
            if (drive != null) {
                return Optional.of(drive);
            }
        }
        return Optional.empty();
    }

    private static Resource resource(String id, Owner owner, Optional<NotCovered> why) {
        return new Resource(
                new ResourceId(NAME + ":" + id),
                NAME,
                "OneDrive of " + owner.displayName(),
                owner.principalName(),
                why);
    }
}
