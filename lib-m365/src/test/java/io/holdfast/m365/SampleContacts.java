// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.simulators.graph.GraphContact;
import io.holdfast.simulators.graph.GraphContactFolder;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.json.Json;
import java.util.List;
import java.util.Random;

/** Fills contact folders, nested and empty ones among them; some contacts have photos, some hardly anything. */
final class SampleContacts {
    private final GraphContactFolder root;
    private final Random random;

    SampleContacts(GraphUser user, Random random) {
        this.root = user.mailbox().contacts();
        this.random = random;
    }

    void fill(int contacts) {
        GraphContactFolder friends = root.addFolder("Freunde");
        List<GraphContactFolder> folders = List.of(root, friends, friends.addFolder("aus Köln"));
        root.addFolder("Leer");
        for (int i = 0; i < contacts; i++) {
            GraphContact contact =
                    folders.get(i % folders.size()).add("Person Nr. " + i, "person" + i + "@elsewhere.example");
            switch (i % 4) {
                case 0 -> contact.photo(SampleTenant.noise(random, 2_000));
                case 1 -> whole(contact, i);
                case 2 -> contact.edit("personalNotes", "Zeile 1\r\nZeile 2; mit , und \\ und 👋");
                default -> contact.edit("emailAddresses", List.of());
            }
        }
    }

    private static void whole(GraphContact contact, int number) {
        contact.edit("companyName", "Beispiel & Söhne");
        contact.edit("jobTitle", "Leitung");
        contact.edit("birthday", "1980-02-29T00:00:00Z");
        contact.edit("businessPhones", List.of("+49 221 " + number, "+49 221 99"));
        contact.edit("mobilePhone", "+49 170 " + number);
        contact.edit("categories", List.of("Wichtig"));
        contact.edit(
                "homeAddress",
                Json.object(
                        "street", "Weg 1", "city", "Köln", "postalCode", "50667", "countryOrRegion", "Deutschland"));
        contact.edit("imAddresses", List.of("sip:person" + number + "@elsewhere.example"));
        contact.edit("spouseName", "Alex");
        contact.edit("children", List.of("Kim", "Uli"));
    }
}
