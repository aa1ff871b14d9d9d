// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.Json;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.source.ProviderHash;
import io.holdfast.source.SourceItem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An item of a drive as Graph told it, without what must not be kept: the address of its content, which is a key to it. Immutable.
 *
 * @param id its id, the same for as long as it is in its drive
 * @param json all that was told
 * @param download where its content can be had for a while, by whoever knows the address
 */
record DriveEntry(String id, ObjectNode json, Optional<URI> download) {
    static final ItemKind FILE = ItemKind.leaf("file");
    static final ItemKind FOLDER = ItemKind.container("folder");
    static final ItemKind NOTEBOOK = ItemKind.container("notebook");
    static final ItemKind SHORTCUT = ItemKind.leaf("shortcut");

    /** The property that lists grants; part of the metadata of shared items. */
    static final String PERMISSIONS = "permissions";

    private static final String DOWNLOAD = "@microsoft.graph.downloadUrl";
    /** What a folder's state is recognised by: its other properties bubble up from what it holds. */
    private static final List<String> STATE =
            List.of("name", "createdDateTime", "description", "package", "specialFolder", "retentionLabel");

    /**
     * Takes an element of a listing.
     *
     * @param element the element, which becomes the entry's
     * @return empty if it does not even say which item it is about
     */
    static Optional<DriveEntry> of(ObjectNode element) {
        Optional<URI> download = Json.text(element, DOWNLOAD).flatMap(DriveEntry::address);
        element.remove(List.of(DOWNLOAD, "@content.downloadUrl", "@odata.context", "@odata.etag"));
        return Json.text(element, "id").filter(id -> !id.isEmpty()).map(id -> new DriveEntry(id, element, download));
    }

    private static Optional<URI> address(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() == null ? Optional.empty() : Optional.of(uri);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    ItemKey key() {
        return new ItemKey(id);
    }

    boolean isRoot() {
        return json.has("root");
    }

    boolean isDeleted() {
        return json.has("deleted");
    }

    boolean isNotebook() {
        return json.has("package");
    }

    boolean isFile() {
        return json.has("file");
    }

    boolean isMalware() {
        return json.has("malware");
    }

    boolean isShared() {
        return json.has("shared");
    }

    /** Whether it is named because grants changed, which its tags need not show. */
    boolean isResharedNow() {
        return "true"
                .equals(json.path("@microsoft.graph.sharedChanged").asText("").toLowerCase(Locale.ROOT));
    }

    /** Whether it says what it is, what it is called and where it is; updates of a feed may be sparse. */
    boolean isWhole() {
        return kind().isPresent() && Json.text(json, "name").isPresent() && parent().isPresent();
    }

    Optional<String> parent() {
        return Json.text(json.path("parentReference"), "id");
    }

    Optional<ItemKind> kind() {
        if (json.has("remoteItem")) {
            return Optional.of(SHORTCUT);
        }
        if (isNotebook()) {
            return Optional.of(NOTEBOOK);
        }
        if (json.has("folder") || json.has("bundle")) {
            return Optional.of(FOLDER);
        }
        return isFile() ? Optional.of(FILE) : Optional.empty();
    }

    String name() {
        return Json.text(json, "name").orElse(id);
    }

    /** Whether it is a part of a OneNote notebook, which the service sometimes refuses to hand out. */
    boolean isOneNote() {
        String type = json.path("file").path("mimeType").asText("").toLowerCase(Locale.ROOT);
        String name = name().toLowerCase(Locale.ROOT);
        return type.contains("onenote") || name.endsWith(".one") || name.endsWith(".onetoc2");
    }

    /** The length of its content; -1 if it has none or does not say. */
    long size() {
        return isFile() && json.path("size").isIntegralNumber()
                ? Math.max(-1, json.path("size").asLong())
                : -1;
    }

    /** Empty for files of which the service knows no hash, as for some that it writes itself. */
    Optional<ProviderHash> hash() {
        return Json.text(json.path("file").path("hashes"), QuickXorHash.NAME).flatMap(DriveEntry::hash);
    }

    private static Optional<ProviderHash> hash(String base64) {
        try {
            String hex = HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
            return Optional.of(new ProviderHash(QuickXorHash.NAME, hex, QuickXorHash::new));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The item.
     *
     * @param root the id of the drive's root, which is no item: what lies in it lies in no container
     * @return its state
     */
    SourceItem item(String root) {
        ItemKind kind = kind().orElse(FILE);
        return new SourceItem(
                key(),
                kind,
                parent().filter(id -> !id.equals(root)).map(ItemKey::new).stream()
                        .toList(),
                name(),
                new SourceItem.Tags(contentTag(kind), stateTag(kind)),
                modified(),
                size(),
                new SourceItem.Metadata(SourceItem.Metadata.Form.JSON, Json.bytes(json)),
                List.of());
    }

    /** When whoever wrote it says that it was changed: a file that was copied into the drive is older than its copy. */
    private Optional<Instant> modified() {
        return Json.time(json.path("fileSystemInfo"), "lastModifiedDateTime")
                .or(() -> Json.time(json, "lastModifiedDateTime"));
    }

    /** Delta leaves out cTags: tags must come out alike wherever the item was told. */
    private Optional<String> contentTag(ItemKind kind) {
        if (!kind.equals(FILE) || size() < 0) {
            return Optional.empty();
        }
        return hash().map(hash -> size() + ":" + hash.hex())
                .or(() -> Json.text(json, "lastModifiedDateTime").map(time -> size() + "@" + time));
    }

    private Optional<String> stateTag(ItemKind kind) {
        if (isResharedNow()) {
            return Optional.empty();
        }
        Optional<String> etag = kind.container() ? Optional.empty() : Json.text(json, "eTag");
        if (etag.isPresent() && !json.has(PERMISSIONS)) {
            return etag;
        }
        MessageDigest digest = sha256();
        etag.ifPresent(tag -> digest.update(tag.getBytes(StandardCharsets.UTF_8)));
        parent().ifPresent(id -> digest.update(id.getBytes(StandardCharsets.UTF_8)));
        STATE.forEach(field -> add(digest, json.path(field)));
        add(digest, json.path(PERMISSIONS));
        add(digest, json.path("fileSystemInfo").path("createdDateTime"));
        if (!kind.container() && etag.isEmpty()) {
            add(digest, json.path("size"));
            add(digest, json.path("file"));
            add(digest, json.path("remoteItem"));
            add(digest, json.path("lastModifiedDateTime"));
            add(digest, json.path("fileSystemInfo"));
        }
        return Optional.of(HexFormat.of().formatHex(digest.digest(), 0, 16));
    }

    private static void add(MessageDigest digest, JsonNode value) {
        digest.update(value.toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Never the address of the content. */
    @Override
    public String toString() {
        return "DriveEntry[" + id + "]";
    }
}
