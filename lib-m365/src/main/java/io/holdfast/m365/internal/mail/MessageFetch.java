// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.exchange.Exchange;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.graph.GraphPage;
import io.holdfast.m365.internal.graph.GraphPath;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.m365.internal.workload.Parts;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.Fetched;
import io.holdfast.source.Part;
import io.holdfast.source.Pull;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whole messages of one mailbox: where the wanted ones are neighbours, by a listing of the time in which they were received; else one by one.
 *
 * <p>A listing is read to its end before a message is handed out: who works on a message may need another request, and nobody waits for one while
 * holding one of the mailbox's four. What a page holds of attachments is bounded; larger ones are read when they are asked for.
 */
final class MessageFetch implements Pull<Fetched> {
    /** Room for a page: texts of forty messages, and what {@link ReadMessage} keeps of attachments. */
    private static final long PAGE_MEMORY = 8L << 20;

    private final Means means;
    private final Mailbox mailbox;
    private final Map<ItemKey, ItemRef> wanted = new LinkedHashMap<>();
    private final ArrayDeque<ReadMessage> read = new ArrayDeque<>();
    private MemoryBudget.@Nullable Reservation reserved;
    private boolean listed;

    MessageFetch(Means means, Mailbox mailbox, List<ItemRef> refs) {
        this.means = means;
        this.mailbox = mailbox;
        refs.forEach(ref -> wanted.put(ref.key(), ref));
    }

    /** What messages are read with. */
    record Means(GraphClient graph, MemoryBudget memory, MailOptions options, MessageListings listings) {}

    @Override
    public @Nullable Fetched next() {
        if (!listed) {
            listed = true;
            reserve();
            list();
        }
        ReadMessage message = read.poll();
        if (message != null) {
            ItemRef ref = Objects.requireNonNull(wanted.remove(keyOf(message)));
            try {
                return found(ref, message);
            } catch (FailureException e) {
                // What is wrong with one message says nothing of those that were listed with it.
                return failed(ref, e);
            }
        }
        if (wanted.isEmpty()) {
            return null;
        }
        ItemRef ref = wanted.values().iterator().next();
        wanted.remove(ref.key());
        return one(ref);
    }

