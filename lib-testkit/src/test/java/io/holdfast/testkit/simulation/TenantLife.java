// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.simulation;

import io.holdfast.model.ItemKey;
import io.holdfast.model.Relation;
import io.holdfast.source.Feed;
import io.holdfast.source.Part;
import io.holdfast.source.Resource;
import io.holdfast.testkit.ScriptedItem;
import io.holdfast.testkit.ScriptedPart;
import io.holdfast.testkit.ScriptedTenant;
import io.holdfast.testkit.SeededRandomness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What people and services do to a tenant between sessions, and in the middle of them; from a seed. */
final class TenantLife {
    /** Stands in every name and content, and must be nowhere in the store. */
    static final String MARK = "PLAINTEXT";

    /** Items that are gone though no feed ever said so; they may stay until a whole pass. */
    final Set<String> lingering = new HashSet<>();

    /** Items that were ever in a feed that tells of no removals. */
    private final Set<String> untold = new HashSet<>();

    private final ScriptedTenant tenant;
    private final SeededRandomness random;
    private final List<String> resources = new ArrayList<>();
    private int made;

    TenantLife(ScriptedTenant tenant, SeededRandomness random) {
        this.tenant = tenant;
        this.random = random;
    }

    /** Founds a tenant of some resources with feeds of all kinds. */
    void found() {
        int count = 1 + random.nextInt(3);
        for (int r = 0; r < count; r++) {
            String resource = "box" + r;
            resources.add(resource);
            tenant.resource(resource);
            int feeds = 1 + random.nextInt(4);
            for (int f = 0; f < feeds; f++) {
                Feed.Kind kind = Feed.Kind.values()[random.nextInt(3)];
                tenant.feed(resource, "feed" + f, kind, kind == Feed.Kind.INCREMENTAL && random.happens(0.2));
            }
        }
        live(random.nextInt(60));
    }

    List<String> resources() {
        return List.copyOf(resources);
    }

    void live(int changes) {
        for (int i = 0; i < changes; i++) {
            change(resources.get(random.nextInt(resources.size())));
        }
    }

    private void change(String resource) {
        List<ItemKey> keys = new ArrayList<>(tenant.items(resource).keySet());
        int dice = random.nextInt(100);
        if (keys.isEmpty() || dice < 35) {
            ScriptedItem item = item();
            String feed = feed(resource);
            tenant.put(resource, feed, item);
            note(resource, item.key().value(), feed);
            return;
        }
        String key = keys.get(random.nextInt(keys.size())).value();
        if (dice < 50) {
            ScriptedItem old = tenant.items(resource).get(new ItemKey(key)).item();
            tenant.put(
                    resource,
                    feedOf(resource, key),
                    old.kind().container() ? old.named(name()) : old.with(parts(old.tagged())));
        } else if (dice < 65) {
            tenant.edit(resource, key, old -> old.with("f" + random.nextInt(3), random.happens(0.2) ? "" : value()));
        } else if (dice < 75) {
            move(resource, key);
        } else if (dice < 85) {
            remove(resource, key);
        } else if (dice < 90) {
            tenant.edit(resource, key, old -> old.named(name()));
        } else if (dice < 95) {
            silently(resource, key);
        } else {
            service(resource);
        }
    }

    /** What a feed keeps to itself shows when it is read from its beginning, or when the source is asked by key. */
    private void silently(String resource, String key) {
        String feed = feedOf(resource, key);
        if (random.happens(0.5)) {
            tenant.removeSilently(resource, key);
            lingering.add(resource + "/" + key);
        } else if (saysWhatLeft(resource, feed) && !itemOf(resource, key).kind().container()) {
            tenant.put(resource, feed, itemOf(resource, key).with(parts(false)));
            String to = feed(resource);
            tenant.moveSilently(resource, key, to);
            note(resource, key, to);
        }
        if (random.happens(0.7)) {
            tenant.forgetCursors(resource, feed);
        }
    }

    private ScriptedItem itemOf(String resource, String key) {
        return tenant.items(resource).get(new ItemKey(key)).item();
    }

    /** Whether an item that a feed loses without a word of the next one is asked for. */
    private boolean saysWhatLeft(String resource, String feed) {
        return tenant.feeds(resource).stream()
                .anyMatch(f -> f.id().value().equals(feed) && f.kind() != Feed.Kind.WATERMARK && !f.removalIsFinal());
    }

    private void service(String resource) {
        int dice = random.nextInt(5);
        if (dice == 0) {
            tenant.rename(resource, "box " + value());
        } else if (dice == 1) {
            boolean covered = random.happens(0.5);
            Resource.Reason reason = random.happens(0.5) ? Resource.Reason.NO_CONSENT : Resource.Reason.NOT_LICENSED;
            tenant.cover(resource, covered ? Optional.empty() : Optional.of(new Resource.NotCovered(reason, "script")));
        } else if (dice == 2) {
            tenant.list(resource, random.happens(0.5));
        } else if (dice == 3) {
            tenant.forgetCursors(resource, feed(resource));
        } else {
            tenant.fingerprint(resource, feed(resource), "v" + random.nextInt(1000));
        }
    }

