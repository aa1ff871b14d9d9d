// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.StoredItem;
import io.holdfast.simulators.graph.GraphContact;
import io.holdfast.simulators.graph.GraphContactFolder;
import io.holdfast.simulators.graph.GraphUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;

/** An address book: folders, contacts with a few of their fields, and every byte of the photos. */
final class ContactTruth extends Truth {
    ContactTruth(TenantRig rig, GraphUser user) {
        super(rig, user);
    }

    @Override
    M365Workload workload() {
        return M365Workload.CONTACTS;
    }

    @Override
    ResourceId resource() {
        return new ResourceId("contacts:" + user.id());
    }

    @Override
    void fill() {
        Random random = new Random(7);
        GraphContactFolder contacts = user.mailbox().contacts();
        GraphContactFolder friends = contacts.addFolder("Friends");
        List<GraphContactFolder> folders = List.of(contacts, contacts, friends, friends.addFolder("Close"));
        contacts.addFolder("Empty");
        for (int i = 0; i < 50; i++) {
            rig.time.advance(Duration.ofMinutes(7));
            GraphContact one = folders.get(i % folders.size()).add("Person " + i, "person" + i + "@elsewhere.example");
            one.edit("jobTitle", "Title " + i);
            if (i % 5 == 0) {
                one.photo(noise(random));
            }
        }
    }

    @Override
    void live(int day) {
        GraphContactFolder contacts = user.mailbox().contacts();
        List<GraphContact> there = contacts.contacts();
        contacts.add("News of day " + day, "news@elsewhere.example").photo(noise(new Random(day)));
        there.get(3).edit("jobTitle", "Changed on day " + day);
        there.get(4).photo(noise(new Random(100 + day)));
        there.get(5).move(contacts.children().get(0));
        there.get(7).delete();
        there.get(9).purge();
    }

    /** Calls for each contact and the path of its folder. */
    private static void each(GraphUser whose, BiConsumer<String, Optional<GraphContact>> taker) {
        each(whose.mailbox().contacts(), "", taker);
    }

    private static void each(
            GraphContactFolder folder, String above, BiConsumer<String, Optional<GraphContact>> taker) {
        String path = above + "/" + folder.displayName();
        taker.accept(path, Optional.empty());
        folder.contacts().forEach(each -> taker.accept(path, Optional.of(each)));
        folder.children().forEach(each -> each(each, path, taker));
    }

    @Override
    void heal() {
        each(
                user,
                (path, contact) -> contact.ifPresent(each -> {
                    if (each.isVanished()) {
                        each.purge();
                    } else {
                        each.heal();
                    }
                }));
    }

    @Override
    Set<String> vanished() {
        Set<String> vanished = new HashSet<>();
        each(
                user,
                (path, contact) ->
                        contact.filter(GraphContact::isVanished).ifPresent(each -> vanished.add(each.immutableId())));
        return vanished;
    }

    @Override
    List<Held> inTenant(GraphUser whose) {
        List<Held> held = new ArrayList<>();
        each(
                whose,
                (path, contact) ->
                        held.add(contact.map(each -> held(each, path)).orElseGet(() -> Held.container(path))));
        return held;
    }

    private static Held held(GraphContact contact, String folder) {
        Map<String, Object> seen = contact.seen();
        return new Held(
                contact.immutableId(),
                line(
                        folder,
                        String.valueOf(seen.get("displayName")),
                        String.valueOf(seen.get("jobTitle")),
                        contact.photo()));
    }

    private static String line(String folder, String name, String title, Optional<byte[]> photo) {
        return folder + " | " + name + " | " + title
                + photo.map(bytes -> " | " + digest(bytes)).orElse("");
    }

    @Override
    Optional<Held> inSnapshot(StoredItem item) {
        ManifestEntry entry = item.entry();
        JsonNode contact = json(part(entry, "contact"));
        return Optional.of(new Held(
                entry.key().value(),
                line(
                        parent(item),
                        contact.path("displayName").asText(),
                        contact.path("jobTitle").asText(),
                        hasPart(entry, "photo") ? Optional.of(part(entry, "photo")) : Optional.empty())));
    }
}
