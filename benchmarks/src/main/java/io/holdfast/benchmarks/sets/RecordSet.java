// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Locale;

/** Tiny records, 1 to 2 KB: contacts as a web API gives them out, one JSON object in each file. */
final class RecordSet extends DataSet {
    private static final int PER_FOLDER = 800;
    private static final int COMPANIES = 600;

    private final WordModel model;
    private final String mailbox;

    RecordSet(int items, long seed) {
        super("records", items, seed);
        this.model = new WordModel(seed);
        this.mailbox = "AAMkAD" + random64(stream("mailbox", 0), 30) + "EgAA";
    }

    @Override
    String path(int index) {
        // New records go to any folder, as new contacts do.
        int folders = Math.max(1, items() / PER_FOLDER);
        int folder = index < items()
                ? index / PER_FOLDER % folders
                : stream("folder", index).below(folders);
        return "contacts-%03d/%06d.json".formatted(folder, index);
    }

    @Override
    ItemWriter writer() {
        ByteBuilder buffer = new ByteBuilder();
        return (index, edition, out) -> write(index, edition, out, buffer);
    }

    private void write(int index, Edition edition, OutputStream out, ByteBuilder buffer) throws IOException {
        SeededStream stream = stream("record", index);
        SeededStream edit = stream("edit", index);
        boolean changed = edition == Edition.CHANGED;
        buffer.clear();
        identity(stream, changed ? edit : stream, buffer);
        person(stream, changed ? edit : stream, buffer);
        notes(stream, buffer);
        buffer.text("}").writeTo(out);
    }

    private void identity(SeededStream stream, SeededStream version, ByteBuilder out) {
        String id = mailbox + random64(stream, 60) + "AAA=";
        String folder = mailbox + random64(stream("container", stream.below(9)), 6) + "AAA=";
        String key = "EQAAABYAAAD" + random64(version, 24);
        out.text("{\"@odata.etag\":\"W/\\\"" + key + "\\\"\",\"id\":\"" + id + "\",\"createdDateTime\":\""
                        + time(stream))
                .text("\",\"lastModifiedDateTime\":\"" + time(version) + "\",\"changeKey\":\"" + key)
                .text("\",\"categories\":[],\"parentFolderId\":\"" + folder + "\",\"birthday\":");
        out.text(
                stream.chance(0.1)
                        ? "\"19" + stream.between(50, 99) + "-04-1" + stream.below(9) + "T00:00:00Z\""
                        : "null");
    }

    private void person(SeededStream stream, SeededStream version, ByteBuilder out) {
        String given = capital(model.text(model.topical(stream)));
        String family = capital(model.text(model.topical(stream)));
        SeededStream company = stream("company", stream.below(COMPANIES));
        String firm = capital(model.text(model.topical(company))) + (company.chance(0.5) ? " GmbH" : " Inc.");
        String domain = model.text(model.topical(company)).replaceAll("[^a-z]", "") + ".example";
        String mail = (given + "." + family).toLowerCase(Locale.ROOT) + "@" + domain;
        out.text(",\"fileAs\":\"" + family + ", " + given + "\",\"displayName\":\"" + given + " " + family)
                .text("\",\"givenName\":\"" + given + "\",\"initials\":null,\"nickName\":null")
                .text(",\"surname\":\"" + family + "\",\"title\":null,\"imAddresses\":[],\"jobTitle\":\"")
                .text(capital(model.text(stream.below(400))) + " " + capital(model.text(stream.below(90))))
                .text("\",\"companyName\":\"" + firm + "\",\"department\":\"" + capital(model.text(stream.below(60))))
                .text("\",\"officeLocation\":\"" + (char) ('A' + stream.below(6)) + "-" + stream.between(100, 599))
                .text("\",\"businessHomePage\":\"https://www." + domain + "/\"")
                .text(",\"homePhones\":[],\"mobilePhone\":\"" + phone(version) + "\",\"businessPhones\":[\"")
                .text(phone(stream) + "\"],\"personalNotes\":\"");
        int notes = stream.chance(0.75) ? stream.between(1, 8) : 0;
        Prose prose = new Prose(model, stream);
        for (int n = 0; n < notes; n++) {
            prose.sentence(out);
        }
        out.text("\",\"children\":[],\"emailAddresses\":[{\"name\":\"" + given + " " + family + "\",\"address\":\""
                + mail);
        out.text("\"}],\"homeAddress\":{}");
    }

    private void notes(SeededStream stream, ByteBuilder out) {
        String street = capital(model.text(model.topical(stream))) + " Street " + stream.between(1, 250);
        String city = capital(model.text(100 + stream.below(900)));
        out.text(",\"businessAddress\":{\"street\":\"" + street + "\",\"city\":\"" + city + "\",\"state\":\"")
                .text(capital(model.text(80 + stream.below(50)))
                        + "\",\"countryOrRegion\":\"Germany\",\"postalCode\":\"")
                .text(stream.between(10_000, 99_999) + "\"},\"otherAddress\":{},\"extension\":{\"cid\":\"")
                .text(Long.toHexString(stream.nextLong()) + Long.toHexString(stream.nextLong()) + "\",\"photo\":\"")
                .text(random64(stream, 30) + "\"}");
    }

    private static String time(SeededStream stream) {
        return "20%02d-%02d-%02dT%02d:%02d:%02dZ"
                .formatted(
                        stream.between(19, 25),
                        stream.between(1, 12),
                        stream.between(1, 28),
                        stream.below(24),
                        stream.below(60),
                        stream.below(60));
    }

    private static String phone(SeededStream stream) {
        return "+49 " + stream.between(30, 999) + " " + stream.between(100_000, 99_999_999);
    }

    private static String random64(SeededStream stream, int bytes) {
        byte[] raw = new byte[bytes];
        stream.fill(raw, 0, bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
