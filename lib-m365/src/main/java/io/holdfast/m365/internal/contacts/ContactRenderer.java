// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.contacts;

import com.fasterxml.jackson.databind.JsonNode;
import ezvcard.VCard;
import ezvcard.VCardVersion;
import ezvcard.io.text.VCardWriter;
import ezvcard.parameter.AddressType;
import ezvcard.parameter.EmailType;
import ezvcard.parameter.ImageType;
import ezvcard.parameter.TelephoneType;
import ezvcard.property.Address;
import ezvcard.property.Impp;
import ezvcard.property.Photo;
import ezvcard.property.RawProperty;
import ezvcard.property.StructuredName;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.model.ItemKind;
import io.holdfast.source.Part;
import io.holdfast.source.Renderer;
import io.holdfast.source.RestoreItem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes contacts as vCards of version 3.0 (RFC 2426), which is what most programs read. The same contact gives the same bytes each time. */
final class ContactRenderer implements Renderer {
    private static final int LARGEST_PHOTO = 8 << 20;

    private final ItemKind kind;

    ContactRenderer(ItemKind kind) {
        this.kind = kind;
    }

    @Override
    public ItemKind kind() {
        return kind;
    }

    @Override
    public String extension() {
        return ".vcf";
    }

    @Override
    public void render(RestoreItem item, OutputStream out) throws IOException {
        VCard card = new VCard();
        for (Part part : item.parts()) {
            if (part.name().equals(StoredContact.CONTACT)) {
                try (InputStream in = part.open(0)) {
                    copy(Json.read(in.readAllBytes()), card);
                }
            } else if (part.name().equals(StoredContact.PHOTO)) {
                photo(part, card);
            }
        }
        if (card.getFormattedName() == null) {
            card.setFormattedName(item.item().name());
        }
        VCardWriter writer = new VCardWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), VCardVersion.V3_0);
        writer.setAddProdId(false);
        writer.write(card);
        writer.flush();
    }

    private static void copy(JsonNode contact, VCard card) {
        name(contact, card);
        organisation(contact, card);
        contact.path("emailAddresses")
                .forEach(
                        each -> text(each, "address").ifPresent(address -> card.addEmail(address, EmailType.INTERNET)));
        phones(contact.path("homePhones"), card, TelephoneType.HOME);
        phones(contact.path("businessPhones"), card, TelephoneType.WORK);
        text(contact, "mobilePhone").ifPresent(number -> card.addTelephoneNumber(number, TelephoneType.CELL));
        contact.path("imAddresses").forEach(each -> card.addImpp(new Impp("im", each.asText())));
        address(contact.path("homeAddress"), AddressType.HOME, card);
        address(contact.path("businessAddress"), AddressType.WORK, card);
        address(contact.path("otherAddress"), AddressType.POSTAL, card);
        text(contact, "businessHomePage").ifPresent(card::addUrl);
        birthday(contact).ifPresent(card::setBirthday);
        text(contact, "personalNotes").ifPresent(card::addNote);
        List<String> categories = new ArrayList<>();
        contact.path("categories").forEach(each -> categories.add(each.asText()));
        if (!categories.isEmpty()) {
            card.setCategories(categories.toArray(String[]::new));
        }
        extended(contact, "spouseName", "X-SPOUSE", card);
        extended(contact, "manager", "X-MANAGER", card);
        extended(contact, "assistantName", "X-ASSISTANT", card);
        extended(contact, "yomiGivenName", "X-PHONETIC-FIRST-NAME", card);
        extended(contact, "yomiSurname", "X-PHONETIC-LAST-NAME", card);
        contact.path("children").forEach(each -> card.addProperty(new RawProperty("X-CHILD", each.asText())));
    }

    private static void name(JsonNode contact, VCard card) {
        StructuredName name = new StructuredName();
        text(contact, "surname").ifPresent(name::setFamily);
        text(contact, "givenName").ifPresent(name::setGiven);
        each(contact, "middleName", name.getAdditionalNames()::add);
        each(contact, "title", name.getPrefixes()::add);
        each(contact, "generation", name.getSuffixes()::add);
        card.setStructuredName(name);
        text(contact, "displayName").ifPresent(card::setFormattedName);
        each(contact, "nickName", card::setNickname);
        text(contact, "fileAs").ifPresent(card::setSortString);
    }

    private static void organisation(JsonNode contact, VCard card) {
        Optional<String> company = text(contact, "companyName");
        Optional<String> department = text(contact, "department");
        if (company.isPresent() || department.isPresent()) {
            List<String> levels = new ArrayList<>(List.of(company.orElse("")));
            department.ifPresent(levels::add);
            text(contact, "officeLocation").ifPresent(levels::add);
            card.setOrganization(levels.toArray(String[]::new));
        }
        text(contact, "jobTitle").ifPresent(card::addTitle);
        text(contact, "profession").ifPresent(card::addRole);
    }

    private static void phones(JsonNode numbers, VCard card, TelephoneType type) {
        numbers.forEach(each -> card.addTelephoneNumber(each.asText(), type, TelephoneType.VOICE));
    }

    private static void address(JsonNode from, AddressType type, VCard card) {
        Address address = new Address();
        text(from, "street").ifPresent(address::setStreetAddress);
        text(from, "city").ifPresent(address::setLocality);
        text(from, "state").ifPresent(address::setRegion);
        text(from, "postalCode").ifPresent(address::setPostalCode);
        text(from, "countryOrRegion").ifPresent(address::setCountry);
        if (!address.equals(new Address())) {
            address.getTypes().add(type);
            card.addAddress(address);
        }
    }

    /** A day, kept by Exchange as a moment at noon or midnight of it. */
    private static Optional<LocalDate> birthday(JsonNode contact) {
        try {
            return text(contact, "birthday").map(OffsetDateTime::parse).map(OffsetDateTime::toLocalDate);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static void photo(Part part, VCard card) throws IOException {
        try (InputStream in = part.open(0)) {
            byte[] bytes = in.readNBytes(LARGEST_PHOTO + 1);
            if (bytes.length > 0 && bytes.length <= LARGEST_PHOTO) {
                card.addPhoto(new Photo(bytes, type(bytes)));
            }
        }
    }

    private static ImageType type(byte[] bytes) {
        boolean png = bytes.length > 3 && bytes[1] == 'P' && bytes[2] == 'N' && bytes[3] == 'G';
        boolean gif = bytes.length > 3 && bytes[0] == 'G' && bytes[1] == 'I' && bytes[2] == 'F';
        return png ? ImageType.PNG : gif ? ImageType.GIF : ImageType.JPEG;
    }

    private static void extended(JsonNode contact, String field, String property, VCard card) {
        each(contact, field, value -> card.setExtendedProperty(property, value));
    }

    private static void each(JsonNode node, String field, Consumer<String> taker) {
        text(node, field).ifPresent(taker);
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field).asText("")).filter(value -> !value.isEmpty());
    }
}
