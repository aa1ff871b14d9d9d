// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.simulators.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contacts, their folders and photos. */
class ContactTest {
    private final World world = new World();
    private final GraphClient client = world.client.preferringImmutableIds();
    private final String user = "/users/" + world.ada.id();
    private final GraphContactFolder contacts = world.mailbox.contacts();

    @Test
    void tracksTheTreeOfFoldersFlatWithoutTheDefaultOne() {
        GraphContactFolder friends = contacts.addFolder("Friends");
        GraphContactFolder close = friends.addFolder("Close");

        GraphClient.Round round = client.all(user + "/contactFolders/delta");
        friends.rename("Old friends");

        assertThat(round.ids()).containsExactly(friends.id(), close.id());
        assertThat(client.all(round.deltaLink()).elements())
                .singleElement()
                .satisfies(each -> assertThat(each).containsEntry("displayName", "Old friends"));
        assertThat(client.get(user + "/contactFolders/contacts").text("id")).isEqualTo(contacts.id());
        assertThat(client.all(user + "/contactFolders").ids()).containsExactly(friends.id());
    }

    @Test
    void tracksContactsForEachFolder() {
        GraphContact grace = contacts.add("Grace Hopper", "grace@elsewhere.example");
        GraphContact alan = contacts.add("Alan Turing", "alan@elsewhere.example");
        GraphContactFolder friends = contacts.addFolder("Friends");
        String delta = user + "/contactFolders/" + contacts.id() + "/contacts/delta?$select=displayName,changeKey";
        GraphClient.Round first = client.all(delta);
        grace.edit("jobTitle", "Rear admiral");
        alan.move(friends);

        GraphClient.Round next = client.all(first.deltaLink());

        assertThat(first.ids()).containsExactlyInAnyOrder(grace.immutableId(), alan.immutableId());
        assertThat(next.present()).containsExactly(grace.immutableId());
        assertThat(next.removed()).containsExactly(alan.immutableId());
        assertThat(client.get(user + "/contacts/" + alan.immutableId()).text("parentFolderId"))
                .isEqualTo(friends.id());
    }

    @Test
    void hasAPhotoOrSaysThatThereIsNone() {
        GraphContact grace = contacts.add("Grace Hopper", "grace@elsewhere.example");
        String photo = user + "/contacts/" + grace.immutableId() + "/photo/$value";
        assertThat(client.get(photo).code()).isEqualTo("ImageNotFound");

        client.send("PUT", photo, new byte[] {1, 2, 3}, client.authorized().with("Content-Type", "image/jpeg"));

        assertThat(client.get(photo).body()).containsExactly(1, 2, 3);
        assertThat(grace.photo()).contains(new byte[] {1, 2, 3});
    }

    @Test
    void findsAContactByWhatWasWrittenBesideItsProperties() {
        String id = "String {00020329-0000-0000-c000-000000000046} Name Mark";
        String encoded = id.replace("{", "%7B").replace("}", "%7D");
        Map<String, Object> made = client.post(
                        user + "/contactFolders/" + contacts.id() + "/contacts",
                        Json.object(
                                "displayName",
                                "Restored",
                                "singleValueExtendedProperties",
                                List.of(Json.object("id", id, "value", "42"))))
                .json();

        List<Map<String, Object>> found = client.all(user + "/contactFolders/" + contacts.id()
                        + "/contacts?$filter=singleValueExtendedProperties/any(ep: ep/id eq '" + encoded
                        + "' and ep/value eq '42')"
                        + "&$expand=singleValueExtendedProperties($filter=id eq '" + encoded + "')")
                .elements();

        assertThat(found).extracting(each -> each.get("id")).containsExactly(made.get("id"));
        assertThat(Json.children(found.get(0), "singleValueExtendedProperties"))
                .singleElement()
                .satisfies(each -> assertThat(each).containsEntry("value", "42"));
    }

    @Test
    void keepsADeletedContactWhereDeletedThingsAre() {
        GraphContact grace = contacts.add("Grace Hopper", "grace@elsewhere.example");
        grace.delete();

        assertThat(client.all(user + "/contacts").elements()).isEmpty();
        assertThat(client.get(user + "/contacts/" + grace.immutableId()).text("parentFolderId"))
                .isEqualTo(world.mailbox.folder("deleteditems").id());
    }
}