    private void reserve() {
        try {
            reserved = means.memory.reserve(PAGE_MEMORY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException(
                    Failure.of(FailureCategory.TRANSIENT, "interrupted"), "interrupted while it waited for memory", e);
        }
    }

    /** Reads the neighbours in one page, if the wanted messages are likely to be some. */
    private void list() {
        TreeSet<Instant> times = new TreeSet<>();
        TreeSet<FeedId> folders = new TreeSet<>();
        for (ItemRef ref : wanted.values()) {
            ref.contentTag().flatMap(Messages::received).ifPresent(times::add);
            folders.add(ref.feed());
        }
        if (folders.size() != 1 || times.isEmpty()) {
            return;
        }
        String folder = folders.first().value();
        int size = wanted.size();
        if (size < MessageListings.SMALLEST || means.listings.most(folder) < MessageListings.SMALLEST) {
            return;
        }
        size = Math.min(size, means.listings.most(folder));
        GraphPath path = mailbox.path("/mailFolders/{}/messages", folder)
                .with("$filter", "receivedDateTime ge " + times.first() + " and receivedDateTime le " + times.last())
                .with("$orderby", "receivedDateTime desc")
                .with("$top", String.valueOf(size))
                .with("$expand", Mailbox.EXPAND);
        GraphCall call = mailbox.get("mail.messages.list", path);
        try (GraphPage page = means.graph.page(call)) {
            int came = 0;
            for (JsonParser at = page.nextElement(); at != null; at = page.nextElement()) {
                came++;
                ReadMessage message = ReadMessage.read(at);
                means.graph.see(call, message.properties());
                take(message);
            }
            if (read.size() * 2 < came) {
                means.listings.scattered(folder);
            }
        } catch (IOException e) {
            read.clear();
            means.listings.failed(folder, size);
        } catch (FailureException e) {
            read.clear();
            listingFailed(e, folder, size);
        }
    }

    /** One message that cannot be rendered spoils the page of all: then each is asked for on its own, and says so itself. */
    private void listingFailed(FailureException e, String folder, int size) {
        FailureCategory category = e.failure().category();
        if (category != FailureCategory.TRANSIENT
                && category != FailureCategory.POISON_ITEM
                && category != FailureCategory.UNKNOWN
                && category != FailureCategory.PATH_LOSS
                && category != FailureCategory.GONE) {
            throw e;
        }
        if (e.failure().retryAfter().isPresent()) {
            throw e;
        }
        means.listings.failed(folder, size);
    }

    private void take(ReadMessage message) {
        boolean twice = read.stream().anyMatch(each -> keyOf(each).equals(keyOf(message)));
        if (wanted.containsKey(keyOf(message)) && !twice) {
            read.add(message);
        }
    }

    private static ItemKey keyOf(ReadMessage message) {
        return new ItemKey(message.properties().path("id").asText());
    }

    private Fetched one(ItemRef ref) {
        try {
            return found(ref, whole(ref, Mailbox.EXPAND));
        } catch (FailureException e) {
            return e.failure().category() == FailureCategory.POISON_ITEM ? withoutAttached(ref) : failed(ref, e);
        }
    }

    /** One broken attachment spoils the message that it is expanded in: read on its own it spoils nothing but itself. */
    private Fetched withoutAttached(ItemRef ref) {
        try {
            return found(ref, whole(ref, Mailbox.EXTENDED));
        } catch (FailureException e) {
            return failed(ref, e);
        }
    }

    private ReadMessage whole(ItemRef ref, String expansion) {
        GraphPath path = mailbox.path("/messages/{}", ref.key().value()).with("$expand", expansion);
        GraphCall call = mailbox.get("mail.message.get", path);
        try (Exchange answer = means.graph.send(call);
                JsonParser parser = Json.factory().createParser(answer.body())) {
            parser.setCodec(Json.mapper());
            parser.nextToken();
            ReadMessage message = ReadMessage.read(parser);
            means.graph.see(call, message.properties());
            return message;
        } catch (IOException e) {
            throw new FailureException(
                    Failure.of(FailureCategory.TRANSIENT, "malformed"), "the message breaks off or is no JSON", e);
        }
    }

    private Fetched failed(ItemRef ref, FailureException e) {
        switch (e.failure().category()) {
            case GONE:
                return gone(ref);
            case POISON_ITEM:
                return original(ref, e.failure());
            case THROTTLED:
            case IDENTITY_OUTAGE:
            case CREDENTIAL_REJECTED:
                throw e;
            default:
                return new Fetched.Broken(ref, e.failure());
        }
    }

    /** The service says now and then that it knows nothing of what is there: it is asked twice. */
    private Fetched gone(ItemRef ref) {
        try {
            lean(ref);
            return new Fetched.Broken(ref, Failure.of(FailureCategory.TRANSIENT, "came-back"));
        } catch (FailureException e) {
            return e.failure().category() == FailureCategory.GONE
                    ? new Fetched.Gone(ref)
                    : new Fetched.Broken(ref, e.failure());
        }
    }

    private ObjectNode lean(ItemRef ref) {
        GraphPath path = mailbox.path("/messages/{}", ref.key().value()).with("$select", Mailbox.LEAN);
        return means.graph.object(mailbox.get("mail.message.lookup", path));
    }

    /** A message whose properties cannot be rendered: what it was when it came may still be had. */
    private Fetched original(ItemRef ref, Failure failure) {
        try {
            ObjectNode lean = lean(ref);
            FeedId folder =
                    new FeedId(lean.path("parentFolderId").asText(ref.feed().value()));
            return new Fetched.Found(ref, Messages.item(lean, folder), List.of(mime(ref.key())));
        } catch (FailureException e) {
            return e.failure().category() == FailureCategory.GONE
                    ? new Fetched.Gone(ref)
                    : new Fetched.Broken(ref, failure);
        }
    }

    private Fetched found(ItemRef ref, ReadMessage message) {
        List<Part> parts = new ArrayList<>();
        ReadMessage whole = message.complete() ? message : completed(message);
        parts.add(Parts.json("message", Json.bytes(whole.properties())));
        for (ReadMessage.Attachment attachment : whole.attachments()) {
            attachment(ref.key(), attachment).ifPresent(parts::add);
        }
        if (means.options.originals() || whole.wantsOriginal()) {
            parts.add(mime(ref.key()));
        }
        FeedId folder = new FeedId(
                whole.properties().path("parentFolderId").asText(ref.feed().value()));
        return new Fetched.Found(ref, Messages.item(whole.properties(), folder), parts);
    }

    /** What the expansion left out is listed, and read when it is asked for. */
    private ReadMessage completed(ReadMessage message) {
        GraphPath path = mailbox.path("/messages/{}/attachments", keyOf(message).value())
                .with("$select", "id,name,contentType,size,isInline,lastModifiedDateTime");
        List<ReadMessage.Attachment> attachments = new ArrayList<>();
        var described = Json.mapper().createArrayNode();
        means.graph.each(mailbox.get("mail.attachments.list", path), each -> {
            attachments.add(ReadMessage.attachment(each, null));
            described.add(Properties.withoutAnnotations(each));
        });
        ObjectNode properties = message.properties().deepCopy();
        properties.set("attachments", described);
        return new ReadMessage(properties, attachments, true);
    }

    private Optional<Part> attachment(ItemKey message, ReadMessage.Attachment attachment) {
        String name = "attachment/" + attachment.id();
        if (attachment.content() != null) {
            return Optional.of(Parts.file(name, attachment.content()));
        }
        if (attachment.isFile()) {
            GraphPath path = mailbox.path("/messages/{}/attachments/{}/$value", message.value(), attachment.id());
            return Optional.of(Parts.attached(
                    name,
                    attachment.size(),
                    () -> means.graph
                            .content(mailbox.get("mail.attachment.content", path))
                            .body()));
        }
        if (attachment.isItem()) {
            GraphPath path = mailbox.path("/messages/{}/attachments/{}", message.value(), attachment.id())
                    .with("$expand", "microsoft.graph.itemAttachment/item");
            return Optional.of(Parts.lazy(
                    name,
                    Part.Form.JSON,
                    () -> means.graph
                            .content(mailbox.get("mail.attachment.item", path))
                            .body()));
        }
        // Where a reference leads is nothing that this version of Graph tells; its description stands in the message.
        return Optional.empty();
    }

    private Part mime(ItemKey message) {
        GraphPath path = mailbox.path("/messages/{}/$value", message.value());
        return Parts.lazy(
                "mime",
                Part.Form.MESSAGE_RENDERING,
                () -> means.graph
                        .content(mailbox.get("mail.message.mime", path))
                        .body());
    }

    @Override
    public void close() {
        read.clear();
        if (reserved != null) {
            reserved.close();
            reserved = null;
        }
    }
}
