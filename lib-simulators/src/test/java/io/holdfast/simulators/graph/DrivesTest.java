// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.exchange.HttpFields;
import io.holdfast.simulators.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drives of users and sites. With {@code -Dholdfast.transcript=FILE} all exchanges are written down there. */
class DrivesTest {
    private final World world = new World();
    private final GraphDrive drive = world.ada.drive();
    private GraphClient client;

    @BeforeEach
    void signIn() throws IOException {
        world.tenant.consent(GraphApp.of(GraphClient.APP, GraphClient.SECRET, GraphApp.DRIVE_ROLES));
        String file = System.getProperty("holdfast.transcript");
        Optional<Transcript> transcript =
                file == null ? Optional.empty() : Optional.of(new Transcript(Path.of(file + System.nanoTime())));
        client = new GraphClient(world.simulator, world.tenant, transcript).signIn();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String path(GraphDriveItem item) {
        return "/drives/" + drive.id() + "/items/" + item.id();
    }

    private GraphClient.Round firstRound() {
        return client.all("/drives/" + drive.id() + "/root/delta");
    }

    private static List<String> names(GraphClient.Round round) {
        return round.elements().stream().map(each -> Json.text(each, "name")).toList();
    }

    private static Map<String, Object> element(GraphClient.Round round, String name) {
        return round.elements().stream()
                .filter(each -> Json.text(each, "name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private GraphClient.Answer download(Map<String, Object> item, HttpFields fields) {
        return client.send("GET", Json.text(item, "@microsoft.graph.downloadUrl"), new byte[0], fields);
    }

    @Test
    void listsSitesOfAllKindsAndTheirDrives() {
        GraphSite site = world.tenant.addSite("finance", "Finance");
        site.addLibrary("Contracts");

        GraphClient.Round sites = client.all("/sites/getAllSites");

        assertThat(sites.elements())
                .extracting(each -> each.get("isPersonalSite"))
                .containsExactly(true, false);
        assertThat(client.get("/sites/" + site.id() + "/drives").value())
                .extracting(each -> each.get("name"))
                .containsExactly("Documents", "Contracts");
        assertThat(Json.child(client.get("/users/" + world.ada.id() + "/drive").json(), "owner"))
                .containsKey("user");
    }

    @Test
    void refusesLockedAndClosedSitesAndDrivesThatWereNeverSetUp() {
        GraphSite site = world.tenant.addSite("finance", "Finance");
        GraphUser bob = world.tenant.addUser("bob", "Bob Example");
        site.lock(true);
        assertThat(client.get("/sites/" + site.id() + "/drives").status()).isEqualTo(423);
        site.lock(false);
        site.close(true);
        assertThat(client.get("/sites/" + site.id() + "/drives").code()).isEqualTo("accessDenied");
        assertThat(client.get("/users/" + bob.id() + "/drive").status()).isEqualTo(404);
    }

    @Test
    void tracksWhatChangesWithWhatHoldsIt() {
        GraphDriveItem file = drive.file("a/b/plan.txt", bytes("plan"));
        drive.file("c/other.txt", bytes("other"));
        GraphClient.Round first = firstRound();
        assertThat(names(first)).containsExactly("root", "a", "b", "plan.txt", "c", "other.txt");
        assertThat(element(first, "plan.txt")).containsKeys("eTag", "file").doesNotContainKeys("cTag", "webUrl");

        file.rename("plans.txt");
        GraphClient.Round second = client.all(first.deltaLink());
        assertThat(names(second)).containsExactly("root", "a", "b", "plans.txt");

        drive.find("a").orElseThrow().delete();
        GraphClient.Round third = client.all(second.deltaLink());
        assertThat(third.elements().stream().filter(each -> each.containsKey("deleted")))
                .hasSize(3)
                .allSatisfy(each -> assertThat(each).doesNotContainKeys("name", "cTag"));
        assertThat(names(client.all(third.deltaLink()))).containsExactly("root");
    }

    @Test
    void mayTellOfADeletedFolderAlone() {
        drive.file("a/b/plan.txt", bytes("plan"));
        String link = firstRound().deltaLink();
        world.simulator.behave(Set.of(FeedHabit.FOLDER_REMOVALS_ALONE));
        GraphDriveItem folder = drive.find("a").orElseThrow();
        folder.delete();

        assertThat(client.all(link).elements().stream()
                        .filter(each -> each.containsKey("deleted"))
                        .map(each -> Json.text(each, "id")))
                .containsExactly(folder.id());
    }

    @Test
    void saysThatAllIsToBeToldAgainInFourShapes() {
        for (TokenExpiry how : TokenExpiry.values()) {
            String link = firstRound().deltaLink();
            world.simulator.expireDeltaTokens(how);
            GraphClient.Answer answer = client.get(link);
            assertThat(answer.status()).isIn(400, 410);
            if (answer.status() == 410) {
                assertThat(names(client.all(answer.fields().first("location").orElseThrow())))
                        .contains("root");
            }
        }
    }

    @Test
    void handsContentsOutByAddressInRangesAndWithoutAToken() {
        drive.file("plan.txt", bytes("0123456789"));
        Map<String, Object> item = element(firstRound(), "plan.txt");

        GraphClient.Answer whole = download(item, HttpFields.none());
        assertThat(whole.body()).isEqualTo(bytes("0123456789"));
        String tag = whole.fields().first("etag").orElseThrow();
        GraphClient.Answer rest =
                download(item, HttpFields.none().with("Range", "bytes=4-").with("If-Range", tag));
        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo(bytes("456789"));
        assertThat(download(item, HttpFields.none().with("Range", "bytes=4-").with("If-Range", "\"x\""))
                        .status())
                .isEqualTo(200);
        assertThat(world.simulator.ledger().violations()).isEmpty();

        download(item, client.authorized());
        assertThat(world.simulator.ledger().violations())
                .extracting(GraphViolation::kind)
                .containsExactly(GraphViolation.Kind.TOKEN_LEAKED);

        world.simulator.expireTransfers();
        assertThat(download(item, HttpFields.none()).status()).isEqualTo(401);
    }

    @Test
    void keepsVersions() {
        GraphDriveItem file = drive.file("plan.txt", bytes("first"));
        drive.file("plan.txt", bytes("second"));

        GraphClient.Answer versions = client.get(path(file) + "/versions");

        assertThat(versions.ids()).containsExactly("2.0", "1.0");
        GraphClient.Answer address = client.get(path(file) + "/versions/1.0/content");
        assertThat(address.status()).isEqualTo(302);
        assertThat(client.send("GET", address.fields().first("location").orElseThrow(), new byte[0], HttpFields.none())
                        .body())
                .isEqualTo(bytes("first"));
    }

    @Test
    void writesSmallFilesFoldersAndDates() {
        GraphDriveItem root = drive.root();
        Map<String, Object> folder =
                Json.object("name", "new", "folder", Json.object(), "@microsoft.graph.conflictBehavior", "fail");
        assertThat(client.post(path(root) + "/children", folder).status()).isEqualTo(201);
        assertThat(client.post(path(root) + "/children", folder).code()).isEqualTo("nameAlreadyExists");

        String target = path(drive.find("new").orElseThrow()) + ":/a b.txt:/content";
        HttpFields fields = client.authorized().with("Content-Type", "text/plain");
        assertThat(client.send("PUT", target + "?@microsoft.graph.conflictBehavior=fail", bytes("x"), fields)
                        .status())
                .isEqualTo(201);
        assertThat(client.send("PUT", target + "?@microsoft.graph.conflictBehavior=fail", bytes("y"), fields)
                        .status())
                .isEqualTo(409);
        assertThat(client.send("PUT", target + "?@microsoft.graph.conflictBehavior=replace", bytes("y"), fields)
                        .status())
                .isEqualTo(200);
        GraphDriveItem file = drive.find("new/a b.txt").orElseThrow();
        client.patch(
                path(file), Json.object("fileSystemInfo", Json.object("lastModifiedDateTime", "2020-01-02T03:04:05Z")));

        assertThat(file.versionCount()).isEqualTo(2);
        assertThat(file.ownModified()).isEqualTo(Instant.parse("2020-01-02T03:04:05Z"));
    }

    @Test
    void takesLargeFilesInRangesAndSaysWhereToGoOn() {
        byte[] content = new byte[320 * 1024 + 10];
        content[320 * 1024] = 7;
        GraphClient.Answer session = client.post(
                path(drive.root()) + ":/large.bin:/createUploadSession",
                Json.object("item", Json.object("@microsoft.graph.conflictBehavior", "fail", "name", "large.bin")));
        String address = session.text("uploadUrl");

        GraphClient.Answer part = put(address, Arrays.copyOf(content, 320 * 1024), 0, content.length);
        assertThat(part.status()).isEqualTo(202);
        assertThat(put(address, Arrays.copyOf(content, 320 * 1024), 0, content.length)
                        .status())
                .isEqualTo(416);
        assertThat(client.send("GET", address, new byte[0], HttpFields.none()).text("nextExpectedRanges"))
                .isEqualTo("[327680-]");
        GraphClient.Answer last =
                put(address, Arrays.copyOfRange(content, 320 * 1024, content.length), 320 * 1024, content.length);

        assertThat(last.status()).isEqualTo(201);
        assertThat(drive.find("large.bin").orElseThrow().content()).isEqualTo(content);
        assertThat(client.send("GET", address, new byte[0], HttpFields.none()).status())
                .isEqualTo(404);
    }

    private GraphClient.Answer put(String address, byte[] part, int from, int total) {
        String range = "bytes " + from + "-" + (from + part.length - 1) + "/" + total;
        return client.send("PUT", address, part, HttpFields.none().with("Content-Range", range));
    }

    @Test
    void grantsWithoutAWordAndNotesWhoWouldSendOne() {
        GraphUser bob = world.tenant.addUser("bob", "Bob Example");
        GraphDriveItem file = drive.file("plan.txt", bytes("plan"));
        String link = firstRound().deltaLink();
        Map<String, Object> invitation = Json.object(
                "recipients",
                List.of(Json.object("objectId", bob.id())),
                "roles",
                List.of("read"),
                "requireSignIn",
                true,
                "sendInvitation",
                false);
        assertThat(client.post(path(file) + "/invite", invitation).status()).isEqualTo(200);
        assertThat(file.permissions())
                .singleElement()
                .satisfies(each -> assertThat(each.principals()).containsExactly(bob.id()));
        assertThat(client.get(path(file) + "/permissions").value()).hasSize(2);
        assertThat(names(client.all(link))).containsExactly("root");
        assertThat(world.simulator.ledger().violations()).isEmpty();

        invitation.put("sendInvitation", true);
        client.post(path(file) + "/invite", invitation);
        assertThat(world.simulator.ledger().violations())
                .extracting(GraphViolation::kind)
                .containsExactly(GraphViolation.Kind.WOULD_SEND);
    }

    @Test
    void tellsOfSharingThatChangedToWhomeverAsks() {
        GraphDriveItem file = drive.file("plan.txt", bytes("plan"));
        client.with("Prefer", "hierarchicalsharing, deltashowsharingchanges");
        String link = firstRound().deltaLink();
        file.shareByLink("organization", "read");

        assertThat(element(client.all(link), "plan.txt"))
                .containsEntry("@microsoft.graph.sharedChanged", "True")
                .containsKey("shared");
    }

    @Test
    void chargesByKindOfRequest() {
        drive.file("plan.txt", bytes("plan"));
        long before = world.simulator.ledger().resourceUnits();
        String link = firstRound().deltaLink();
        assertThat(world.simulator.ledger().resourceUnits() - before).isEqualTo(2);
        client.all(link);
        assertThat(world.simulator.ledger().resourceUnits() - before).isEqualTo(3);
        client.get(path(drive.find("plan.txt").orElseThrow()) + "/permissions");
        assertThat(world.simulator.ledger().resourceUnits() - before).isEqualTo(8);
    }

    @Test
    void hasFilesThatCannotBeHad() {
        GraphDriveItem file = drive.file("plan.txt", bytes("plan"));
        file.spoil(FileFlaw.MALWARE);
        Map<String, Object> infected = element(firstRound(), "plan.txt");
        assertThat(infected).containsKey("malware");
        assertThat(download(infected, HttpFields.none()).fields().first("x-virus-infected"))
                .isPresent();
        file.spoil(FileFlaw.POISON);
        assertThat(download(element(firstRound(), "plan.txt"), HttpFields.none())
                        .status())
                .isEqualTo(500);
        file.spoil(FileFlaw.VANISHED);
        assertThat(client.get(path(file)).code()).isEqualTo("itemNotFound");
    }
}
