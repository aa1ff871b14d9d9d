// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import ezvcard.VCard;
import ezvcard.io.text.VCardReader;
import ezvcard.parameter.AddressType;
import ezvcard.parameter.TelephoneType;
import io.holdfast.m365.internal.workload.Parts;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.source.Part;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.SourceItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Contacts as vCards. */
final class ContactRendererTest {
    private static final String GRACE = """
            {"id":"C1","displayName":"Grace Hopper","givenName":"Grace","surname":"Hopper","middleName":"Brewster","title":"Dr.","nickName":"Amazing Grace",
             "companyName":"Navy; US","department":"Computing","jobTitle":"Rear admiral","emailAddresses":[{"name":"Grace","address":"grace@elsewhere.example"}],
             "homePhones":["+1 202 555 0100"],"mobilePhone":"+1 202 555 0101","imAddresses":["grace@im.example"],
             "homeAddress":{"street":"1 Main St\\nBack door","city":"Arlington","postalCode":"22201","countryOrRegion":"USA"},"businessAddress":{},
             "birthday":"1906-12-09T11:59:00Z","personalNotes":"first line\\nsecond, line","categories":["Red"],"spouseName":"Vincent"}
            """;

    private static String text(Part... parts) throws IOException {
        SourceItem item = new SourceItem(
                new ItemKey("C1"),
                ContactItems.CONTACT,
                List.of(),
                "Grace",
                SourceItem.Tags.none(),
                Optional.empty(),
                -1,
                SourceItem.Metadata.none(),
                List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ContactRenderer(ContactItems.CONTACT)
                .render(
                        new RestoreItem(
                                new ResourceId("contacts:ada"), item, List.of(), "0".repeat(32), Arrays.asList(parts)),
                        out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static VCard parsed(String text) throws IOException {
        try (VCardReader reader = new VCardReader(text)) {
            return reader.readNext();
        }
    }

    private static Part contact() {
        return Parts.json("contact", GRACE.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void saysAllThatIsKnownOfAContact() throws IOException {
        VCard card = parsed(text(contact()));

        assertThat(card.getFormattedName().getValue()).isEqualTo("Grace Hopper");
        assertThat(card.getStructuredName().getFamily()).isEqualTo("Hopper");
        assertThat(card.getStructuredName().getPrefixes()).containsExactly("Dr.");
        assertThat(card.getNickname().getValues()).containsExactly("Amazing Grace");
        assertThat(card.getOrganization().getValues()).containsExactly("Navy; US", "Computing");
        assertThat(card.getEmails().get(0).getValue()).isEqualTo("grace@elsewhere.example");
        assertThat(card.getTelephoneNumbers())
                .anySatisfy(number -> assertThat(number.getTypes()).contains(TelephoneType.CELL));
        assertThat(card.getAddresses()).singleElement().satisfies(address -> {
            assertThat(address.getTypes()).containsExactly(AddressType.HOME);
            assertThat(address.getStreetAddress()).isEqualTo("1 Main St\nBack door");
        });
        assertThat(card.getBirthday().getDate()).isEqualTo(LocalDate.of(1906, 12, 9));
        assertThat(card.getNotes().get(0).getValue()).isEqualTo("first line\nsecond, line");
        assertThat(card.getExtendedProperty("X-SPOUSE").getValue()).isEqualTo("Vincent");
    }

    @Test
    void holdsThePhoto() throws IOException {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3};
        VCard card = parsed(text(contact(), Parts.file("photo", png)));

        assertThat(card.getPhotos()).singleElement().satisfies(photo -> {
            assertThat(photo.getData()).isEqualTo(png);
            assertThat(photo.getContentType().getMediaType()).isEqualTo("image/png");
        });
    }

    @Test
    void isNamedLikeTheItemIfNothingElseIsKnown() throws IOException {
        assertThat(parsed(text()).getFormattedName().getValue()).isEqualTo("Grace");
    }
}
