// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import io.holdfast.m365.internal.workload.Owner;
import io.holdfast.model.ResourceId;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The document libraries of all sites that are nobody's own. Safe for use by several threads. */
final class SiteLibraries implements DriveDirectory {
    static final String NAME = "sharepoint";
    /** What retention policies put aside; a copy of what is or was elsewhere. */
    private static final String PRESERVATION_HOLD = "Preservation Hold Library";

    private final Sites sites;

    SiteLibraries(Sites sites) {
        this.sites = sites;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Sites may be listed by these alone. */
    @Override
    public List<String> permissions() {
        return List.of("Sites.Read.All", "Sites.ReadWrite.All", "Sites.FullControl.All");
    }

    @Override
    public Optional<Resource> ofOwner(Owner owner, boolean readable) {
        return Optional.empty();
    }

    /** Asks site by site, as the libraries are pulled. */
    @Override
    public Pull<Resource> ofTenant() {
        List<Sites.Site> all;
        try {
            all = sites.all();
        } catch (FailureException e) {
            if (e.failure().category() == FailureCategory.NOT_AVAILABLE) {
                return Pull.of(List.of(none(e.failure().code())));
            }
            throw e;
        }
        Iterator<Sites.Site> left =
                all.stream().filter(site -> !site.personal()).iterator();
        ArrayDeque<Resource> ready = new ArrayDeque<>();
        return new Pull<>() {
            @Override
            public @Nullable Resource next() {
                while (ready.isEmpty() && left.hasNext()) {
                    librariesOf(left.next(), ready);
                }
                return ready.poll();
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }

    private static Resource none(String code) {
        return new Resource(
                new ResourceId(NAME + ":tenant"),
                NAME,
                "SharePoint",
                "tenant",
                Optional.of(new Resource.NotCovered(
                        Resource.Reason.NOT_LICENSED, "the tenant has no SharePoint: " + code)));
    }

    private void librariesOf(Sites.Site site, ArrayDeque<Resource> into) {
        Sites.Answer answer = sites.drives(site);
        answer.refusal()
                .filter(refusal -> refusal.failure().category() != FailureCategory.GONE)
                .ifPresent(refusal -> into.add(
                        resource(site, site.id(), site.name(), Optional.of(DriveDirectory.notCovered(refusal)))));
        answer.drives().stream()
                .filter(drive -> !drive.name().equals(PRESERVATION_HOLD))
                .forEach(drive -> into.add(resource(site, drive.id(), drive.name(), Optional.empty())));
    }

    private static Resource resource(
            Sites.Site site, String id, String name, Optional<Resource.NotCovered> notCovered) {
        return new Resource(new ResourceId(NAME + ":" + id), NAME, name, owner(site), notCovered);
    }

    /** The name for people with the path of the host, which tells sites of one name apart. */
    private static String owner(Sites.Site site) {
        try {
            URI url = URI.create(site.url());
            String path = url.getHost() + url.getPath();
            return site.name() + " (" + path + ")";
        } catch (IllegalArgumentException e) {
            return site.name() + " (" + site.id() + ")";
        }
    }
}
