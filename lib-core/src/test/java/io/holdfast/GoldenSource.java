// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ItemRef;
import io.holdfast.model.Relation;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Fetched;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Lookup;
import io.holdfast.source.Part;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import io.holdfast.source.SourceItem;
import io.holdfast.source.Trouble;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A mailbox with one of everything that a manifest can hold; in its second state an item is gone, one is new and one has changed. */
final class GoldenSource implements SourceConnector, Source {
    static final SourceId ID = new SourceId("golden");
    static final ResourceId MAILBOX = new ResourceId("mailbox:ana");
    private static final FeedId FEED = new FeedId("all");
    private static final ItemKind FOLDER = ItemKind.container("folder");
    private static final ItemKind MESSAGE = ItemKind.leaf("message");
    private static final ItemKind FILE = ItemKind.leaf("file");
    private static final Instant WHEN = Instant.parse("2026-03-01T10:15:30.123456789Z");

    private final int state;

    GoldenSource(int state) {
        this.state = state;
    }

    private List<Change> contents() {
        List<Change> all = new ArrayList<>();
        all.add(new Change.Upsert(item("inbox", FOLDER, json("{\"colour\":\"green\"}"), List.of()), List.of()));
        all.add(mail("mail-1", List.of()));
        all.add(mail("mail-2", List.of(new Relation(Relation.Type.REPLY_TO, new ItemKey("mail-1")))));
        all.add(new Change.Upsert(
                item("rendered", MESSAGE, SourceItem.Metadata.none(), List.of()),
                List.of(part("message", Part.Form.MESSAGE_RENDERING, message("rendered", "no attachment")))));
        String contact = state == 1 ? "{\"name\":\"Ana\",\"age\":41}" : "{\"age\":42,\"name\":\"Ana\"}";
        all.add(new Change.Upsert(
                item("contact", FILE, json("{\"note\":\"" + "long ".repeat(80) + "\"}"), List.of()),
                List.of(part("card", Part.Form.JSON, utf8(contact)))));
        all.add(new Change.Upsert(
                item("large", FILE, SourceItem.Metadata.none(), List.of()),
                List.of(part("content", Part.Form.FILE, large()))));
        if (state == 1) {
            all.add(new Change.Upsert(
                    item("gone", FILE, SourceItem.Metadata.none(), List.of()),
                    List.of(part("content", Part.Form.FILE, utf8("gone in the second snapshot")))));
        } else {
            all.add(new Change.Upsert(
                    item("late \u00e9\u4e2d", FILE, SourceItem.Metadata.none(), List.of()),
                    List.of(part("content", Part.Form.FILE, utf8("new in the second snapshot")))));
        }
        all.add(new Change.Unreadable(
                new ItemKey("broken"), FILE, new Trouble("corrupt-item", "ErrorItemCorrupt", false)));
        return all;
    }

    private static Change mail(String key, List<Relation> relations) {
        return new Change.Upsert(
                item(key, MESSAGE, json("{\"read\":true}"), relations),
                List.of(part("message", Part.Form.MESSAGE_FILE, message(key, attachment()))));
    }

    private static SourceItem item(String key, ItemKind kind, SourceItem.Metadata metadata, List<Relation> relations) {
        return new SourceItem(
                new ItemKey(key),
                kind,
                kind.container() ? List.of() : List.of(new ItemKey("inbox")),
                "The " + key,
                SourceItem.Tags.none(),
                Optional.of(WHEN),
                -1,
                metadata,
                relations);
    }

    private static SourceItem.Metadata json(String text) {
        return new SourceItem.Metadata(SourceItem.Metadata.Form.JSON, utf8(text));
    }

    private static byte[] message(String subject, String attachment) {
        return utf8("Subject: " + subject + "\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=\"joint\"\r\n\r\n"
                + "--joint\r\nContent-Type: text/plain\r\n\r\nHello from " + subject + "\r\n"
                + "--joint\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + attachment + "\r\n--joint--\r\n");
    }

    private static String attachment() {
        byte[] bytes = new byte[9_001];
        new SplittableRandom(3).nextBytes(bytes);
        return Base64.getMimeEncoder().encodeToString(bytes);
    }

    /** Two chunks and a bit, nearly all of it the same line, so that the repository stays small. */
    private static byte[] large() {
        byte[] line = utf8("the same line again and again, with nothing to cut at ....\n");
        byte[] bytes = new byte[(8 << 20) + 12_345];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = line[i % line.length];
        }
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Part part(String name, Part.Form form, byte[] bytes) {
        return new BytesPart(name, form, bytes);
    }

    private record BytesPart(String name, Form form, byte[] bytes) implements Part {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream open(long offset) {
            return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
        }
    }

    @Override
    public SourceId id() {
        return ID;
    }

    @Override
    public TenantId tenant() {
        return new TenantId("example");
    }

    @Override
    public Source open(SourceContext context) {
        return this;
    }

    @Override
    public Pull<Resource> discover() {
        return Pull.of(List.of(new Resource(MAILBOX, "mail", "Ana", "ana@example.com", Optional.empty())));
    }

    @Override
    public List<Feed> feeds(Resource resource) {
        return List.of(new Feed(FEED, Feed.Kind.ENUMERATION, "1", false, Duration.ofDays(30)));
    }

    @Override
    public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
        Pull<Change> changes = Pull.of(contents());
        return new ChangePage() {
            @Override
            public @Nullable Change next() {
                return changes.next();
            }

            @Override
            public End end() {
                return new CaughtUp(new Cursor("end", "1"), true);
            }

            @Override
            public void close() {
                changes.close();
            }
        };
    }

    @Override
    public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
        return items.stream().map(this::answer).toList();
    }

    private Lookup answer(ItemRef ref) {
        for (Change change : contents()) {
            if (change instanceof Change.Upsert upsert && upsert.key().equals(ref.key())) {
                return new Lookup.Present(upsert.item(), FEED);
            }
        }
        boolean broken = ref.key().equals(new ItemKey("broken"));
        return broken
                ? new Lookup.Unknown(ref.key(), new Trouble("corrupt-item", "ErrorItemCorrupt", false))
                : new Lookup.Absent(ref.key());
    }

    @Override
    public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
        List<Fetched> fetched = new ArrayList<>();
        for (ItemRef ref : items) {
            fetched.add(contents().stream()
                    .filter(change ->
                            change instanceof Change.Upsert && change.key().equals(ref.key()))
                    .map(change -> (Change.Upsert) change)
                    .map(found -> (Fetched) new Fetched.Found(ref, found.item(), found.parts()))
                    .findFirst()
                    .orElseGet(() -> new Fetched.Refused(ref, new Trouble("corrupt-item", "ErrorItemCorrupt", false))));
        }
        return Pull.of(fetched);
    }

    @Override
    public List<KindCapability> kinds() {
        return Arrays.asList(new KindCapability(FILE, true, false, "listed whole each session", ""));
    }

    @Override
    public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
        return Optional.empty();
    }

    @Override
    public void close() {
        // nothing is held
    }
}
