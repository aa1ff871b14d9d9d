// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import io.holdfast.m365.internal.workload.Owner;
import io.holdfast.model.ResourceId;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.Resource.NotCovered;
import io.holdfast.source.Resource.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The OneDrive of each user. Safe for use by several threads. */
final class PersonalDrives implements DriveDirectory {
    static final String NAME = "onedrive";

    private final Sites sites;
    /** Personal sites by the last part of their addresses; empty if sites may not be listed. */
    private @Nullable Optional<Map<String, Sites.Site>> personal;
    /** Users who have no site of their name: they were renamed, or never had one. */
    private final Map<String, Owner> unresolved = new LinkedHashMap<>();
    /** Sites whose users are known. */
    private final Set<String> resolved = new HashSet<>();

    PersonalDrives(Sites sites) {
        this.sites = sites;
    }

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

    private Optional<Map<String, Sites.Site>> personal() {
        Optional<Map<String, Sites.Site>> known = personal;
        if (known == null) {
            known = list();
            personal = known;
        }
        return known;
    }

    private Optional<Map<String, Sites.Site>> list() {
        Map<String, Sites.Site> byName = new LinkedHashMap<>();
        try {
            for (Sites.Site site : sites.all()) {
                if (site.personal()) {
                    String last = site.url().substring(site.url().lastIndexOf('/') + 1);
                    byName.put(last.toLowerCase(Locale.ROOT), site);
                }
            }
            return Optional.of(byName);
        } catch (FailureException e) {
            if (Sites.isAnswer(e.failure().category())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public synchronized Optional<Resource> ofOwner(Owner owner, boolean readable) {
        if (owner.state() != Owner.State.MEMBER) {
            return Optional.empty();
        }
        if (!readable) {
            return Optional.of(resource(owner.id(), owner, Optional.empty())).filter(resource -> hasPlan(owner));
        }
        Optional<Map<String, Sites.Site>> listed = personal();
        if (listed.isEmpty()) {
            Optional<Sites.Drive> drive = hasPlan(owner) ? sites.ofUser(owner.id()) : Optional.empty();
            return Optional.of(drive.map(found -> resource(found.id(), owner, Optional.empty()))
                    .orElseGet(() -> without(owner)));
        }
        // Personal sites are named by the principal name, with underscores for all that is no letter or digit.
        String name = owner.principalName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
        Optional<Resource> found = Optional.ofNullable(listed.get().get(name)).flatMap(site -> ofSite(site, owner));
        if (found.isEmpty()) {
            unresolved.put(owner.id(), owner);
        }
        return found;
    }

    private Optional<Resource> ofSite(Sites.Site site, Owner owner) {
        Sites.Answer answer = sites.drives(site);
        Optional<Resource> found = answer.drives().stream()
                .filter(drive -> drive.mayBeOf(owner))
                .findFirst()
                .map(drive -> resource(drive.id(), owner, Optional.empty()))
                .or(() -> answer.refusal()
                        .map(why -> resource(owner.id(), owner, Optional.of(DriveDirectory.notCovered(why)))));
        found.ifPresent(known -> resolved.add(site.id()));
        return found;
    }

    /** A site keeps the address that it was given when its user had another name: those that nobody has claimed tell whose they are. */
    @Override
    public synchronized Pull<Resource> afterOwners() {
        Map<String, Owner> waiting = new LinkedHashMap<>(unresolved);
        unresolved.clear();
        Map<String, Owner> byName = new HashMap<>();
        for (Owner owner : waiting.values()) {
            byName.put(owner.id().toLowerCase(Locale.ROOT), owner);
            byName.put(owner.principalName().toLowerCase(Locale.ROOT), owner);
            owner.mail().ifPresent(mail -> byName.put(mail.toLowerCase(Locale.ROOT), owner));
        }
        Iterator<Sites.Site> left = waiting.isEmpty()
                ? List.<Sites.Site>of().iterator()
                : personal().orElse(Map.of()).values().stream()
                        .filter(site -> !resolved.contains(site.id()))
                        .iterator();
        return new Pull<>() {
            @Override
            public @Nullable Resource next() {
                while (left.hasNext()) {
                    for (Sites.Drive drive : sites.drives(left.next()).drives()) {
                        Owner owner = drive.ownerId()
                                .map(id -> byName.get(id.toLowerCase(Locale.ROOT)))
                                .or(() -> drive.ownerMail().map(mail -> byName.get(mail.toLowerCase(Locale.ROOT))))
                                .orElse(null);
                        if (owner != null && waiting.remove(owner.id()) != null) {
                            return resource(drive.id(), owner, Optional.empty());
                        }
                    }
                }
                Iterator<Owner> none = waiting.values().iterator();
                if (!none.hasNext()) {
                    return null;
                }
                Resource last = without(none.next());
                none.remove();
                return last;
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }

    private static boolean hasPlan(Owner owner) {
        return owner.services().contains("sharepoint");
    }

    private static Resource without(Owner owner) {
        NotCovered why = hasPlan(owner)
                ? new NotCovered(Reason.NOT_PROVISIONED, "the OneDrive was never set up")
                : new NotCovered(Reason.NOT_LICENSED, "no plan with OneDrive, and none is left from before");
        return resource(owner.id(), owner, Optional.of(why));
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
