// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The REST interface of a container with version-level immutability, which no emulator has: really keeps blobs, versions and policies. */
final class FakeAzure implements Function<PeerRequest, Reply> {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
    private static final Pattern BLOCK = Pattern.compile("<Latest>([^<]+)</Latest>");

    private final FakeBlobs blobs;
    private final int page;

    /**
     * An interface.
     *
     * @param blobs what is behind it
     * @param page how many versions a page of a listing has at most, whatever is asked for
     */
    FakeAzure(FakeBlobs blobs, int page) {
        this.blobs = blobs;
        this.page = page;
    }

    @Override
    public Reply apply(PeerRequest request) {
        try {
            return answer(new Call(request));
        } catch (FakeBlobs.Refusal refused) {
            return error(refused.status(), refused.getMessage());
        }
    }

    static Reply error(int status, String code) {
        return Reply.of(status)
                .with("x-ms-error-code", code)
                .with("Content-Type", "application/xml")
                .with(("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>because of " + code
                                + "\nRequestId:1</Message></Error>")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** What a container with version-level immutability, or one without, says of itself. */
    static Reply container(boolean versions, boolean policy) {
        return Reply.of(200)
                .with("ETag", "\"0x1\"")
                .with("Last-Modified", date(Instant.EPOCH))
                .with("x-ms-has-immutability-policy", String.valueOf(policy))
                .with("x-ms-has-legal-hold", "false")
                .with("x-ms-immutable-storage-with-versioning-enabled", String.valueOf(versions));
    }

    /** A request taken apart. */
    private record Call(PeerRequest request, Map<String, String> query, String blob) {
        Call(PeerRequest request) {
            this(request, query(request.target()), blob(request.path()));
        }

        private static Map<String, String> query(String target) {
            Map<String, String> query = new HashMap<>();
            int begin = target.indexOf('?');
            for (String pair :
                    begin < 0 ? new String[0] : target.substring(begin + 1).split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(parts[0], URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
            }
            return query;
        }

        private static String blob(String path) {
            // Before it stand the account and the container.
            String[] parts = path.split("/", 4);
            return parts.length < 4 ? "" : URLDecoder.decode(parts[3], StandardCharsets.UTF_8);
        }

        String kind() {
            return request.method() + " " + query.getOrDefault("comp", query.getOrDefault("restype", "blob"));
        }

        Optional<String> version() {
            return Optional.ofNullable(query.get("versionid"));
        }

        Optional<String> field(String name) {
            return request.fields().first(name);
        }

        FakeBlobs.Conditions conditions() {
            return new FakeBlobs.Conditions(field("If-Match"), field("If-None-Match"));
        }

        Optional<Instant> until() {
            return field("x-ms-immutability-policy-until-date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        }

        boolean locked() {
            return field("x-ms-immutability-policy-mode")
                    .filter("locked"::equalsIgnoreCase)
                    .isPresent();
        }

        boolean hold() {
            return field("x-ms-legal-hold").filter("true"::equals).isPresent();
        }

        FakeBlobs.Policy policy() {
            return new FakeBlobs.Policy(until(), locked(), hold());
        }
    }

    private Reply answer(Call call) {
        return switch (call.kind()) {
            case "GET container", "HEAD container" -> container(true, false);
            case "GET list" -> list(call);
            case "PUT blob" ->
                put(call, call.request().body(), md5(call.request().body()));
            case "PUT block" -> {
                blobs.stage(
                        call.blob(), call.query().get("blockid"), call.request().body());
                yield Reply.of(201);
            }
            case "PUT blocklist" -> commit(call);
            case "GET blob", "HEAD blob" -> get(call);
            case "DELETE blob" -> {
                blobs.delete(call.blob(), call.version(), call.conditions());
                yield Reply.of(202);
            }
            case "PUT immutabilityPolicies" -> {
                blobs.retain(call.blob(), call.version(), call.until().orElseThrow(), call.locked());
                yield Reply.of(200);
            }
            case "DELETE immutabilityPolicies" -> {
                blobs.dropPolicy(call.blob(), call.version());
                yield Reply.of(200);
            }
            case "PUT legalhold" -> {
                blobs.hold(call.blob(), call.version(), call.hold());
                yield Reply.of(200).with("x-ms-legal-hold", String.valueOf(call.hold()));
            }
            default -> error(501, "NotImplemented");
        };
    }

    private static String md5(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Reply put(Call call, byte[] bytes, String md5) {
        if (call.field("Content-MD5")
                .filter(said -> !said.equals(md5(call.request().body())))
                .isPresent()) {
            throw new FakeBlobs.Refusal(400, "Md5Mismatch");
        }
        FakeBlobs.Version written = blobs.put(call.blob(), bytes, md5, call.conditions(), call.policy());
        return described(Reply.of(201), written);
    }

    private Reply commit(Call call) {
        List<String> ids = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(call.request().text()); block.find(); ) {
            ids.add(block.group(1));
        }
        return put(
                call,
                blobs.staged(call.blob(), ids),
                call.field("x-ms-blob-content-md5").orElse(""));
    }

    private Reply get(Call call) {
        FakeBlobs.Version found = blobs.find(call.blob(), call.version());
        call.conditions().require(Optional.of(found));
        byte[] bytes = found.bytes();
        Matcher range = RANGE.matcher(
                call.field("x-ms-range").or(() -> call.field("Range")).orElse(""));
        if (!range.matches()) {
            return described(Reply.of(200), found).with(bytes);
        }
        long from = Long.parseLong(range.group(1));
        if (from >= bytes.length) {
            return error(416, "InvalidRange");
        }
        long to = range.group(2).isEmpty()
                ? bytes.length
                : Math.min(bytes.length - 1, Long.parseLong(range.group(2))) + 1;
        return described(Reply.of(206), found)
                .with("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + bytes.length)
                .with(Arrays.copyOfRange(bytes, (int) from, (int) to));
    }

    private static Reply described(Reply reply, FakeBlobs.Version version) {
        Reply described = reply.with("ETag", "\"" + version.etag() + "\"")
                .with("Last-Modified", date(version.modified()))
                .with("x-ms-version-id", version.id())
                .with("x-ms-blob-type", "BlockBlob")
                .with("x-ms-legal-hold", String.valueOf(version.policy().hold()));
        return version.policy()
                .until()
                .map(date -> described
                        .with("x-ms-immutability-policy-until-date", date(date))
                        .with("x-ms-immutability-policy-mode", mode(version)))
                .orElse(described);
    }

    private static String mode(FakeBlobs.Version version) {
        return version.policy().locked() ? "locked" : "unlocked";
    }

    private static String date(Instant instant) {
        return DATE.format(instant.atOffset(ZoneOffset.UTC));
    }

    private Reply list(Call call) {
        boolean versions = call.query().getOrDefault("include", "").contains("versions");
        List<Map.Entry<String, FakeBlobs.Version>> all = blobs.list(call.query().getOrDefault("prefix", "")).stream()
                .filter(each -> versions || each.getValue().current())
                .filter(each -> place(each).compareTo(call.query().getOrDefault("marker", "")) >= 0)
                .toList();
        int size = Math.min(page, Integer.parseInt(call.query().getOrDefault("maxresults", "5000")));
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?><EnumerationResults><Blobs>");
        all.stream().limit(size).forEach(each -> append(xml, each.getKey(), each.getValue()));
        xml.append("</Blobs><NextMarker>").append(all.size() > size ? place(all.get(size)) : "");
        return Reply.of(200)
                .with("Content-Type", "application/xml")
                .with(xml.append("</NextMarker></EnumerationResults>")
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String place(Map.Entry<String, FakeBlobs.Version> entry) {
        return entry.getKey() + "!" + entry.getValue().id();
    }

    private static void append(StringBuilder xml, String name, FakeBlobs.Version version) {
        xml.append("<Blob><Name>").append(name).append("</Name><VersionId>").append(version.id());
        xml.append("</VersionId>").append(version.current() ? "<IsCurrentVersion>true</IsCurrentVersion>" : "");
        xml.append("<Properties><Last-Modified>").append(date(version.modified()));
        xml.append("</Last-Modified><Etag>").append(version.etag());
        xml.append("</Etag><Content-Length>").append(version.bytes().length);
        xml.append("</Content-Length><Content-MD5>").append(version.md5());
        xml.append("</Content-MD5><BlobType>BlockBlob</BlobType>");
        version.policy()
                .until()
                .ifPresent(date -> xml.append("<ImmutabilityPolicyUntilDate>")
                        .append(date(date))
                        .append("</ImmutabilityPolicyUntilDate><ImmutabilityPolicyMode>")
                        .append(mode(version))
                        .append("</ImmutabilityPolicyMode>"));
        xml.append("<LegalHold>").append(version.policy().hold()).append("</LegalHold></Properties></Blob>");
    }
}
