// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.simulators.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Identity and directory. */
class DirectoryTest {
    private final World world = new World();
    private final GraphClient client = world.client;

    @Test
    void givesTokensThatNameTheRoles() {
        String token = client.token(GraphClient.SECRET).text("access_token");
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);

        assertThat(claims).contains("\"roles\":[", "Mail.ReadWrite", world.tenant.id());
    }

    @Test
    void refusesTokensInTheWordsOfEntra() {
        GraphClient.Answer wrong = client.token("no secret");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.text("error")).isEqualTo("invalid_client");
        assertThat(wrong.text("error_description")).startsWith("AADSTS7000215: ");
        assertThat(client.form("elsewhere.example", "grant_type=client_credentials")
                        .text("error_description"))
                .startsWith("AADSTS90002: ");
        assertThat(client.form(
                                world.tenant.id(),
                                "grant_type=client_credentials&client_id=other&client_secret=x&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default")
                        .text("error_description"))
                .startsWith("AADSTS700016: ");
        world.tenant.consent(
                new GraphApp(GraphClient.APP, GraphClient.SECRET, world.time.now(), GraphApp.MAIL_ROLES, true));
        assertThat(client.token(GraphClient.SECRET).text("error_description")).startsWith("AADSTS7000222: ");
    }

    @Test
    void endsTokensAfterTheirTimeAndAtOnce() {
        assertThat(client.get("/users").status()).isEqualTo(200);
        world.time.sleep(Duration.ofMinutes(75));

        assertThat(client.get("/users").code()).isEqualTo("InvalidAuthenticationToken");
        client.signIn();
        assertThat(client.get("/users").status()).isEqualTo(200);
        world.simulator.expireAccessTokens();
        assertThat(client.get("/users").status()).isEqualTo(401);
    }

    @Test
    void throttlesIdentityInPlainText() {
        world.simulator.strike(
                FaultRule.of(GraphFault.IDENTITY_THROTTLED).on("identity.").times(1));

        GraphClient.Answer answer = client.token(GraphClient.SECRET);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body()).asString().isEqualTo("Too Many Requests");
        assertThat(answer.fields().first("Retry-After")).contains("60");
        assertThat(client.token(GraphClient.SECRET).status()).isEqualTo(200);
    }

    @Test
    void listsUsersInPagesWithWhatIsSelected() {
        for (int i = 0; i < 12; i++) {
            world.tenant.addUser("user" + i, "User " + i);
        }

        GraphClient.Round users = client.all("/users?$top=5&$select=id,userPrincipalName,accountEnabled");

        assertThat(users.pages()).isEqualTo(3);
        assertThat(users.ids()).hasSize(13);
        assertThat(users.elements().get(0)).containsOnlyKeys("id", "userPrincipalName", "accountEnabled");
        assertThat(client.get("/users?$filter=startswith(displayName,'User 1')").ids())
                .hasSize(3);
        assertThat(client.get("/users?$filter=userPrincipalName eq 'ADA@contoso.example'")
                        .ids())
                .containsExactly(world.ada.id());
    }

    @Test
    void knowsWhoHasNoMailbox() {
        GraphUser guest = world.tenant.addUser("guest", "A Guest", UserKind.GUEST);
        GraphUser room = world.tenant.addUser("room", "Board Room", UserKind.ROOM);

        assertThat(client.get("/users/" + guest.id() + "/mailFolders").code()).isEqualTo("MailboxNotEnabledForRESTAPI");
        assertThat(client.get("/users/" + room.principalName() + "/mailFolders").status())
                .isEqualTo(200);
        world.ada.license(false);
        assertThat(client.get(world.inbox()).code()).isEqualTo("MailboxNotEnabledForRESTAPI");
        world.ada.license(true);
        world.ada.enable(false);
        assertThat(client.get(world.inbox()).status()).isEqualTo(200);
        world.ada.remove();
        assertThat(client.get(world.inbox()).code()).isEqualTo("ErrorInvalidUser");
        assertThat(client.get("/users/" + world.ada.id()).code()).isEqualTo("Request_ResourceNotFound");
        assertThat(client.get("/directory/deletedItems/microsoft.graph.user").ids())
                .containsExactly(world.ada.id());
    }

    @Test
    void tracksUsersAndForgetsTokensAfterAWeek() {
        GraphUser bob = world.tenant.addUser("bob", "Bob Example");
        String link = client.all("/users/delta?$select=displayName").deltaLink();
        bob.remove();
        world.ada.set("displayName", "Ada Lovelace");

        GraphClient.Round round = client.all(link);

        assertThat(round.removed()).containsExactly(bob.id());
        assertThat(Json.child(round.elements().get(1), "@removed")).containsEntry("reason", "changed");
        assertThat(round.present()).containsExactly(world.ada.id());
        world.time.sleep(Duration.ofDays(8));
        client.signIn();
        assertThat(client.get(link).code()).isEqualToIgnoringCase("syncStateNotFound");
        assertThat(client.all(client.get("/users/delta?$deltatoken=latest").text("@odata.deltaLink"))
                        .elements())
                .isEmpty();
    }

    @Test
    void keepsTenantsApart() {
        GraphTenant other =
                GraphTenant.builder(world.time, "fabrikam.example").seed(2).build();
        other.consent(GraphApp.of(GraphClient.APP, GraphClient.SECRET, GraphApp.MAIL_ROLES));
        other.addUser("eva", "Eva Example");
        GraphSimulator both = GraphSimulator.builder(world.time)
                .tenant(world.tenant)
                .tenant(other)
                .build();
        GraphClient here = new GraphClient(both, world.tenant).signIn();
        GraphClient there = new GraphClient(both, other).signIn();
        String link = here.all("/users/delta").deltaLink();

        assertThat(there.get("/users/delta").ids()).doesNotContain(world.ada.id());
        assertThat(there.get(world.inbox()).code()).isEqualTo("ErrorInvalidUser");
        assertThat(there.get(link).status()).isEqualTo(400);
        assertThat(here.get(link).status()).isEqualTo(200);
    }

    @Test
    void refusesWhatTheRolesDoNotAllow() {
        world.tenant.consent(
                GraphApp.of(GraphClient.APP, GraphClient.SECRET, World.without(GraphApp.MAIL_ROLES, "Mail.ReadWrite")));
        assertThat(client.get(world.inbox()).status())
                .as("old tokens keep their roles")
                .isEqualTo(200);
        client.signIn();

        assertThat(client.get(world.inbox()).code()).isEqualTo("ErrorAccessDenied");
        assertThat(client.get("/users").status()).isEqualTo(200);
    }

    @Test
    void namesOrganisationLicencesAndGroups() {
        GraphGroup team = world.tenant.addGroup("team", "The Team", true);
        team.add(world.ada);

        assertThat(client.get("/organization").ids()).containsExactly(world.tenant.id());
        assertThat(client.get("/subscribedSkus").value().get(0)).containsEntry("consumedUnits", 1);
        assertThat(client.get("/groups?$filter=groupTypes/any(c:c eq 'Unified')")
                        .ids())
                .containsExactly(team.id());
        assertThat(client.get("/groups/" + team.id() + "/members").ids()).isEqualTo(List.of(world.ada.id()));
    }
}