    /** Makes everything reachable again, and every feed begin anew: the last state that must come out right. */
    void settle() {
        for (String resource : resources) {
            tenant.cover(resource, Optional.empty());
            tenant.list(resource, true);
        }
    }

    void forgetAllCursors() {
        for (String resource : resources) {
            tenant.feeds(resource)
                    .forEach(feed -> tenant.forgetCursors(resource, feed.id().value()));
        }
        lingering.clear();
    }

    private void move(String resource, String key) {
        if (random.happens(0.3)) {
            // There and back again: its feed says that it was removed, and never names it any more.
            String feed = feedOf(resource, key);
            boolean lies =
                    tenant.feeds(resource).stream().anyMatch(f -> f.id().value().equals(feed) && f.removalIsFinal());
            if (!lies) {
                tenant.announceRemoval(resource, key, feed);
            }
            return;
        }
        String to = feed(resource);
        tenant.move(resource, key, to);
        note(resource, key, to);
    }

    private void remove(String resource, String key) {
        if (untold.contains(resource + "/" + key)) {
            lingering.add(resource + "/" + key);
        }
        tenant.remove(resource, key);
    }

    private void note(String resource, String key, String feed) {
        boolean watermark = tenant.feeds(resource).stream()
                .anyMatch(f -> f.id().value().equals(feed) && f.kind() == Feed.Kind.WATERMARK);
        if (watermark) {
            untold.add(resource + "/" + key);
        }
    }

    private String feedOf(String resource, String key) {
        return tenant.items(resource).get(new ItemKey(key)).feed().value();
    }

    private String feed(String resource) {
        List<Feed> feeds = tenant.feeds(resource);
        return feeds.get(random.nextInt(feeds.size())).id().value();
    }

    private String name() {
        return MARK + "name" + value();
    }

    private String value() {
        return random.nextInt(4) == 0 ? MARK.repeat(40) + random.nextInt(1000) : MARK + random.nextInt(1000);
    }

    private ScriptedItem item() {
        String key = MARK + "item" + made++;
        if (random.happens(0.15)) {
            return ScriptedItem.folder(key);
        }
        boolean tagged = random.happens(0.85);
        ScriptedItem item = ScriptedItem.leaf(key, parts(tagged)).named(name()).with("f0", value());
        if (random.happens(0.3)) {
            item = item.in(MARK + "item" + random.nextInt(made));
        }
        if (random.happens(0.2)) {
            item = item.relating(
                    List.of(new Relation(Relation.Type.REPLY_TO, new ItemKey(MARK + "item" + random.nextInt(made)))));
        }
        return tagged ? item : item.untagged();
    }

    /** What is rendered anew at each read has tags: without, each session would store another rendering before it knows that it is none. */
    private List<ScriptedPart> parts(boolean tagged) {
        List<ScriptedPart> parts = new ArrayList<>();
        Part.Form form = tagged ? Part.Form.values()[random.nextInt(4)] : Part.Form.FILE;
        parts.add(new ScriptedPart("content", form, bytes(form)));
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            parts.add(ScriptedPart.file("attachment" + i, bytes(Part.Form.FILE)));
        }
        return parts;
    }

    private byte[] bytes(Part.Form form) {
        switch (form) {
            case JSON:
                return ("{\"subject\":\"" + value() + "\"}").getBytes(StandardCharsets.UTF_8);
            case MESSAGE_FILE:
            case MESSAGE_RENDERING:
                return message().getBytes(StandardCharsets.ISO_8859_1);
            default:
                return file();
        }
    }

    private byte[] file() {
        int dice = random.nextInt(40);
        // Few are long: one session out of some cuts a stream into chunks.
        int length = dice == 0 ? 300_000 + random.nextInt(400_000) : dice < 4 ? 0 : random.nextInt(2000);
        byte[] bytes = new byte[length];
        random.fill(bytes);
        byte[] mark = MARK.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(mark, 0, bytes, 0, Math.min(mark.length, length));
        return bytes;
    }

    private String message() {
        StringBuilder text = new StringBuilder();
        text.append("Subject: ").append(value()).append("\r\nMIME-Version: 1.0\r\n");
        text.append("Content-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n--b1\r\n");
        text.append("Content-Type: text/plain\r\n\r\n").append(value()).append("\r\n--b1\r\n");
        text.append("Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        byte[] attached = new byte[random.nextInt(300)];
        random.fill(attached);
        text.append(java.util.Base64.getMimeEncoder().encodeToString(attached)).append("\r\n--b1--\r\n");
        return text.toString();
    }
}
